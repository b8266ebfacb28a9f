namespace HealthMcp.Tests.Proofs.Attack;

/// <summary>Ways to ask the practice: windows of look-ups, checks for duplicates, previews of writes with what was before, and records by date.</summary>
internal static class PracticeStrategies
{
    private const int Typing = 5;

    public static IEnumerable<Strategy> Of(Victim v) => [.. Searches(v), .. Guesses(v), .. Changes(v), .. Records(v), .. Notes(v), .. Orders()];

    private static IEnumerable<Strategy> Searches(Victim v)
    {
        const string Named = """ "first_name":"{first}","last_name":"{last}", """;
        (string, string)[] besides = [("by name", Named), ("of everybody", ""), ("by status", """ "status":"active", """)];
        foreach (var (name, extra) in besides)
        {
            yield return Search($"born from, {name}", v.Birth, $$"""{{{extra}}"dob_from":"{c}"}""");
            yield return Search($"born until, {name}", v.Birth, $$"""{{{extra}}"dob_to":"{c}"}""");
            yield return Search($"born within a day, {name}", v.Birth, $$"""{{{extra}}"dob_from":"{c}","dob_to":"{c}","page_size":1}""");
        }

        yield return Search("birth day alone", v.Birth, """{"date_of_birth":"{c}"}""");
        yield return Search("a word that is the birth day", v.Birth, """{"search":"{c}"}""");
        yield return Search("a word that is the ZIP", v.Zip, """{"search":"{c}"}""");
        yield return Search("a word that is the end of the phone", v.Phone, """{"search":"{last4}"}""");
        yield return Search("name and a word that is the ZIP", v.Zip, """{"first_name":"{first}","last_name":"{last}","search":"{c}"}""");
        yield return Search("location that is the ZIP", v.Zip, """{"first_name":"{first}","last_name":"{last}","location_uuid":"{c}"}""");
        yield return Search("tag that is the birth day", v.Birth, """{"first_name":"{first}","last_name":"{last}","tag_definition_uuid":"{c}"}""");
        yield return new("practice: counts from", v.Birth, "count_patients_by_location", """{"date_from":"{c}"}""");
        yield return new("practice: counts until", v.Birth, "count_patients_by_location", """{"date_to":"{c}"}""");

        static Strategy Search(string name, Secret secret, string arguments) => new($"practice search: {name}", secret, "search_patients", arguments);
    }

    /// <summary>What finds whether a person is there already: a wrong birth date must soon be refused, and a phone or a ZIP must tell nothing.</summary>
    private static IEnumerable<Strategy> Guesses(Victim v)
    {
        yield return Guess("last name and birth day", "search_patients", """{"last_name":"{last}","date_of_birth":"{c}"}""");
        yield return Guess("duplicates by birth day", "check_duplicate_patients", """{"last_name":"{last}","date_of_birth":"{c}"}""");
        yield return Guess("registration", "create_patient", """{"first_name":"{first}","last_name":"{last}","date_of_birth":"{c}"}""");
        yield return Guess("import", "import_patients", """{"rows":[{"first_name":"{first}","last_name":"{last}","date_of_birth":"{c}"}]}""");
        yield return Guess(
            "look-up of a medication",
            "record_medication",
            """{"patient_lookup":{"first_name":"{first}","last_name":"{last}","date_of_birth":"{c}"},"med_descript":"Metformin 500 mg"}""");
        (string, Secret, string)[] fields = [("phone", v.Phone, "mobile_phone"), ("home phone", v.Phone, "home_phone"), ("ZIP", v.Zip, "postal_code")];
        foreach (var (name, secret, field) in fields)
        {
            yield return new(
                $"practice: registration with {name}", secret, "create_patient",
                $$"""{"first_name":"Zoe","last_name":"{last}","{{field}}":"{c}"}""");
            yield return new(
                $"practice: import with {name}", secret, "import_patients",
                $$"""{"rows":[{"first_name":"Zoe","last_name":"{last}","{{field}}":"{c}"}]}""");
        }

        Strategy Guess(string name, string tool, string arguments) => new($"guess in the practice: {name}", v.Birth, tool, arguments) { Forgiven = Typing };
    }

    /// <summary>A preview tells what was before and what will be: a change into what is there already must look like any other.</summary>
    private static IEnumerable<Strategy> Changes(Victim v)
    {
        foreach (var (name, secret, field) in new[]
        {
            ("birth day", v.Birth, "date_of_birth"), ("ZIP", v.Zip, "postal_code"), ("mobile phone", v.Phone, "mobile_phone"),
            ("home phone", v.Phone, "home_phone"), ("record number", v.Mrn, "chart_number"), ("last name", v.Last, "last_name"),
            ("first visit", v.Birth, "date_first_visit"),
        })
        {
            yield return new($"practice: change of the {name}", secret, "update_patient", $$"""{"patient":"{Q}","{{field}}":"{c}"}""");
            yield return new(
                $"practice: change of the {name}, as few bytes", secret, "update_patient",
                $$"""{"patient":"{Q}","{{field}}":"{c}","max_bytes":1024}""");
            yield return new(
                $"practice: change of the {name}, that field alone", secret, "update_patient",
                $$"""{"patient":"{Q}","{{field}}":"{c}","fields":["{{field}}"]}""");
        }
    }

