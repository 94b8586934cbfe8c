using System;

namespace StreamingJson.Tool.Verification;

/// <summary>A law does not hold: which, and the first difference that was met.</summary>
internal sealed class LawBrokenException(int law, string difference) : Exception($"Law {law}: {difference}")
{
    public int Law => law;
}
