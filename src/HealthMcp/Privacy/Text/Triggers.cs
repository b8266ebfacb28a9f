using System.Buffers;

namespace HealthMcp.Privacy;

/// <summary>Pieces of words without which the pattern for great ages in words cannot match: one vectorised search costs less than starting it.</summary>
internal static class Triggers
{
    private static readonly SearchValues<string> Old = SearchValues.Create(
        ["ninet", "hundred", "nonagen", "centena", "90s", "90's"], StringComparison.OrdinalIgnoreCase);

    public static bool HasGreatAge(string text) => text.AsSpan().ContainsAny(Old);
}
