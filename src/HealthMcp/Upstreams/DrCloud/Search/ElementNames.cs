using System.Text.RegularExpressions;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>
/// FHIR's <c>_elements</c>: names of a resource's own elements. A choice may be named as R4 does (<c>value</c> or <c>value[x]</c>); in the record its
/// type follows the name.
/// </summary>
internal static partial class ElementNames
{
    private static readonly string[] Types =
    [
        "Quantity", "CodeableConcept", "String", "Boolean", "Integer", "Range", "Ratio", "SampledData", "Time", "DateTime", "Period", "Instant", "Age",
        "Timing", "Reference", "Date", "Money", "Attachment", "Coding", "Duration", "Identifier", "Uri",
    ];

    /// <exception cref="CallFailureException">It is no element of a resource.</exception>
    public static IEnumerable<string> Read(IEnumerable<string> names, string argument)
    {
        foreach (var name in names.Select(given => given.EndsWith("[x]", StringComparison.Ordinal) ? given[..^3] : given))
        {
            if (!Form().IsMatch(name)) throw CallFailureException.Invalid(argument,
                "_elements takes names of elements of the type, such as code or effective, without dots.");
            yield return name;
            foreach (var type in Types) yield return name + type;
        }
    }

    [GeneratedRegex("^[a-z][A-Za-z]{1,40}$", RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
