namespace StreamingJson.Tests.Hardening;

/// <summary>This assembly as a process of its own, for what must be seen from outside: <see cref="EndlessInputTests"/>.</summary>
internal static class Program
{
    private static int Main() => EndlessInput.Run();
}
