namespace HealthMcp.Privacy;

/// <summary>Fields of HL7 version 2 lines that a text may hold ("PID|1||7712^^^MRN||DOE^JANE"): what identifies has its place there and no context.</summary>
internal static class Hl7Segments
{
    public static void Find(string text, List<Found> found)
    {
        if (!text.Contains('|')) return;
        for (var line = 0; line < text.Length;)
        {
            var length = text.AsSpan(line).IndexOfAny('\n', '\r');
            var end = length < 0 ? text.Length : line + length;
            if (end - line > 5 && text[line + 3] == '|') Segment(text, line, end, found);
            line = end + 1;
        }
    }

    private static void Segment(string text, int line, int end, List<Found> found)
    {
        var segment = text.AsSpan(line, 3);
        var field = 0;
        for (var at = line + 3; at < end;)
        {
            field++;
            var start = at + 1;
            var length = text.AsSpan(start, end - start).IndexOf('|');
            at = length < 0 ? end : start + length;
            if (KindOf(segment, field) is { } kind && text.AsSpan(start, at - start).ContainsAnyExcept("^~&\\ ")) found.Add(new Found(kind, start, at, null));
        }
    }

    private static string? KindOf(ReadOnlySpan<char> segment, int field) => segment switch
    {
        "PID" => field switch
        {
            2 or 3 or 4 or 18 or 19 or 20 or 21 => "number",
            5 or 6 or 9 => "name",
            7 or 29 => "date",
            11 or 12 or 23 => "address",
            13 or 14 => "phone",
            _ => null,
        },
        "NK1" => field switch { 2 or 30 => "name", 4 or 32 => "address", 5 or 6 or 31 => "phone", 13 => "facility", 16 => "date", 12 or 33
            or 37 => "number", _ => null },
        "GT1" => field switch { 2 or 12 or 19 => "number", 3 or 4 or 16 => "name", 5 or 17 => "address", 6 or 7
            or 18 => "phone", 8 => "date", 21 => "facility", _ => null },
        "IN1" => field switch { 2 or 8 or 10 or 36 or 49 => "number", 4 or 9 or 11 => "facility", 5 or 19 => "address", 7 => "phone", 6
            or 16 => "name", 18 => "date", _ => null },
        "PV1" => field switch { 5 or 19 or 50 => "number", 7 or 8 or 9 or 17 or 52 => "name", 44 or 45 => "date", _ => null },
        "OBR" => field switch { 10 or 16 or 28 or 32 or 33 or 34 or 35 => "name", 2 or 3 => "number", 7 or 8 or 14 or 22 => "date", 17 => "phone", _ => null },
        "ORC" => field switch { 10 or 11 or 12 or 19 => "name", 2 or 3 => "number", 9 or 15 => "date", 14 or 23 => "phone", 21 => "facility", 22
            or 24 => "address", _ => null },
        "MRG" => "number",
        "PD1" => field switch { 3 => "facility", 4 => "name", _ => null },
        _ => null,
    };
}
