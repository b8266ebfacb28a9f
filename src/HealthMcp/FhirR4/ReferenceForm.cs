using System.Text.RegularExpressions;

namespace HealthMcp.FhirR4;

/// <summary>What the text of a reference points at.</summary>
/// <param name="Type">Type that it names; null when it names none.</param>
/// <param name="Local">Id of a contained resource, "" for the one that contains; null when it points elsewhere.</param>
/// <param name="Key">Name under which an entry of a Bundle may be found; null when it cannot be one.</param>
internal sealed partial record ReferenceForm(string? Type, string? Local = null, string? Key = null)
{
    /// <summary>Null for a text that is no reference (R4 2.3.0.1): neither Type/id, nor #id, nor a URL or URN.</summary>
    public static ReferenceForm? Read(string text)
    {
        if (text.StartsWith('#')) return new ReferenceForm(null, text[1..]);
        if (Relative().Match(text) is { Success: true } relative) return new ReferenceForm(relative.Groups["type"].Value);
        if (text.StartsWith("urn:", StringComparison.Ordinal)) return new ReferenceForm(null, Key: text);
        if (!Absolute().IsMatch(text)) return null;

        // A server may hang its resources anywhere, so an address that does not end in Type/id may still be one.
        return new ReferenceForm(AtEnd().Match(text) is { Success: true } found ? found.Groups["type"].Value : null, Key: text);
    }

    [GeneratedRegex(@"\A(?<type>[A-Z][A-Za-z]{1,63})(/[A-Za-z0-9\-.]{1,64}(/_history/[A-Za-z0-9\-.]{1,64})?(#.*)?|\?.+)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Relative();

    [GeneratedRegex(@"\A[a-z][a-z0-9+.\-]*:\S+\z", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Absolute();

    [GeneratedRegex(@"/(?<type>[A-Z][A-Za-z]{1,63})/[A-Za-z0-9\-.]{1,64}(/_history/[A-Za-z0-9\-.]{1,64})?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex AtEnd();
}
