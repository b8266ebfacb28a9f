using System.Globalization;
using System.Text.Json;
using HealthMcp.Privacy;

namespace HealthMcp.Tests.Proofs.Survival;

/// <summary>The only reasons for which something clinical may go, with the letter of 45 CFR 164.514(b)(2)(i) or our policy.</summary>
internal static class GoingRules
{
    public const string UnknownExtension = "policy: an extension that is not in the kept table";
    public const string UnknownResource = "policy: a resource of a type that R4 does not have";
    public const string Place = "(B) geographic unit smaller than a state";
    public const string Over89 = "(C) age over 89";

    private static readonly KeptExtensions Kept = new();

    /// <summary>Where R4 says Range and means two ages.</summary>
    private static readonly string[] AgeRanges =
    [
        "Condition.onsetRange", "Condition.abatementRange", "AllergyIntolerance.onsetRange", "Procedure.performedRange",
        "FamilyMemberHistory.ageRange", "FamilyMemberHistory.deceasedRange", "FamilyMemberHistory.condition.onsetRange",
    ];

    public static string? OfExtension(JsonElement extension, bool inside)
    {
        var url = extension.ValueKind == JsonValueKind.Object && extension.TryGetProperty("url", out var said) ? said.GetString() : null;
        return Kept.IsKept(url, inside) ? null : UnknownExtension;
    }

    /// <param name="path">Path of the object that holds the value.</param>
    /// <param name="type">Datatype of that object.</param>
    /// <param name="holder">The object.</param>
    /// <param name="property">The value's property.</param>
    public static string? OfLeaf(string path, string type, JsonElement holder, string property)
    {
        if (path.EndsWith("Location.position", StringComparison.Ordinal) || type == "Location.position") return Place;
        var isAge = type == "Age"
            || AgeRanges.Any(range => path.EndsWith($"{range}.low", StringComparison.Ordinal) || path.EndsWith($"{range}.high", StringComparison.Ordinal));
        isAge |= type == "Quantity" && Unit(holder) is "a" or "years" or "mo" or "wk" or "d";
        return isAge && property == "value" && IsOver89(holder) ? Over89 : null;
    }

    private static string? Unit(JsonElement quantity) => quantity.TryGetProperty("code", out var code)
        ? code.GetString()
        : quantity.TryGetProperty("unit", out var word) ? word.GetString() : null;

    private static bool IsOver89(JsonElement age)
    {
        if (!age.TryGetProperty("value", out var value) || value.ValueKind != JsonValueKind.Number) return false;
        var perYear = Unit(age) switch { "mo" => 12m, "wk" => 52m, "d" => 365m, "h" => 8760m, "min" => 525_600m, _ => 1m };
        return decimal.Parse(value.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture) / perYear > 89m;
    }
}
