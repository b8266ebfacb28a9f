namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>
/// Text without case and without the accents of Latin letters. The runtime's own normalisation does nothing in invariant mode, which
/// this server runs in, so the letters are listed.
/// </summary>
internal static class Folded
{
    private const string From = "àáâãäåāăąçćĉċčďđèéêëēĕėęěĝğġģĥħìíîïĩīĭįıĵķĺļľŀłñńņňòóôõöøōŏőŕŗřśŝşšţťŧùúûüũūŭůűųŵýÿŷźżž";
    private const string Into = "aaaaaaaaacccccddeeeeeeeeegggghhiiiiiiiiijklllllnnnnooooooooorrrsssstttuuuuuuuuuuwyyyzzz";

    public static string Of(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (var i = 0; i < span.Length; i++) span[i] = Letter(char.ToLowerInvariant(source[i]));
    });

    private static char Letter(char c)
    {
        if (c < 'à') return c;
        var at = From.IndexOf(c, StringComparison.Ordinal);
        return at < 0 ? c : Into[at];
    }
}
