using System.Collections.Frozen;

namespace HealthMcp.Privacy;

/// <summary>The resource types of FHIR R4, by what a reference to them is called.</summary>
internal static class FhirTypes
{
    private static readonly FrozenSet<string> Resources = Tables.Lines("shapes/fhir-r4")
        .Where(line => line.EndsWith(" resource", StringComparison.Ordinal)).Select(line => line.Split(' ')[0]).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>p person, o organisation or place, c other; by the declared targets when the type is not said or unknown.</summary>
    public static char Refers(string? type, string? declared) => type switch
    {
        "Patient" or "Practitioner" or "PractitionerRole" or "RelatedPerson" or "Person" => 'p',
        "Organization" or "Location" or "HealthcareService" or "Endpoint" or "InsurancePlan" or "CareTeam" => 'o',
        not null when Resources.Contains(type) => declared is "p" or "o" ? 'p' : 'c',
        _ => declared is [var letter] ? letter : 'a',
    };
}
