using System.Text.Json;
using System.Text.RegularExpressions;
using HealthMcp.Documents;

namespace HealthMcp.Upstreams.PhenoML.Analysis;

/// <summary>
/// Takes the searches of a cohort apart, because a query as a whole is withheld below the identified level
/// (decision 0016): each parameter is then classed as what it asks for.
/// </summary>
internal static partial class CohortQueries
{
    private static readonly string[] Comparators = ["eq", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap"];

    /// <exception cref="JsonException">It is no query of the contract.</exception>
    public static ReadOnlyMemory<byte> Apart(ReadOnlyMemory<byte> query)
    {
        using var document = JsonDocument.Parse(query);
        if (document.RootElement.ValueKind != JsonValueKind.Object) throw new JsonException("query expected");
        var root = document.RootElement;
        return JsonRow.Of(json =>
        {
            foreach (var member in root.EnumerateObject().Where(member => !member.NameEquals("parameters"))) member.WriteTo(json);
            if (!root.TryGetProperty("search_params", out var search) || search.ValueKind != JsonValueKind.String) return;
            json.WriteStartArray("parameters");
            foreach (var part in search.GetString()!.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)) Parameter(json, part);
            json.WriteEndArray();
        });
    }

    private static void Parameter(Utf8JsonWriter json, string part)
    {
        var cut = part.IndexOf('=', StringComparison.Ordinal);
        var (name, modifier) = Name(cut < 0 ? part : part[..cut]);
        var value = cut < 0 ? "" : Uri.UnescapeDataString(part[(cut + 1)..].Replace('+', ' '));
        json.WriteStartObject();
        if (CohortParameterTable.KindOf(name) is not { } kind || (modifier is not null && !Modifier().IsMatch(modifier)) || !Fits(kind, value))
        {
            json.WriteString("other", part);
        }
        else
        {
            json.WriteString("parameter", name);
            json.Maybe("modifier", modifier);
            var (comparator, plain) = kind == "code" ? (null, value) : Compared(value);
            json.Maybe("comparator", comparator);
            json.WriteString(kind, plain);
        }

        json.WriteEndObject();
    }

    private static (string Name, string? Modifier) Name(string given) =>
        given.IndexOf(':', StringComparison.Ordinal) is var cut and > 0 ? (given[..cut], given[(cut + 1)..]) : (given, null);

    private static (string? Comparator, string Value) Compared(string value) =>
        value.Length > 2 && Comparators.Contains(value[..2], StringComparer.Ordinal) ? (value[..2], value[2..]) : (null, value);

    // A value that is not what its name promises is not classed by the name.
    private static bool Fits(string kind, string value) => kind switch
    {
        "code" => Code().IsMatch(value) && value.Split(',').All(one => IsCode(one[(one.LastIndexOf('|') + 1)..])),
        "quantity" => Quantity().IsMatch(Compared(value).Value),
        _ => Date().IsMatch(Compared(value).Value),
    };

    // A word that is no code of FHIR may be anything, also a name.
    private static bool IsCode(string code) => code.Any(char.IsAsciiDigit) || CohortParameterTable.IsWord(code);

    [GeneratedRegex(@"\A(not|in|not-in|of-type|missing|exact|above|below)\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Modifier();

    // A token or several: the address of a code system that is public, and a code without blanks.
    [GeneratedRegex(
        @"\A(((https?://(snomed\.info|loinc\.org|hl7\.org|terminology\.hl7\.org|www\.nlm\.nih\.gov|human-phenotype-ontology\.org)[A-Za-z0-9/._-]*)\|)?"
            + @"([A-Za-z]{1,5}:)?[A-Za-z0-9.-]{1,18}(,|\z))+\z",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"\A\d{4}(-\d{2}(-\d{2}(T[0-9:.+Z-]{5,20})?)?)?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Date();

    [GeneratedRegex(@"\A-?\d{1,7}(\.\d{1,6})?(\|[A-Za-z0-9:/._-]{0,60}\|[A-Za-z0-9\[\]/%.*{}-]{1,20})?\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quantity();
}
