using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.IO;
using System.Reflection;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace StreamingJson.Tool.Inspector;

/// <summary>The files of the page, which ship inside the tool.</summary>
internal static class InspectorPage
{
    private const string ResourcePrefix = "inspector/";

    // Nothing from anywhere else; no script, style or handler in the HTML; no text that becomes markup.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    // What is forwarded from elsewhere and looked at by a browser can do nothing.
    private const string ForwardedPolicy = "default-src 'none'; frame-ancestors 'none'; sandbox";

    private static readonly FrozenDictionary<string, string> ContentTypes = new Dictionary<string, string>
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, byte[]> Files = Load();

    /// <summary>Sets the headers that every response has.</summary>
    /// <param name="response">The response.</param>
    /// <param name="isForwarded">Whether its body comes from an upstream.</param>
    public static void Protect(HttpResponse response, bool isForwarded)
    {
        IHeaderDictionary headers = response.Headers;
        headers.ContentSecurityPolicy = isForwarded ? ForwardedPolicy : ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }

    /// <summary>Answers with a file of the page.</summary>
    /// <returns><see langword="false"/>: there is none of that path.</returns>
    public static async Task<bool> TryAnswerAsync(HttpContext context)
    {
        string path = context.Request.Path == "/" ? "/index.html" : context.Request.Path.Value!;
        if (!Files.TryGetValue(path, out byte[]? content))
        {
            return false;
        }

        context.Response.ContentType = ContentTypes[Path.GetExtension(path)];
        context.Response.ContentLength = content.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(content, context.RequestAborted);
        }

        return true;
    }

    private static FrozenDictionary<string, byte[]> Load()
    {
        Assembly assembly = Assembly.GetExecutingAssembly();
        var files = new Dictionary<string, byte[]>();
        foreach (string name in assembly.GetManifestResourceNames())
        {
            if (name.StartsWith(ResourcePrefix, StringComparison.Ordinal))
            {
                using Stream stream = assembly.GetManifestResourceStream(name)!;
                byte[] content = new byte[stream.Length];
                stream.ReadExactly(content);
                files.Add(name[(ResourcePrefix.Length - 1)..], content);
            }
        }

        return files.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
