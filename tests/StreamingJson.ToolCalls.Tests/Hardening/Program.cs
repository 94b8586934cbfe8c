namespace StreamingJson.ToolCalls.Tests;

/// <summary>This assembly as a process of its own, for what must be seen from outside: <see cref="EndlessStreamTests"/>.</summary>
internal static class Program
{
    private static int Main() => EndlessStream.Run();
}
