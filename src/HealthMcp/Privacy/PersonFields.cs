using System.Text.Json;

namespace HealthMcp.Privacy;

/// <summary>Which property of a person's own record is which of <see cref="LabelFields"/>. What is not text is not there.</summary>
internal static class PersonFields
{
    public static IEnumerable<Label> OfSubject(JsonElement subject) =>
    [
        .. Person(Text(subject, "firstName"), Text(subject, "middleName"), Text(subject, "lastName"), Text(subject, "birthDate")),
        .. Reach(
            Text(subject, "phoneNumber"),
            Text(subject, "email"),
            LabelFields.Joined(
                ", ",
                Text(subject, "addressLine1"),
                Text(subject, "addressLine2"),
                Text(subject, "addressCity"),
                LabelFields.Joined(" ", Text(subject, "addressState"), Text(subject, "addressPostalCode")))),
        .. LabelFields.Of(LabelFields.Mrn, Text(subject, "identifier")),
    ];

    public static IEnumerable<Label> OfPatient(JsonElement patient) =>
    [
        .. Person(Text(patient, "first_name"), Text(patient, "middle_name"), Text(patient, "last_name"), Text(patient, "date_of_birth")),
        .. Reach(
            Text(patient, "mobile_phone") ?? Text(patient, "home_phone") ?? Text(patient, "work_phone") ?? Text(patient, "phone"),
            Text(patient, "email"),
            LabelFields.Joined(
                ", ",
                Text(patient, "address_line1"),
                Text(patient, "address_line2"),
                Text(patient, "city"),
                LabelFields.Joined(" ", Text(patient, "state"), Text(patient, "postal_code")))),
        .. LabelFields.Of(LabelFields.Mrn, Text(patient, "chart_number")),
    ];

    public static IEnumerable<Label> OfFhir(JsonElement patient)
    {
        var name = First(patient, "name", "official", "usual");
        var given = Items(name, "given").Where(part => part.ValueKind == JsonValueKind.String).Select(part => part.GetString()).ToList();
        var address = First(patient, "address", "home");
        return
        [
            .. Person(given.FirstOrDefault(), given.ElementAtOrDefault(1), Text(name, "family"), Text(patient, "birthDate")),
            .. Reach(
                Items(patient, "telecom").Where(telecom => Text(telecom, "system") == "phone").Select(telecom => Text(telecom, "value")).FirstOrDefault(),
                Items(patient, "telecom").Where(telecom => Text(telecom, "system") == "email").Select(telecom => Text(telecom, "value")).FirstOrDefault(),
                LabelFields.Joined(
                    ", ",
                    LabelFields.Joined(", ", [.. Items(address, "line").Where(line => line.ValueKind == JsonValueKind.String)
                        .Select(line => line.GetString())]),
                    Text(address, "city"),
                    LabelFields.Joined(" ", Text(address, "state"), Text(address, "postalCode")))),
            .. LabelFields.Of(LabelFields.Mrn, Items(patient, "identifier").Where(IsMrn).Select(number => Text(number, "value")).FirstOrDefault()),
        ];
    }

    public static string? Text(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: > 0 } text ? text : null;

    private static IEnumerable<Label> Person(string? first, string? middle, string? last, string? born) =>
    [
        .. LabelFields.Of(LabelFields.Name, LabelFields.Joined(" ", first, middle, last)),
        .. LabelFields.Of(LabelFields.FirstName, first),
        .. LabelFields.Of(LabelFields.MiddleName, middle),
        .. LabelFields.Of(LabelFields.LastName, last),
        .. LabelFields.Of(LabelFields.BirthDate, born is { Length: > 10 } ? born[..10] : born),
    ];

    private static IEnumerable<Label> Reach(string? phone, string? email, string? address) =>
        [.. LabelFields.Of(LabelFields.Phone, phone), .. LabelFields.Of(LabelFields.Email, email), .. LabelFields.Of(LabelFields.Address, address)];

    // HL7 table 0203: MR is the medical record number.
    private static bool IsMrn(JsonElement identifier) =>
        identifier.ValueKind == JsonValueKind.Object && identifier.TryGetProperty("type", out var type)
        && Items(type, "coding").Any(coding => Text(coding, "code") == "MR");

    private static JsonElement First(JsonElement of, string list, params ReadOnlySpan<string> uses)
    {
        var all = Items(of, list).Where(item => item.ValueKind == JsonValueKind.Object).ToList();
        foreach (var use in uses)
            if (all.Find(item => Text(item, "use") == use) is { ValueKind: JsonValueKind.Object } found) return found;
        return all.Find(item => Text(item, "use") != "old");
    }

    private static IEnumerable<JsonElement> Items(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [];
}
