using System.Globalization;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.XCures.Applications;

/// <summary>An application in the contract's own fields.</summary>
internal static class ApplicationFields
{
    /// <exception cref="CallFailureException">The birth date or a webhook cannot be right.</exception>
    public static JsonObject Of(CreateApplicationInput input, DateOnly today)
    {
        var born = DateOnly.ParseExact(input.BirthDate, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (born > today.AddDays(1) || born < today.AddYears(-130))
            throw CallFailureException.Invalid("birthDate", "birthDate lies in the future or more than 130 years back: check the year, month and day.");
        var fields = new JsonObject();
        foreach (var (name, value) in Given(input)) if (!string.IsNullOrWhiteSpace(value)) fields[name] = value.Trim();
        foreach (var (name, url) in Webhooks.Of(input)) fields[name] = url;
        return fields;
    }

    private static IEnumerable<(string Name, string? Value)> Given(CreateApplicationInput input) =>
    [
        ("id", input.Id?.ToLowerInvariant()), ("firstName", input.FirstName), ("middleName", input.MiddleName), ("lastName", input.LastName),
        ("birthDate", input.BirthDate), ("addressLine1", input.AddressLine1), ("addressLine2", input.AddressLine2), ("addressCity", input.AddressCity),
        ("addressState", input.AddressState?.ToUpperInvariant()), ("addressPostalCode", input.AddressPostalCode), ("sexAtBirth", input.SexAtBirth),
        ("emailAddress", input.EmailAddress), ("phoneNumber", input.PhoneNumber), ("cohortId", input.CohortId),
    ];
}
