namespace HealthMcp.Sandbox.Data;

/// <summary>Practitioners, organizations and places that the records mention.</summary>
internal static class Registry
{
    private static readonly Lazy<IReadOnlyList<IReadOnlyDictionary<string, string>>> Table = new(() => [.. Embedded.Table("directory.tsv")]);

    public static IReadOnlyList<IReadOnlyDictionary<string, string>> All => Table.Value;

    public static IEnumerable<IReadOnlyDictionary<string, string>> Of(string kind) => All.Where(row => row["kind"] == kind);

    public static string FhirId(string type, string key) => DeterministicId.Of("drcloud", type, key);

    public static string PracticeId(string key) => DeterministicId.Of("patients", "directory", key);
}
