using System;
using StreamingJson.Tool;
using StreamingJson.Tool.Output;

using var output = StandardOutput.Open();
return await ToolProgram.RunAsync(args, Console.OpenStandardInput(), output, Console.Error, isTerminal: !Console.IsOutputRedirected);
