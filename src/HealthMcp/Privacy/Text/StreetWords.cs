namespace HealthMcp.Privacy;

/// <summary>Words of addresses that are written short and long.</summary>
internal static class StreetWords
{
    private static readonly string[][] Same =
    [
        ["ST", "STREET", "STR"], ["AVE", "AVENUE", "AV"], ["RD", "ROAD"], ["BLVD", "BOULEVARD"], ["LN", "LANE"], ["DR", "DRIVE"], ["CT", "COURT"], ["PL",
            "PLACE"],
        ["TER", "TERRACE"], ["CIR", "CIRCLE"], ["PKWY", "PARKWAY"], ["HWY", "HIGHWAY"], ["SQ", "SQUARE"], ["TRL", "TRAIL"], ["APT", "APARTMENT", "UNIT",
            "STE", "SUITE"],
        ["N", "NORTH"], ["S", "SOUTH"], ["E", "EAST"], ["W", "WEST"], ["NE", "NORTHEAST"], ["NW", "NORTHWEST"], ["SE", "SOUTHEAST"], ["SW", "SOUTHWEST"],
        ["FL", "FLOOR"], ["MT", "MOUNT"], ["FT", "FORT"], ["1ST", "FIRST"], ["2ND", "SECOND"], ["3RD", "THIRD"], ["4TH", "FOURTH"], ["5TH", "FIFTH"], ["6TH",
            "SIXTH"],
        ["7TH", "SEVENTH"], ["8TH", "EIGHTH"], ["9TH", "NINTH"], ["10TH", "TENTH"],
    ];

    private static readonly Dictionary<string, string[]> All =
        Same.SelectMany(forms => forms.Select(form => (form, forms))).ToDictionary(pair => pair.form, pair => pair.forms, StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Same.SelectMany(words => words.Select(word => (word,
        words[0])))
        .ToDictionary(pair => pair.word, pair => pair.Item2, StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The short form, or the word itself.</summary>
    public static ReadOnlySpan<char> Plain(ReadOnlySpan<char> word) => word.Length <= 10 && Lookup.TryGetValue(word, out var plain) ? plain : word;

    /// <summary>The word in all its forms; empty when it is none of these.</summary>
    public static string[] Forms(string word) => word.Length <= 10 && All.TryGetValue(word, out var forms) ? forms : [];

    public static bool IsKind(string word) => Lookup.ContainsKey(word);
}
