namespace HealthMcp.Catalog;

/// <summary>Compares names and identifiers as a whole: case and surrounding or doubled blanks do not count, a part never matches.</summary>
internal static class WholeMatch
{
    public static bool Same(string? one, string? other) =>
        one is not null && other is not null && Plain(one).Equals(Plain(other), StringComparison.OrdinalIgnoreCase) && Plain(one).Length > 0;

    public static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
