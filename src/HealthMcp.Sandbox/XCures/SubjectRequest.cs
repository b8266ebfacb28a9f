using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.XCures;

/// <summary>What a client may write of a subject, checked as the contract has it.</summary>
internal static partial class SubjectRequest
{
    private static readonly string[] Texts =
    [
        "firstName", "middleName", "lastName", "email", "birthDate", "deathDate", "addressLine1", "addressLine2", "addressCity", "addressState",
        "addressPostalCode", "phoneNumber",
    ];

    private static readonly string[] Lists = ["externalIdentifiers", "labels", "additionalNames", "additionalAddresses", "tags"];

    /// <summary>Why the request is refused; null when it is good.</summary>
    public static string? Problem(JsonObject body, bool creates)
    {
        if (creates && !Guid.TryParseExact(body.Text("id"), "D", out _)) return "id must be a UUID";
        if (string.IsNullOrWhiteSpace(body.Text("firstName")) || string.IsNullOrWhiteSpace(body.Text("lastName"))) return "firstName and lastName are required";
        if (Texts.FirstOrDefault(name => body[name] is { } value && value.GetValueKind() != JsonValueKind.String) is { } wrong)
            return $"{wrong} must be a string";
        if (Lists.FirstOrDefault(name => body[name] is not (null or JsonArray)) is { } list) return $"{list} must be an array";
        return Form(body) ?? Parts(body);
    }

    /// <summary>The members that are kept, in the order of the contract; what is empty is left out.</summary>
    public static JsonObject Kept(JsonObject body)
    {
        var kept = new JsonObject();
        foreach (var name in Texts) if (body.Text(name) is { Length: > 0 } text) kept[name] = text;
        if (Gender(body) is { } gender) kept["gender"] = gender;
        foreach (var name in Lists) if (body[name] is JsonArray list) kept[name] = JsonNode.Parse(list.ToJsonString());
        return kept;
    }

    private static string? Form(JsonObject body)
    {
        foreach (var name in new[] { "birthDate", "deathDate" })
            if (body.Text(name) is { } date && !DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
                return $"{name} must be yyyy-mm-dd";
        if (body.Text("email") is { } mail && !mail.Contains('@', StringComparison.Ordinal)) return "email must be an email";
        if (body.Text("addressState") is { } state && !State().IsMatch(state)) return "addressState must be a state code";
        if (body.Text("addressPostalCode") is { } zip && !Zip().IsMatch(zip)) return "addressPostalCode must have 5 or 9 digits";
        return body["gender"] is not null && Gender(body) is null ? "gender must be M or F" : null;
    }

    private static string? Parts(JsonObject body)
    {
        if (Objects(body, "externalIdentifiers").Any(row => row?.Text("externalIdentifier") is null || row.Text("externalSystem") is null))
            return "externalIdentifiers need externalIdentifier and externalSystem";
        if (Objects(body, "additionalNames").Any(row => row?.Text("first") is null && row?.Text("last") is null)) return "additionalNames need first or last";
        if (Objects(body, "additionalAddresses").Contains(null)) return "additionalAddresses must be objects";
        if ((body["labels"] as JsonArray ?? []).Any(label => label?.GetValueKind() != JsonValueKind.String)) return "labels must be strings";
        return Objects(body, "tags").Any(row => !IsUuid(row?.Text("id")) || !IsUuid(row?.Text("projectTagId"))) ? "tags need id and projectTagId" : null;
    }

    private static IEnumerable<JsonObject?> Objects(JsonObject body, string name) => (body[name] as JsonArray ?? []).Select(row => row as JsonObject);

    private static bool IsUuid(string? text) => Guid.TryParse(text, out _);

    // Words are accepted as well as they can be.
    private static string? Gender(JsonObject body) => body.Text("gender")?.ToUpperInvariant() switch
    {
        "M" or "MALE" => "M",
        "F" or "FEMALE" => "F",
        _ => null,
    };

    [GeneratedRegex("^[A-Z]{2}$")]
    private static partial Regex State();

    [GeneratedRegex(@"^\d{5}(-?\d{4})?$")]
    private static partial Regex Zip();
}
