using System;

return StreamingJson.Benchmarks.Commands.Run(args, Console.Error);
