using System.Text.Json;

namespace HealthMcp.FhirR4.Summaries;

/// <summary>Values of FHIR's datatypes in a few words, told apart by what they hold. Numbers stay as they are written, units beside them.</summary>
internal sealed class Wording(Labels labels)
{
    private static readonly Dictionary<string, string> Systems = new(StringComparer.Ordinal)
    {
        ["http://loinc.org"] = "LOINC",
        ["http://snomed.info/sct"] = "SNOMED CT",
        ["http://www.nlm.nih.gov/research/umls/rxnorm"] = "RxNorm",
        ["http://hl7.org/fhir/sid/icd-10-cm"] = "ICD-10-CM",
        ["http://hl7.org/fhir/sid/icd-10"] = "ICD-10",
        ["http://hl7.org/fhir/sid/cvx"] = "CVX",
        ["http://hl7.org/fhir/sid/ndc"] = "NDC",
        ["http://www.ama-assn.org/go/cpt"] = "CPT",
    };

    /// <summary>Null when there is nothing to say.</summary>
    public string? Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => R4Primitive.Text(value),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Object => Object(value),
        _ => null,
    };

    /// <summary>What a concept is called, with its code where the system is one that people know by name.</summary>
    public string? WithCode(JsonElement value)
    {
        if (Of(value) is not { } words) return null;
        var coding = Json.Items(value, "coding").FirstOrDefault(one => Json.Text(one, "code") is not null);
        if (Json.Text(coding, "code") is not { } code || code == words) return words;
        return Json.Text(coding, "system") is { } system && Systems.TryGetValue(system, out var name) ? $"{words} ({name} {code})" : words;
    }

    private string? Object(JsonElement value)
    {
        if (Has(value, "coding") || (Has(value, "text") && !Has(value, "status"))) return Concept(value) ?? Range(value);
        if (Has(value, "reference") || (Has(value, "type") && Has(value, "display"))) return labels.Of(value);
        if (Has(value, "numerator") || Has(value, "denominator")) return Joined("/", Part(value, "numerator"), Part(value, "denominator"));
        if (Has(value, "low") || Has(value, "high")) return Range(value);
        if (Has(value, "start") || Has(value, "end")) return Period(value);
        if (Json.At(value, "value") is { } amount && (amount.ValueKind == JsonValueKind.Number || Has(value, "unit"))) return Quantity(value, amount);
        if (Has(value, "family") || Has(value, "given")) return Joined(" ", Words(value, "given"), Words(value, "family"));
        if (Has(value, "city") || Has(value, "state") || Has(value, "postalCode"))
            return Joined(", ", Words(value, "city"), Joined(" ", Words(value, "state"), Words(value, "postalCode")));
        if (Json.At(value, "code") is { } code && code.ValueKind == JsonValueKind.Object) return Component(value, code);
        return Json.Text(value, "display") ?? Json.Text(value, "code") ?? labels.Of(value);
    }

    private static string? Concept(JsonElement value) =>
        Json.Text(value, "text")
        ?? Json.Items(value, "coding").Select(one => Json.Text(one, "display")).FirstOrDefault(words => words is not null)
        ?? Json.Items(value, "coding").Select(one => Json.Text(one, "code")).FirstOrDefault(words => words is not null);

    /// <summary>A part of an observation, such as one of the two pressures.</summary>
    private string? Component(JsonElement value, JsonElement code)
    {
        var measured = Json.Values(value, "value[x]").Select(Of).FirstOrDefault(words => words is not null);
        return Of(code) is { } name ? measured is null ? name : $"{name} {measured}" : measured;
    }

    // An age over 89 is no number any more, but "90+".
    private static string? Quantity(JsonElement value, JsonElement amount)
    {
        var number = amount.ValueKind == JsonValueKind.Number ? amount.GetRawText() : R4Primitive.Text(amount);
        return Joined(" ", Json.Text(value, "comparator") + number, Json.Text(value, "unit") ?? Json.Text(value, "code"));
    }

    private string? Range(JsonElement value) => (Part(value, "low"), Part(value, "high")) switch
    {
        ({ } low, { } high) => $"{low} to {high}",
        ({ } low, null) => $"from {low}",
        (null, { } high) => $"up to {high}",
        _ => null,
    };

    private static string? Period(JsonElement value) => (Json.Text(value, "start"), Json.Text(value, "end")) switch
    {
        ({ } start, { } end) => start == end ? start : $"{start} to {end}",
        ({ } start, null) => $"since {start}",
        (null, { } end) => $"until {end}",
        _ => null,
    };

    private string? Part(JsonElement value, string name) => Json.At(value, name) is { } part ? Of(part) : null;

    private static string? Words(JsonElement value, string name) => Joined(" ", [.. Json.Items(value, name).Select(R4Primitive.Text)]);

    private static string? Joined(string between, params string?[] parts)
    {
        var there = parts.Where(part => !string.IsNullOrEmpty(part)).ToList();
        return there.Count == 0 ? null : string.Join(between, there);
    }

    private static bool Has(JsonElement value, string name) => Json.At(value, name) is not null;
}
