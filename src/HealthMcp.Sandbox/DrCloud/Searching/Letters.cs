namespace HealthMcp.Sandbox.DrCloud.Searching;

/// <summary>
/// Text as both kinds of server compare it: without case and accents, as R4 asks for and as the collation of the ancestor's tables does. A table,
/// because the runtime takes no accents off when it runs without language data.
/// </summary>
internal static class Letters
{
    private static readonly (string Accented, char Plain)[] Table =
    [
        ("áàâãäåăāą", 'a'), ("çćčĉċ", 'c'), ("ďđ", 'd'), ("éèêëěēęėĕ", 'e'), ("ğĝġģ", 'g'), ("íìîïīįĭ", 'i'), ("łľĺļ", 'l'), ("ñńňņ", 'n'),
        ("óòôõöøōőŏ", 'o'), ("řŕŗ", 'r'), ("śšşŝș", 's'), ("ťţț", 't'), ("úùûüůūűųŭ", 'u'), ("ýÿ", 'y'), ("źžż", 'z'),
    ];

    private static readonly Dictionary<char, char> Plain = Table.SelectMany(row => row.Accented.Select(letter => (letter, row.Plain)))
        .ToDictionary(pair => pair.letter, pair => pair.Plain);

    public static string Of(string text) => string.Concat(text.Select(letter => char.ToLowerInvariant(letter)).Select(letter =>
        Plain.GetValueOrDefault(letter, letter)));
}
