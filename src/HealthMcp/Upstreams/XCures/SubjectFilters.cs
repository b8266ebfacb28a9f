using System.Globalization;

namespace HealthMcp.Upstreams.XCures;

/// <summary>From which privacy level on a caller may narrow by a field as it pleases: the level at which answers show it.</summary>
internal enum VisibleFrom
{
    Always,
    Limited,
    Identified,
}

/// <summary>One filter of the subject search: query parameter (which is the argument's name too), where it is visible, its values.</summary>
internal sealed record SubjectFilter(string Name, VisibleFrom Visible, Func<SearchSubjectsInput, IEnumerable<string?>> Read)
{
    public IReadOnlyList<string> Values(SearchSubjectsInput input) =>
        [.. Read(input).Where(value => !string.IsNullOrWhiteSpace(value)).Select(value => value!.Trim())];
}

/// <summary>Every filter of the contract, in one table. Dates count as visible because they are widened instead of refused.</summary>
internal static class SubjectFilters
{
    public static readonly IReadOnlyList<SubjectFilter> All =
    [
        One("identifier", VisibleFrom.Identified, i => i.Identifier),
        One("firstName", VisibleFrom.Identified, i => i.FirstName),
        One("lastName", VisibleFrom.Identified, i => i.LastName),
        One("birthDate", VisibleFrom.Limited, i => i.BirthDate),
        One("birthDateStart", VisibleFrom.Always, i => i.BirthDateStart),
        One("birthDateEnd", VisibleFrom.Always, i => i.BirthDateEnd),
        One("deathDate", VisibleFrom.Always, i => i.DeathDate),
        One("deathDateStart", VisibleFrom.Always, i => i.DeathDateStart),
        One("deathDateEnd", VisibleFrom.Always, i => i.DeathDateEnd),
        One("gender", VisibleFrom.Always, i => i.Gender),
        One("state", VisibleFrom.Always, i => i.State?.ToUpperInvariant()),
        One("city", VisibleFrom.Limited, i => i.City),
        One("postalCode", VisibleFrom.Limited, i => i.PostalCode),
        One("addressLine1", VisibleFrom.Identified, i => i.AddressLine1),
        One("addressLine2", VisibleFrom.Identified, i => i.AddressLine2),
        One("email", VisibleFrom.Identified, i => i.Email),
        One("phoneNumber", VisibleFrom.Identified, i => i.PhoneNumber),
        new("externalIdentifiers", VisibleFrom.Identified, i => i.ExternalIdentifiers ?? []),
        new("additionalNames", VisibleFrom.Identified, i => i.AdditionalNames ?? []),
        new("subjectIds", VisibleFrom.Always, i => i.SubjectIds ?? []),
        new("labels", VisibleFrom.Always, i => i.Labels ?? []),
        new("cohortIds", VisibleFrom.Always, i => i.CohortIds ?? []),
        One("programDeliveryId", VisibleFrom.Always, i => i.ProgramDeliveryId),
        One("programDeliveryStatus", VisibleFrom.Always, i => i.ProgramDeliveryStatus),
        One("created", VisibleFrom.Always, i => i.Created),
        One("createdStart", VisibleFrom.Always, i => i.CreatedStart),
        One("createdEnd", VisibleFrom.Always, i => i.CreatedEnd),
        One("updated", VisibleFrom.Always, i => i.Updated),
        One("updatedStart", VisibleFrom.Always, i => i.UpdatedStart),
        One("updatedEnd", VisibleFrom.Always, i => i.UpdatedEnd),
        One("deleted", VisibleFrom.Always, i => i.Deleted switch { true => "true", false => "false", null => null }),
        One("totalQueries", VisibleFrom.Always, i => Number(i.TotalQueries)),
        One("successfulQueries", VisibleFrom.Always, i => Number(i.SuccessfulQueries)),
        One("inflightQueries", VisibleFrom.Always, i => Number(i.InflightQueries)),
        One("viewId", VisibleFrom.Always, i => i.ViewId),
    ];

    /// <summary>Sort fields that are not always visible; what is not listed anywhere cannot be asked for.</summary>
    public static VisibleFrom OfSort(string field) => field switch
    {
        "created" or "updated" or "gender" or "addressState" => VisibleFrom.Always,
        "birthDate" or "deathDate" or "addressCity" or "addressPostalCode" => VisibleFrom.Limited,
        _ => VisibleFrom.Identified,
    };

    private static SubjectFilter One(string name, VisibleFrom visible, Func<SearchSubjectsInput, string?> read) => new(name, visible, input => [read(input)]);

    private static string? Number(int? value) => value?.ToString(CultureInfo.InvariantCulture);
}
