namespace HealthMcp.Pipeline;

/// <summary>The rows that fit.</summary>
/// <param name="Taken">Rows given, over all sections, or passed over because no answer could hold them.</param>
/// <param name="LeftOut">Rows remain that the next page gives.</param>
internal sealed record CutAnswer(IReadOnlyList<RedactedSection> Sections, int Taken, bool LeftOut, IReadOnlyList<string> Notices);

/// <summary>Fits rows into a number of bytes, whole rows only.</summary>
internal static class Budget
{
    /// <summary>Largest that <c>max_bytes</c> may be; a row beyond it can never be shown whole.</summary>
    public const int Most = 262144;

    /// <summary>Room for source, privacy, page and notices around the rows, in bytes.</summary>
    public const int Envelope = 900;

    public static CutAnswer Cut(IReadOnlyList<RedactedSection> sections, int given, int room)
    {
        var position = 0;
        var taken = 0;
        var full = false;
        var notices = new List<string>();
        var kept = new List<RedactedSection>(sections.Count);
        foreach (var section in sections)
        {
            var rows = new List<ReadOnlyMemory<byte>>();
            foreach (var row in section.Rows)
            {
                if (position++ < given || full) continue;
                if (Fits(row, section, ref room, taken, rows.Count, notices, out var passed)) rows.Add(row);
                else full = !passed;
                if (!full) taken++;
            }

            kept.Add(section with { Rows = rows });
        }

        return new CutAnswer(kept, taken, full, notices);
    }

    private static bool Fits(ReadOnlyMemory<byte> row, RedactedSection section, ref int room, int taken, int rowsSoFar, List<string> notices, out bool passed)
    {
        passed = false;
        if (row.Length + 1 <= room)
        {
            room -= row.Length + 1;
            return true;
        }

        if (taken > 0 || rowsSoFar > 0) return false;
        passed = row.Length + Envelope > Most;
        notices.Add(passed
            ? "One row is larger than any answer may be and was passed over: ask for it with fields."
            : "The next row alone is larger than max_bytes: call again with max_bytes of at least "
                + $"{row.Length + Envelope}{(section.Single ? "" : " and the cursor")}, or with fields.");
        return false;
    }
}
