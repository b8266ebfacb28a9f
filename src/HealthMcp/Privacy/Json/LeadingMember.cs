namespace HealthMcp.Privacy;

/// <summary>The first member of an object, where what is looked for stands nearly always: one comparison instead of a second reader.</summary>
internal static class LeadingMember
{
    /// <param name="json">Begins with the object's brace.</param>
    /// <param name="name">The member wanted.</param>
    /// <param name="value">Its value, when it comes first and is a string without escapes.</param>
    /// <returns>False when a real search must tell.</returns>
    public static bool Is(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        value = default;
        var at = Blank(json, 1);
        if (!json[at..].StartsWith("\""u8) || !json[(at + 1)..].StartsWith(name)) return false;
        at += name.Length + 1;
        if (!json[at..].StartsWith("\""u8)) return false;
        at = Blank(json, at + 1);
        if (!json[at..].StartsWith(":"u8)) return false;
        at = Blank(json, at + 1);
        if (!json[at..].StartsWith("\""u8)) return false;
        var rest = json[(at + 1)..];
        var end = rest.IndexOfAny((byte)'"', (byte)'\\');
        if (end < 0 || rest[end] != (byte)'"') return false;
        value = rest[..end];
        return true;
    }

    /// <summary>True for <c>{"value":12.5</c>; false when a real search must tell.</summary>
    public static bool IsNumberUpTo89(ReadOnlySpan<byte> json)
    {
        if (!json.StartsWith("{\"value\":"u8)) return false;
        var number = json[9..];
        var digits = number.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits is < 1 or > 2 || number[digits] is not ((byte)'.' or (byte)',' or (byte)'}')) return false;

        // 89.5 is not yet told apart from 90, and 1.2e9 is no small number.
        var end = number.IndexOfAny((byte)',', (byte)'}');
        return end > 0 && !number[..end].ContainsAny((byte)'e', (byte)'E')
            && (digits == 1 || number[0] < (byte)'8' || (number[0] == (byte)'8' && number[1] < (byte)'9'));
    }

    private static int Blank(ReadOnlySpan<byte> json, int at)
    {
        while (at < json.Length && json[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') at++;
        return at;
    }
}
