using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using StreamingJson.Tool.Input;
using StreamingJson.ToolCalls;

namespace StreamingJson.Tool.Commands;

/// <summary>Arguments and options that several commands have, and how their values are read: in the same way in every culture.</summary>
internal static class CommandOptions
{
    public static Argument<string[]> Files()
    {
        var files = new Argument<string[]>("FILE")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = "The files to read; - is standard input.",
        };
        files.Validators.Add(CheckFiles);
        return files;
    }

    public static Option<int?> Chunk() => new("--chunk")
    {
        HelpName = "N",
        Description = "Cut the input every N bytes. Default: as read.",
        CustomParser = result => int.TryParse(OnlyToken(result), NumberStyles.None, CultureInfo.InvariantCulture, out int size) && size >= 1
            ? size
            : Refuse<int?>(result, "--chunk takes a whole number of bytes, at least 1."),
    };

    public static Option<PathPattern[]> Paths() => new("--path")
    {
        HelpName = "PATTERN",
        Description = "Only the events of the values that a path pattern selects, as $.steps[*].title. May be given again.",
        Arity = ArgumentArity.OneOrMore,
        DefaultValueFactory = _ => [],
        CustomParser = ReadPaths,
    };

    public static Option<int?> Seed() => new("--seed")
    {
        HelpName = "N",
        Description = "The seed of the random cuts, from an earlier record. Default: a new one.",
        CustomParser = result => int.TryParse(OnlyToken(result), NumberStyles.None, CultureInfo.InvariantCulture, out int seed)
            ? seed
            : Refuse<int?>(result, "--seed takes a whole number from 0 to 2147483647."),
    };

    public static Option<double> Speed() => new("--speed")
    {
        HelpName = "X",
        Description = "X times as fast; 0: no delays.",
        DefaultValueFactory = _ => 1,
        CustomParser = result => double.TryParse(OnlyToken(result), NumberStyles.Float, CultureInfo.InvariantCulture, out double speed)
            && double.IsFinite(speed) && speed >= 0
            ? speed
            : Refuse<double>(result, "--speed takes a number, at least 0."),
    };

    /// <summary>The port of a server.</summary>
    public static Option<int> Port() => new("--port")
    {
        HelpName = "N",
        Description = "The port to listen on. Default: 0, a free one; the first line says which.",
        CustomParser = result => ReadNumber(result, "--port", "a port", 0, IPEndPoint.MaxPort) ?? 0,
    };

    /// <summary>The address of a server: this machine alone, unless the user says otherwise.</summary>
    public static Option<IPAddress> Host() => new("--host")
    {
        HelpName = "ADDRESS",
        Description = "The IP address to listen on; only this machine reaches the default.",
        DefaultValueFactory = _ => IPAddress.Loopback,
        CustomParser = result => OnlyToken(result) is { } text && (text == "localhost" ? IPAddress.Loopback : IPAddress.TryParse(text, out IPAddress? host) ? host : null) is { } address
            ? address
            : Refuse<IPAddress>(result, "--host takes an IP address, or localhost."),
    };

    /// <summary>The whole number that an option has; refuses anything else.</summary>
    public static int? ReadNumber(ArgumentResult result, string option, string what, int least, int most) =>
        int.TryParse(OnlyToken(result), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : Refuse<int?>(result, string.Create(CultureInfo.InvariantCulture, $"{option} takes {what}{Range(least, most)}."));

    /// <summary>A protocol that this version reads, by its name; <see langword="null"/> without the option.</summary>
    /// <param name="description">What it is for.</param>
    /// <param name="refuse">Why the command does not take a protocol that is read; <see langword="null"/> if it does.</param>
    public static Option<ModelProtocol?> Protocol(string description, Func<ModelProtocol, string?>? refuse = null) => new("--protocol")
    {
        HelpName = "NAME",
        Description = description + " Also: openai for openai-chat, anthropic-messages for anthropic, bedrock for bedrock-converse.",
        CustomParser = result => OnlyToken(result) is { } name && TryParseProtocol(name, out ModelProtocol protocol)
            ? CheckProtocol(result, protocol, refuse)
            : Refuse<ModelProtocol?>(result, $"--protocol takes {ProtocolNames}."),
    };

    /// <summary>The names that this version reads.</summary>
    public static string ProtocolNames { get; } =
        string.Join(", ", Enum.GetValues<ModelProtocol>().Where(IsRead).Select(ModelProtocolNames.GetName));

    private static bool TryParseProtocol(string name, out ModelProtocol protocol) => ModelProtocolNames.TryParse(
        name switch { "openai" => "openai-chat", "anthropic-messages" => "anthropic", "bedrock" => "bedrock-converse", _ => name },
        out protocol);

    private static ModelProtocol? CheckProtocol(ArgumentResult result, ModelProtocol protocol, Func<ModelProtocol, string?>? refuse)
    {
        string? why = IsRead(protocol)
            ? refuse?.Invoke(protocol)
            : $"This version does not read the protocol {ModelProtocolNames.GetName(protocol)}, only {ProtocolNames}.";
        return why is null ? protocol : Refuse<ModelProtocol?>(result, why);
    }

    private static bool IsRead(ModelProtocol protocol)
    {
        try
        {
            using var reader = new ModelStreamReader(new ModelStreamOptions { Protocol = protocol });
            return true;
        }
        catch (NotSupportedException)
        {
            return false;
        }
    }

    private static PathPattern[] ReadPaths(ArgumentResult result)
    {
        var patterns = new List<PathPattern>();
        foreach (string text in result.Tokens.Select(token => token.Value))
        {
            if (PathPattern.TryParse(text, out PathPattern? pattern, out PathPatternException? error))
            {
                patterns.Add(pattern);
            }
            else
            {
                result.AddError($"--path '{text}': {error.Message}");
            }
        }

        return [.. patterns];
    }

    // Everything is checked before anything is printed.
    private static void CheckFiles(ArgumentResult result)
    {
        foreach (string file in result.Tokens.Select(token => token.Value))
        {
            if (file == InputFile.StandardInputName)
            {
                continue;
            }

            if (file.StartsWith('-'))
            {
                result.AddError($"'{file}' is not an option of this command. A file of that name: './{file}'.");
            }
            else if (!File.Exists(file))
            {
                result.AddError(Directory.Exists(file) ? $"'{file}' is a directory." : $"There is no file '{file}'.");
            }
        }

        if (result.Tokens.Count(token => token.Value == InputFile.StandardInputName) > 1)
        {
            result.AddError("Standard input (-) can be read only once.");
        }
    }

    private static string Range(int least, int most) =>
        most == int.MaxValue ? FormattableString.Invariant($", at least {least}") : FormattableString.Invariant($" from {least} to {most}");

    private static string? OnlyToken(ArgumentResult result) => result.Tokens is [var token] ? token.Value : null;

    /// <summary>Says why a value is not taken.</summary>
    public static T? Refuse<T>(ArgumentResult result, string message)
    {
        result.AddError(message);
        return default;
    }
}
