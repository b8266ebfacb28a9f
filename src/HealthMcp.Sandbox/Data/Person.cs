namespace HealthMcp.Sandbox.Data;

/// <summary>One invented person, known to several of the systems under different ids.</summary>
internal sealed class Person(IReadOnlyDictionary<string, string> row)
{
    private static readonly Lazy<IReadOnlyList<Person>> Table = new(() => [.. Embedded.Table("people.tsv").Select(row => new Person(row))]);

    public static IReadOnlyList<Person> All => Table.Value;

    /// <summary>The three with a full chart.</summary>
    public static IEnumerable<Person> Charted => All.Take(3);

    public string this[string column] => row[column];

    public string Key => row["key"];

    public string First => row["first"];

    public string Last => row["last"];

    public string FullName => $"{First} {Last}";

    public bool IsFemale => row["sex"] == "F";

    public string BirthDate => row["dob"];

    public string SubjectId => DeterministicId.Of("xcures", "subject", Key);

    public string PracticeId => DeterministicId.Of("patients", "patient", Key);

    public string FhirId => DeterministicId.Of("drcloud", "Patient", Key);

    /// <summary>Null instead of an empty cell.</summary>
    public string? Or(string column) => row[column].Length == 0 ? null : row[column];
}
