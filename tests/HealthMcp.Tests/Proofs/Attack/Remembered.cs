namespace HealthMcp.Tests.Proofs.Attack;

/// <summary>
/// Ways to ask what the program remembers of a person: text of the caller's own comes back in the answer of a write, and is scrubbed of what
/// the record holds. A guess that is right must look like one that is wrong. Placeholders name what is remembered and must not show it.
/// </summary>
internal static class Remembered
{
    public static IEnumerable<Strategy> Of(Victim v)
    {
        foreach (var (name, secret) in new[] { ("record number", v.Mrn), ("ZIP", v.Zip), ("phone", v.Phone), ("birth day", v.Birth), ("last name", v.Last) })
        {
            yield return new($"remembered: {name} in a note", secret, "record_vitals", Note("felt well {c} today"));
            yield return new($"remembered: {name} in a note, with a placeholder", secret, "record_vitals", Note("{{{P}.name}} {c}"));
            yield return new($"remembered: {name} in a text", secret, "extract_codes", """{"text":"asthma of {P} {c}"}""");
            yield return new($"remembered: {name} in a resource", secret, "lang2fhir_create", """{"text":"{P} has asthma {c}","resource":"condition"}""");
        }

        yield return new("remembered: end of the phone in a note", v.Phone, "record_vitals", Note("ends in {last4}"));
        yield return new("remembered: day and month in a note", v.Birth, "record_vitals", Note("on {m}/{d} and {d}.{m}."));
        yield return new("remembered: last name as a word", v.Last, "get_clinical_concepts", """{"subject":"{S}","kinds":["encounter"],"searchTerm":"{c}"}""");
        string[] fields = ["ssn", "nothing", "names", "zip", "id", "name.first"];
        yield return StrategyTable.Alike("placeholder: fields that are none", "record_vitals", Note("{{{P}.{c}}}"), fields);
        string[] handles = [v.Forgotten, v.Subject, .. StrategyTable.Altered(v.Patient)];
        yield return StrategyTable.Alike("placeholder: handles that are none", "record_vitals", Note("{{{c}.name}}"), handles);
    }

    private static string Note(string text) => $$"""{"patient":"{P}","date_taken":"2026-11-20","pulse":70,"note":"{{text}}"}""";
}
