namespace HealthMcp.Sandbox.PhenoML.Omop;

/// <summary>A standard concept of the OMOP vocabularies.</summary>
internal sealed record Concept(int Id, string Vocabulary, string Code, string Name);

/// <summary>The few codes that the sandbox resolves, as OHDSI's vocabularies (release v20240229) have them.</summary>
internal static class ConceptTable
{
    public const string Release = "v20240229";

    private const string Snomed = "http://snomed.info/sct";
    private const string RxNorm = "http://www.nlm.nih.gov/research/umls/rxnorm";
    private const string Loinc = "http://loinc.org";
    private const string Icd = "http://hl7.org/fhir/sid/icd-10-cm";

    private static readonly Dictionary<string, Concept> Standard = new(StringComparer.Ordinal)
    {
        [$"{Snomed}#44054006"] = new(201826, "SNOMED", "44054006", "Type 2 diabetes mellitus"),
        [$"{Snomed}#38341003"] = new(316866, "SNOMED", "38341003", "Hypertensive disorder"),
        [$"{Snomed}#195967001"] = new(317009, "SNOMED", "195967001", "Asthma"),
        [$"{RxNorm}#860975"] = new(40163924, "RXNORM", "860975", "metformin hydrochloride 500 MG"),
        [$"{Loinc}#8480-6"] = new(3004249, "LOINC", "8480-6", "Systolic blood pressure"),
        [$"{Loinc}#8462-4"] = new(3012888, "LOINC", "8462-4", "Diastolic blood pressure"),
        [$"{Loinc}#4548-4"] = new(3004410, "LOINC", "4548-4", "Hemoglobin A1c/Hemoglobin.total in Blood"),
        [$"{Loinc}#29463-7"] = new(3025315, "LOINC", "29463-7", "Body weight"),
    };

    private static readonly Dictionary<string, Concept> Mapped = new(StringComparer.Ordinal)
    {
        [$"{Icd}#E11.9"] = Standard[$"{Snomed}#44054006"],
        [$"{Icd}#I10"] = new(320128, "SNOMED", "59621000", "Essential hypertension"),
    };

    /// <summary>"Meas Value Operator" concepts.</summary>
    private static readonly Dictionary<string, int> Operators = new(StringComparer.Ordinal)
    {
        ["<"] = 4171756, ["<="] = 4171754, [">"] = 4172704, [">="] = 4171755,
    };

    public static Concept? StandardOf(string source) => Standard.GetValueOrDefault(source);

    public static Concept? MappedOf(string source) => Mapped.GetValueOrDefault(source);

    public static int Operator(string? comparator) => comparator is null ? 0 : Operators.GetValueOrDefault(comparator);
}
