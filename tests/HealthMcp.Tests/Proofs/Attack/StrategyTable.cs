using HealthMcp.Upstreams.DrCloud.Search;

namespace HealthMcp.Tests.Proofs.Attack;

/// <summary>Every way to ask that somebody thought of. A new argument or tool deserves a row of its own.</summary>
internal static class StrategyTable
{
    private static readonly string[] Prefixes = ["eq", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap"];

    private static readonly string[] Patterns = ["*", "%", "_", "?", ".*", "J", "M%", "[A-Z]", "' or 1=1 --", "\\p{L}+"];

    public static IReadOnlyList<Strategy> Of(Victim victim) =>
        [.. Guesses(victim), .. Subjects(victim), .. Concepts(victim), .. Fhir(victim), .. Parameters(victim), .. Vitals(victim), .. Remembered.Of(victim), .. Others(victim), .. PracticeStrategies.Of(victim),
            .. RegistryStrategies.Of(victim)];

    /// <summary>Look-ups with a wrong birth date, in every spelling that might count as another name.</summary>
    private static IEnumerable<Strategy> Guesses(Victim v)
    {
        const int Typing = 5;
        Strategy Guess(string name, string tool, string arguments) => new(name, v.Birth, tool, arguments) { Forgiven = Typing };
        yield return Guess("guess: last name and birth date", "search_subjects", """{"lastName":"{last}","birthDate":"{c}"}""");
        yield return Guess("guess: full name and birth date", "search_subjects", """{"firstName":"{first}","lastName":"{last}","birthDate":"{c}"}""");
        yield return Guess("guess: family and birthdate", "drcloud_fhir_search", """{"type":"Patient","query":"family={last}&birthdate={c}"}""");
        yield return Guess("guess: family:exact and birthdate", "drcloud_fhir_search", """{"type":"Patient","query":"family:exact={last}&birthdate=eq{c}"}""");
        yield return Guess("guess: look-up of a write", "record_vitals", Lookup("{first}"));
        yield return Guess("guess: look-up of a write, preferred name", "record_vitals", Lookup("{preferred}"));
        yield return Respelt("guess: blanks and case", "search_subjects", """{"lastName":"{last}","birthDate":"{c}"}""", Blanks);
        yield return Respelt("guess: wide letters", "search_subjects", """{"lastName":"{last}","birthDate":"{c}"}""", Wide);
        yield return Respelt("guess: accents and case", "drcloud_fhir_search", """{"type":"Patient","query":"family={last}&birthdate={c}"}""", Accents);
        yield return Respelt("guess: blanks and case in a write", "record_vitals", Lookup("{first}"), Blanks);

        Strategy Respelt(string name, string tool, string arguments, Func<string, int, string> spell) =>
            Guess(name, tool, arguments.Replace("{last}", "{name}", StringComparison.Ordinal)) with { Respell = spell };
    }

    private static string Lookup(string first) =>
        $$$"""{"patient_lookup":{"first_name":"{{{first}}}","last_name":"{last}","date_of_birth":"{c}"},"date_taken":"2026-11-20","pulse":70}""";

    private static string Blanks(string name, int at) => $"{(at % 2 == 0 ? name.ToUpperInvariant() : name.ToLowerInvariant())}{new string(' ', at % 7)}";

    private static string Wide(string name, int at) => string.Concat(name.Select((c, i) => (at >> i & 1) == 1 ? (char)(c - '!' + '\uFF01') : c));

    private static string Accents(string name, int at) =>
        string.Concat(name.Select((c, i) => (at >> i & 1) == 0 ? c : c switch { 'o' => 'ö', 'e' => 'é', 'n' => 'ñ', 's' => 'ś', 'i' => 'í', _ => char.ToUpperInvariant(c) }));

    private static IEnumerable<Strategy> Subjects(Victim v)
    {
        Strategy Day(string name, string arguments) => new($"subjects: {name}", v.Birth, "search_subjects", arguments);
        Strategy Zip(string name, string arguments) => new($"subjects: {name}", v.Zip, "search_subjects", arguments);
        Strategy Phone(string name, string arguments) => new($"subjects: {name}", v.Phone, "search_subjects", arguments);
        yield return Day("born from, with handle", """{"subjectIds":["{S}"],"birthDateStart":"{c}"}""");
        yield return Day("born until, with handle", """{"subjectIds":["{S}"],"birthDateEnd":"{c}"}""");
        yield return Day("born on, with handle", """{"subjectIds":["{S}"],"birthDate":"{c}"}""");
        yield return Day("window of one day", """{"subjectIds":["{S}"],"birthDateStart":"{c}","birthDateEnd":"{c}"}""");
        yield return Day("totals of everybody", """{"birthDateStart":"{c}","pageSize":1}""");
        yield return Day("size of the answer", """{"subjectIds":["{S}"],"birthDateEnd":"{c}","max_bytes":1024}""");
        yield return Day("name and window", """{"firstName":"{first}","lastName":"{last}","birthDateStart":"{c}"}""");
        yield return Day("entered from", """{"subjectIds":["{S}"],"createdStart":"{c}"}""");
        yield return Day("changed until", """{"subjectIds":["{S}"],"updatedEnd":"{c}"}""");
        yield return Day("identifier is the date", """{"identifier":"{c}"}""");
        yield return Day("label is the date", """{"subjectIds":["{S}"],"labels":["{c}"]}""");
        yield return Day("level asked for", """{"subjectIds":["{S}"],"birthDateStart":"{c}","privacy":"identified"}""");
        yield return Zip("ZIP with handle", """{"subjectIds":["{S}"],"postalCode":"{c}"}""");
        yield return Zip("ZIP with state", """{"state":"{state}","postalCode":"{c}"}""");
        yield return Zip("ZIP in a look-up", """{"firstName":"{first}","lastName":"{last}","postalCode":"{c}"}""");
        yield return Zip("ZIP as identifier", """{"externalIdentifiers":["{c}"]}""");
        yield return Zip("ZIP as town", """{"subjectIds":["{S}"],"city":"{c}"}""");
        yield return Phone("phone with handle", """{"subjectIds":["{S}"],"phoneNumber":"{c}"}""");
        yield return Phone("phone alone", """{"phoneNumber":"{c}"}""");
        yield return Phone("phone in a look-up", """{"firstName":"{first}","lastName":"{last}","phoneNumber":"{c}"}""");
        yield return Phone("phone as identifier", """{"identifier":"{c}"}""");
        yield return Phone("phone as further identifier", """{"externalIdentifiers":["{c}"]}""");
        yield return Alike("subjects: patterns for a first name", "search_subjects", """{"lastName":"{last}","firstName":"{c}"}""", Patterns) with { OnlyFinds = true };
        yield return Alike("subjects: patterns for a last name", "search_subjects", """{"firstName":"{first}","lastName":"{c}"}""", Patterns) with { OnlyFinds = true };
        yield return Alike("subjects: withheld orders", "search_subjects", """{"sortField":"{c}"}""", "birthDate", "deathDate", "addressCity", "addressPostalCode", "firstName");
    }

    private static IEnumerable<Strategy> Concepts(Victim v)
    {
        Strategy Day(string name, string arguments) => new($"concepts: {name}", v.Concept, "get_clinical_concepts", arguments);
        Strategy Born(string name, string arguments) => new($"concepts: {name}", v.Birth, "get_clinical_concepts", arguments);
        Strategy Phone(string name, string arguments) => new($"concepts: {name}", v.Phone, "get_clinical_concepts", arguments);
        Strategy Zip(string name, string arguments) => new($"concepts: {name}", v.Zip, "get_clinical_concepts", arguments);
        yield return Day("from", """{"subject":"{S}","kinds":["medication"],"dateStart":"{c}"}""");
        yield return Day("until", """{"subject":"{S}","kinds":["medication"],"dateEnd":"{c}"}""");
        yield return Day("one day", """{"subject":"{S}","kinds":["medication"],"dateStart":"{c}","dateEnd":"{c}","pageSize":1}""");
        yield return Born("demographic one day", """{"subject":"{S}","kinds":["demographic"],"dateStart":"{c}"}""");
        foreach (var mode in new[] { "lexical", "semantic", "hybrid" })
        {
            yield return Day($"{mode} word is the date", Term("medication", "{c}", mode));
            yield return Day($"{mode} word is month-day", Term("medication", "{m}-{d}", mode));
            yield return Day($"{mode} word is month and day", Term("medication", "{m} {d}", mode));
            yield return Day($"{mode} word is the day as a stamp has it", Term("medication", "{d}t00", mode));
            yield return Day($"{mode} word is the month beside a real word", Term("medication", "tablet -{m}-", mode));
            yield return Phone($"{mode} word is the end of the phone", Term("medication", "{last4}", mode));
            yield return Phone($"{mode} word is the phone", Term("medication", "{c}", mode));
            yield return Zip($"{mode} word is the ZIP", Term("demographic", "{c}", mode));
        }

        yield return Born("word is the birth day", Term("demographic", "{c}", "lexical"));
        yield return Day("code is the date", """{"subject":"{S}","kinds":["medication"],"code":"{c}"}""");
        yield return Zip("code is the ZIP", """{"subject":"{S}","kinds":["demographic"],"code":"{c}"}""");
        yield return Day("id is the date", """{"subject":"{S}","kinds":["medication"],"id":"{c}"}""");
    }

    private static string Term(string kind, string word, string mode) =>
        $$$"""{"subject":"{S}","kinds":["{{{kind}}}"],"searchTerm":"{{{word}}}","searchTermMode":"{{{mode}}}"}""";

    private static IEnumerable<Strategy> Fhir(Victim v)
    {
        Strategy Day(string name, string arguments) => new($"fhir: {name}", v.Service, "drcloud_fhir_search", arguments);
        Strategy Born(string name, string arguments) => new($"fhir: {name}", v.Birth, "drcloud_fhir_search", arguments);
        foreach (var prefix in Prefixes)
        {
            var parameters = $$$""" "parameters":[{"name":"date","prefix":"{{{prefix}}}","value":"{c}"}]""";
            yield return Day($"date {prefix}", $$"""{"type":"Observation","patient":"{P}","count":1,{{parameters}}}""");
            yield return Day($"date {prefix} in a query", $$"""{"type":"Observation","patient":"{P}","query":"date={{prefix}}{c}&_summary=count"}""");
            yield return Born($"birthdate {prefix}", $$"""{"type":"Patient","patient":"{P}","query":"birthdate={{prefix}}{c}"}""");
        }

        yield return Day("days from and to", """{"type":"Observation","patient":"{P}","date_from":"{c}","date_to":"{c}"}""");
        yield return Day("from and to of a parameter", """{"type":"Observation","patient":"{P}","parameters":[{"name":"date","from":"{c}","to":"{c}"}]}""");
        yield return Day("one plain window", """{"type":"Observation","patient":"{P}","query":"date=ge{c}&date=le{c}"}""");
        yield return Day("alternatives", """{"type":"Observation","patient":"{P}","query":"date={c},1990-01-01"}""");
        yield return Day("time of a far zone", """{"type":"Observation","patient":"{P}","query":"date=ge{c}T00:00:00%2B14:00"}""");
        yield return Day("month", """{"type":"Observation","patient":"{P}","parameters":[{"name":"date","prefix":"ge","value":"{c}T12:00Z"}]}""");
        yield return Day("window of last change", """{"type":"Observation","patient":"{P}","query":"_lastUpdated=ge{c}"}""");
        yield return Day("everybody's total", """{"type":"Observation","query":"date=ge{c}","count":1}""");
        yield return Day("size of the answer", """{"type":"Observation","patient":"{P}","date_to":"{c}","max_bytes":1024}""");
        yield return Day("provenance", """{"type":"Observation","patient":"{P}","date_from":"{c}","include_provenance":true}""");
        yield return Day("code text", """{"type":"Observation","patient":"{P}","parameters":[{"name":"code","modifier":"text","value":"{c}"}]}""");
        yield return Day("note text", """{"type":"Observation","patient":"{P}","query":"_content={c}"}""");
        yield return Born("birthdate with handle", """{"type":"Patient","patient":"{P}","parameters":[{"name":"birthdate","value":"{c}"}]}""");
        yield return Born("birthdate with ids", """{"type":"Patient","ids":["{P}"],"query":"birthdate={c}"}""");
        yield return Born("birthdate alone", """{"type":"Patient","query":"birthdate={c}"}""");
        yield return Born("birthdate with full name", """{"type":"Patient","query":"family={last}&given={first}&birthdate={c}"}""");
        yield return Born("birthdate twice", """{"type":"Patient","query":"family={last}&birthdate=ge{c}&birthdate=le{c}"}""");
        yield return Born("birthdate, two at once", """{"type":"Patient","query":"family={last}&birthdate={c},1900-01-01"}""");
        yield return Born("chain", """{"type":"Observation","query":"patient.birthdate={c}"}""");
        yield return Born("typed chain", """{"type":"Observation","parameters":[{"name":"subject:Patient.birthdate","value":"{c}"}]}""");
        yield return Born("reverse chain", """{"type":"Patient","query":"_has:Observation:patient:date={c}"}""");
        yield return Born("filter expression", """{"type":"Patient","query":"_filter=birthdate eq {c}"}""");
        yield return Born("named search", """{"type":"Patient","query":"_query=born&birthdate={c}"}""");
        foreach (var (name, extra) in new[] { ("_include", "_include=Observation:patient"), ("_revinclude", "_revinclude=Provenance:target"), ("_elements", "_elements=birthDate"), ("_summary", "_summary=count"), ("_total", "_total=accurate") })
            yield return Day($"with {name}", $$"""{"type":"Observation","patient":"{P}","query":"date=ge{c}&{{extra}}"}""");
        yield return Alike("fhir: withheld orders", "drcloud_fhir_search", """{"type":"Patient","sort":"{c}"}""", "birthdate", "-birthdate", "family", "address-postalcode", "phone", "given,birthdate");
        yield return Alike("fhir: patterns for a name", "drcloud_fhir_search", """{"type":"Patient","query":"given={first}&family={c}"}""", "J", "Jo", "Jon", "*", "%", "_ones", "J%25", ".*") with { OnlyFinds = true };
    }

    /// <summary>Every parameter of every type with every secret, whether or not its name sounds like it: the table is the list of questions.</summary>
    private static IEnumerable<Strategy> Parameters(Victim v)
    {
        foreach (var type in new[] { "Patient", "Person", "Encounter", "Observation", "Condition", "Coverage", "MedicationRequest", "DocumentReference", "Provenance", "RelatedPerson" })
        {
            if (!HealthMcp.Upstreams.DrCloud.FhirTypes.ByName.ContainsKey(type)) continue;
            var bound = ParameterTable.Find(type, type == "Patient" ? "_id" : "patient") is null ? "" : "\"patient\":\"{P}\",";
            foreach (var parameter in ParameterTable.Of(type).OrderBy(p => p.Name, StringComparer.Ordinal))
            {
                var secrets = parameter.Kind switch
                {
                    ParameterKind.Date => new[] { v.Service, v.Birth },
                    ParameterKind.Reference or ParameterKind.Quantity => [v.Zip],
                    _ => [v.Zip, v.Phone, v.Birth],
                };
                foreach (var secret in secrets)
                    yield return new Strategy($"fhir: {type}.{parameter.Name}", secret, "drcloud_fhir_search", $$"""{"type":"{{type}}",{{bound}}"query":"{{parameter.Name}}={c}"}""");
            }
        }
    }

    private static IEnumerable<Strategy> Vitals(Victim v)
    {
        yield return new("vitals: date taken by handle", v.Birth, "record_vitals", """{"patient":"{P}","date_taken":"{c}","pulse":70}""");
        yield return new("vitals: percentile for age", v.Birth, "record_vitals", """{"patient":"{P}","date_taken":"{c}","bmi":20,"bmi_percentile":50}""");
        yield return new("vitals: note", v.Phone, "record_vitals", """{"patient":"{P}","date_taken":"2026-11-20","pulse":70,"note":"{c}"}""");
    }

    private static IEnumerable<Strategy> Others(Victim v)
    {
        yield return new("echo: codes of a text", v.Birth, "extract_codes", """{"text":"Diabetes, born {c}.","config":{"include_citations":true}}""");
        yield return new("echo: phone in a text", v.Phone, "extract_codes", """{"text":"Diabetes, call {c}."}""");
        yield return new("echo: resource of a text", v.Birth, "lang2fhir_create", """{"text":"{first} {last}, born {c}, has hypertension","resource":"patient"}""");
        yield return new("prompt argument", v.Birth, "prompt", """{"patient":"{P}","measurements":"pulse 70","taken_at":"{c}"}""");
        yield return new("completion", v.Phone, "complete", """{"patient":"{c}"}""");
        yield return new("error: date that is none", v.Birth, "search_subjects", """{"subjectIds":["{S}"],"birthDateStart":"{c}T"}""");
        yield return new("error: wrong type", v.Birth, "search_subjects", """{"subjectIds":["{S}"],"birthDate":["{c}"]}""");
        yield return new("error: unknown argument", v.Zip, "search_subjects", """{"subjectIds":["{S}"],"zip":"{c}"}""");
        yield return new("cursor: made up", v.Birth, "search_subjects", """{"birthDateStart":"{c}","cursor":"cur_{c}"}""");
        yield return Alike("handles: altered", "search_subjects", """{"subjectIds":["{c}"]}""", [.. Altered(v.Subject)]);
        yield return Alike("handles: forgotten", "search_subjects", """{"subjectIds":["{c}"]}""", [v.Forgotten, .. Altered(v.Subject)]);
        yield return Alike("handles: forgotten, in a question", "get_clinical_concepts", """{"subject":"{c}","kinds":["medication"]}""", [v.Forgotten, .. Altered(v.Subject)]);
        yield return Alike("handles: of another kind", "drcloud_fhir_search", """{"type":"Observation","patient":"{c}"}""", [v.Subject, v.Subject.Replace("subj_", "pt_", StringComparison.Ordinal), .. Altered(v.Patient)]);
    }

    public static IEnumerable<string> Altered(string handle) =>
        Enumerable.Range(handle.IndexOf('_', StringComparison.Ordinal) + 1, 12).Select(at => handle[..at] + (handle[at] == '7' ? '8' : '7') + handle[(at + 1)..]);

    /// <summary>Things that must all be answered alike.</summary>
    public static Strategy Alike(string name, string tool, string arguments, params string[] values) => new(name, new Secret("any", "", values), tool, arguments);
}
