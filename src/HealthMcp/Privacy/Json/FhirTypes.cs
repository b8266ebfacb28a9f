using System.Text;

namespace HealthMcp.Privacy;

/// <summary>A resource type of FHIR R4.</summary>
/// <param name="Name">As resourceType says it.</param>
/// <param name="Refers">What it is, as a target of a reference: p person, o organisation or place, c other.</param>
internal sealed record FhirType(string Name, char Refers)
{
    public string Shape { get; } = "fhir/" + Name;

    /// <summary>Of the handles of its ids.</summary>
    public string Prefix { get; } = FhirTable.Prefix(Name);

    /// <summary>How a reference to it begins, with the quote.</summary>
    public byte[] Opening { get; } = Encoding.UTF8.GetBytes($"\"{Name}/");
}

/// <summary>The resource types of FHIR R4, by what a reference to them is called.</summary>
internal static class FhirTypes
{
    private static readonly NameTable<FhirType> Resources = new([.. Tables.Lines("shapes/fhir-r4")
        .Where(line => line.EndsWith(" resource", StringComparison.Ordinal)).Select(line => line.Split(' ')[0]).Select(name => (name, Type(name)))]);

    public static FhirType? Find(ReadOnlySpan<byte> name) => Resources.Find(name);

    /// <summary>By the declared targets when the type is not said or unknown; then also a: anything.</summary>
    public static char Refers(FhirType? type, string? declared) => type?.Refers switch
    {
        null => declared is [var letter] ? letter : 'a',
        'c' => declared is "p" or "o" ? 'p' : 'c',
        var known => known.Value,
    };

    private static FhirType Type(string name) => new(name, name switch
    {
        "Patient" or "Practitioner" or "PractitionerRole" or "RelatedPerson" or "Person" => 'p',
        "Organization" or "Location" or "HealthcareService" or "Endpoint" or "InsurancePlan" or "CareTeam" => 'o',
        _ => 'c',
    });
}
