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

    private static int Blank(ReadOnlySpan<byte> json, int at)
    {
        while (at < json.Length && json[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t') at++;
        return at;
    }
}
