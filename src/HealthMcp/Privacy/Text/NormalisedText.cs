namespace HealthMcp.Privacy;

/// <summary>A text with disguises taken off, and where each of its characters came from.</summary>
/// <param name="Text">What the rules read.</param>
/// <param name="Starts">For each character of <paramref name="Text"/>, where it starts in the original; null when nothing changed.</param>
/// <param name="Ends">The same for where it ends.</param>
internal sealed record NormalisedText(string Text, int[]? Starts, int[]? Ends)
{
    /// <summary>The part of the original that [start, end) of the normalised text came from.</summary>
    public (int Start, int End) ToOriginal(int start, int end) => Starts is null ? (start, end) : (Starts[start], Ends![end - 1]);
}