    /// <summary>Windows over her records, and days of new records that may be held against her birth day.</summary>
    private static IEnumerable<Strategy> Records(Victim v)
    {
        yield return new("practice: vital signs from", v.Vitals, "get_vitals", """{"patient":"{Q}","date_from":"{c}"}""");
        yield return new("practice: vital signs until", v.Vitals, "get_vitals", """{"patient":"{Q}","date_to":"{c}"}""");
        yield return new("practice: vital signs of a day", v.Vitals, "get_vitals", """{"patient":"{Q}","date_from":"{c}","date_to":"{c}","view":"trend"}""");
        foreach (var kind in new[] { "communication-logs", "vital-signs" })
        {
            yield return new($"practice: {kind} from", v.Call, "list_patient_records", $$"""{"patient":"{Q}","kind":"{{kind}}","date_from":"{c}"}""");
            yield return new($"practice: {kind} until", v.Call, "list_patient_records", $$"""{"patient":"{Q}","kind":"{{kind}}","date_to":"{c}"}""");
            yield return new($"practice: {kind} with the day as a word", v.Call, "list_patient_records", $$"""{"patient":"{Q}","kind":"{{kind}}","q":"{c}"}""");
            yield return new(
                $"practice: {kind} with the phone as a word", v.Phone, "list_patient_records",
                $$"""{"patient":"{Q}","kind":"{{kind}}","q":"{last4}"}""");
        }

        yield return new("practice: problem from the birth day", v.Birth, "update_problem", """{"patient":"{Q}","disease_uuid":"{B}","date_start":"{c}"}""");
        yield return new(
            "practice: medication from the birth day", v.Birth, "record_medication",
            """{"patient":"{Q}","med_descript":"Metformin 500 mg","date_start":"{c}"}""");
        yield return new(
            "practice: allergy on the birth day", v.Birth, "record_allergy",
            """{"patient":"{Q}","allergy_definition":"Penicillin","date_adverse_reaction":"{c}"}""");
        yield return new(
            "practice: call on the birth day", v.Birth, "log_communication",
            """{"patient":"{Q}","communication_datetime":"{c}T10:00:00Z","mode":"phone"}""");
        yield return new("practice: alert until the birth day", v.Birth, "set_patient_alert", """{"patient":"{Q}","alert_uuid":"{A}","disable_on":"{c}"}""");
        yield return new("practice: vital signs before birth", v.Birth, "record_vitals", """{"patient":"{Q}","date_taken":"{c}","pulse":70}""");
    }

    private static IEnumerable<Strategy> Notes(Victim v)
    {
        foreach (var (name, secret) in new[] { ("phone", v.Phone), ("ZIP", v.Zip), ("birth day", v.Birth), ("last name", v.Last) })
        {
            yield return new(
                $"practice: {name} in a call's note", secret, "log_communication",
                """{"patient":"{Q}","communication_datetime":"2026-11-20T10:00:00Z","mode":"phone","note":"asked {c} again"}""");
            yield return new($"practice: {name} in an alert", secret, "set_patient_alert", """{"patient":"{Q}","alert_uuid":"{A}","note":"asked {c} again"}""");
            yield return new(
                $"practice: {name} in a problem", secret, "update_problem",
                """{"patient":"{Q}","disease_uuid":"{B}","patient_note":"asked {c} again"}""");
            yield return new(
                $"practice: {name} in a source", secret, "record_attribution",
                """{"patient":"{Q}","attribution_role":"assist","provider_uuid":"{V}","source_note":"asked {c} again"}""");
            yield return new(
                $"practice: {name} in a relation", secret, "link_patients",
                """{"patient":"{Q}","to_patient_uuid":"{O}","relationship_type":"sibling","note":"asked {c} again"}""");
            yield return new($"practice: {name} in a treatment note", secret, "update_patient", """{"patient":"{Q}","treatment_notes":"asked {c} again"}""");
        }
    }

    private static IEnumerable<Strategy> Orders()
    {
        string[] orders = ["date_of_birth", "first_name", "last_name", "chart_number"], patterns = ["J", "Jo", "Jon", "*", "%", "_ones", "J%"];
        yield return Alike("withheld orders", "search_patients", """{"status":"active","sort_by":"{c}"}""", orders);
        yield return Alike("names by pattern", "search_patients", """{"first_name":"{first}","last_name":"{c}"}""", patterns);
        yield return Alike("duplicates by pattern", "check_duplicate_patients", """{"last_name":"{c}"}""", patterns);

        static Strategy Alike(string name, string tool, string arguments, string[] values) =>
            StrategyTable.Alike($"practice: {name}", tool, arguments, values) with { OnlyFinds = true };
    }
}
