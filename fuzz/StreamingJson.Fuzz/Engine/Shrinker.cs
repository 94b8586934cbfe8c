using System;

namespace StreamingJson.Fuzz.Engine;

/// <summary>Makes an input smaller and plainer for as long as something holds of it: removes pieces, halves of halves; then replaces bytes.</summary>
internal static class Shrinker
{
    private const byte Plain = (byte)'a';

    /// <summary>The smallest input found with at most <paramref name="maxTries"/> questions.</summary>
    public static byte[] Shrink(byte[] input, Func<byte[], bool> holds, int maxTries = 3000)
    {
        var attempt = new Attempt(input, holds, maxTries);
        byte[] before;
        do
        {
            before = attempt.Best;
            attempt.Simplify();
            attempt.RemovePieces();
            attempt.ReplaceBytes();
        }
        while (attempt.Best != before && attempt.MayTry);

        return attempt.Best;
    }

    private sealed class Attempt(byte[] input, Func<byte[], bool> holds, int maxTries)
    {
        private int _tries;

        public byte[] Best { get; private set; } = input;

        public bool MayTry => _tries < maxTries;

        /// <summary>No flags, no cuts; or each byte on its own.</summary>
        public void Simplify()
        {
            var parts = new FuzzInput(Best);
            if (parts.Flags != 0 || parts.Cuts.Length > 0)
            {
                _ = Try(FuzzInput.Encode(0, [], parts.Document)) || Try(FuzzInput.Encode(parts.Flags, [], parts.Document))
                    || Try(FuzzInput.Encode(parts.Flags, [1], parts.Document)) || Try(FuzzInput.Encode(0, parts.Cuts, parts.Document));
            }

            for (int bit = 1; bit < 256; bit <<= 1)
            {
                if (Best.Length > 0 && (Best[0] & bit) != 0)
                {
                    Try([(byte)(Best[0] & ~bit), .. Best.AsSpan(1)]);
                }
            }
        }

        public void RemovePieces()
        {
            for (int size = Math.Max(1, Best.Length / 2); size > 0; size /= 2)
            {
                int at = Math.Max(0, Best.Length - size);
                while (at >= 0 && MayTry)
                {
                    Try([.. Best.AsSpan(0, at), .. Best.AsSpan(Math.Min(Best.Length, at + size))]);
                    at = at == 0 ? -1 : Math.Max(0, Math.Min(at, Best.Length) - size);
                }
            }
        }

        public void ReplaceBytes()
        {
            for (int i = FuzzInput.DocumentStart(Best); i < Best.Length && MayTry; i++)
            {
                if (Best[i] != Plain)
                {
                    Try([.. Best.AsSpan(0, i), Plain, .. Best.AsSpan(i + 1)]);
                }
            }
        }

        private bool Try(byte[] candidate)
        {
            bool isPlainer = candidate.Length < Best.Length || (candidate.Length == Best.Length && !candidate.AsSpan().SequenceEqual(Best));
            if (!MayTry || !isPlainer)
            {
                return false;
            }

            _tries++;
            bool isKept = holds(candidate);
            Best = isKept ? candidate : Best;
            return isKept;
        }
    }
}
