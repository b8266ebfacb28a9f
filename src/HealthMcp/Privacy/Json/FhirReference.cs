using System.Globalization;
using System.Text.RegularExpressions;

namespace HealthMcp.Privacy;

/// <summary>Literal references (FHIR R4 2.3.0.1) with the id turned into a handle; links inside the answer are renumbered.</summary>
internal static partial class FhirReference
{
    /// <summary>The resource type that a literal reference names, if it does.</summary>
    public static string? TypeOf(string? reference) => reference is not null && Literal().Match(reference) is { Success: true } match
        ? match.Groups["type"].Value : null;

    /// <summary>Null when it cannot be said what kind of reference this is.</summary>
    public static string? Rewrite(string reference, string system, RedactionSession session)
    {
        if (reference.StartsWith('#')) return "#" + Contained(reference[1..], session);
        if (reference.StartsWith("urn:uuid:", StringComparison.OrdinalIgnoreCase) || reference.StartsWith("urn:oid:", StringComparison.OrdinalIgnoreCase))
            return string.Create(CultureInfo.InvariantCulture, $"urn:uuid:00000000-0000-4000-8000-{session.Local(reference.ToLowerInvariant()):x12}");
        if (Literal().Match(reference) is not { Success: true } match) return null;
        var type = match.Groups["type"].Value;
        return type + "/" + session.Mint(system, FhirTable.Prefix(type), match.Groups["id"].Value);
    }

    /// <summary>The id of a contained resource, as its references will name it.</summary>
    public static string Contained(string id, RedactionSession session) =>
        id.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"r{session.Local("#" + id)}");

    [GeneratedRegex(@"^(?:https?://[^\s?#]*/)?(?<type>[A-Z][A-Za-z]{2,40})/(?<id>[A-Za-z0-9\-.]{1,64})(?:/_history/[A-Za-z0-9\-.]{1,64})?(?:#\S*)?$", RegexOptions.CultureInvariant, 100)]
    private static partial Regex Literal();
}
