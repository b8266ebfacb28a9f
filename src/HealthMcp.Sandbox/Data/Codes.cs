namespace HealthMcp.Sandbox.Data;

/// <summary>The short names of code systems in the data files, and their URIs.</summary>
internal static class Codes
{
    private static readonly Dictionary<string, string> Systems = new(StringComparer.Ordinal)
    {
        ["icd10"] = "http://hl7.org/fhir/sid/icd-10-cm",
        ["icd10pcs"] = "http://www.cms.gov/Medicare/Coding/ICD10",
        ["snomed"] = "http://snomed.info/sct",
        ["rxnorm"] = "http://www.nlm.nih.gov/research/umls/rxnorm",
        ["loinc"] = "http://loinc.org",
        ["cvx"] = "http://hl7.org/fhir/sid/cvx",
        ["sop"] = "https://nahdo.org/sopt",
        ["hpo"] = "http://human-phenotype-ontology.org",
    };

    public static string Uri(string shortName) => Systems[shortName];

    /// <summary>"icd10:C79.51" as the URI and the code.</summary>
    public static (string System, string Code) Parse(string text)
    {
        var cut = text.IndexOf(':', StringComparison.Ordinal);
        return (Uri(text[..cut]), text[(cut + 1)..]);
    }
}
