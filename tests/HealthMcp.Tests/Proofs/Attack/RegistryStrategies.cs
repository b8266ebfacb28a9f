namespace HealthMcp.Tests.Proofs.Attack;

/// <summary>Ways to ask the registry by its writes, applications, documents and requests, and the record system by single records and exports.</summary>
internal static class RegistryStrategies
{
    private const int Typing = 5;

    public static IEnumerable<Strategy> Of(Victim v) => [.. Subjects(v), .. Applications(v), .. Documents(v), .. Requests(v), .. Fhir(v)];

    private static IEnumerable<Strategy> Subjects(Victim v)
    {
        foreach (var (name, secret, field) in new[]
        {
            ("birth day", v.Birth, "birthDate"), ("ZIP", v.Zip, "addressPostalCode"), ("phone", v.Phone, "phoneNumber"),
            ("last name", v.Last, "lastName"), ("death", v.Birth, "deathDate"),
        })
        {
            yield return new($"registry: change of the {name}", secret, "update_subject", $$$"""{"subject":"{S}","changes":{"{{{field}}}":"{c}"}}""");
            yield return new(
                $"registry: change of the {name}, as few bytes", secret, "update_subject",
                $$$"""{"subject":"{S}","changes":{"{{{field}}}":"{c}"},"max_bytes":1024}""");
        }

        yield return new(
            "registry: an external number", v.Mrn, "update_subject",
            """{"subject":"{S}","changes":{"externalIdentifiers":[{"externalIdentifier":"{c}","externalSystem":"ehr"}]}}""");
        yield return new(
            "registry: another address", v.Zip, "update_subject",
            """{"subject":"{S}","changes":{"additionalAddresses":[{"addressPostalCode":"{c}"}]}}""");
        yield return new(
            "registry: a tag with a day", v.Birth, "update_subject",
            """{"subject":"{S}","changes":{"tags":[{"projectTagId":"x","valueDate":"{c}T00:00:00Z"}]}}""");
        yield return new("registry: a label", v.Zip, "update_subject", """{"subject":"{S}","changes":{"labels":["{c}"]}}""");
        yield return new(
            "registry: registration", v.Birth, "create_subjects",
            """{"subjects":[{"firstName":"{first}","lastName":"{last}","birthDate":"{c}"}]}""") { Forgiven = Typing };
        yield return new(
            "registry: registration with ZIP", v.Zip, "create_subjects",
            """{"subjects":[{"firstName":"{first}","lastName":"{last}","birthDate":"1970-01-01","addressPostalCode":"{c}"}]}""");
        yield return new(
            "registry: registration with phone", v.Phone, "create_subjects",
            """{"subjects":[{"firstName":"{first}","lastName":"{last}","birthDate":"1970-01-01","phoneNumber":"{c}"}]}""");
        string[] handles = [v.Forgotten, .. StrategyTable.Altered(v.Subject)], none = ["birthDate.day", "ssn", "addressPostalCode.last", "none"];
        foreach (var tool in new[] { "get_subject", "get_subject_summary" })
            yield return StrategyTable.Alike($"registry: {tool} of altered handles", tool, """{"subject":"{c}"}""", handles);
        yield return StrategyTable.Alike("registry: fields that are none", "get_subject", """{"subject":"{S}","fields":["{c}"]}""", none)
            with { OnlyFinds = true };
    }

    private static IEnumerable<Strategy> Applications(Victim v)
    {
        yield return Invite("birth day", v.Birth, "{c}", "97201", "+15035550100");
        yield return Invite("ZIP", v.Zip, "1970-01-01", "{c}", "+15035550100");
        yield return Invite("phone", v.Phone, "1970-01-01", "97201", "{c}");
        yield return new("registry: id of an application", v.Mrn, "get_application", """{"id":"{c}"}""");
        yield return new("registry: id of an application to invite again", v.Mrn, "resend_application_invite", """{"id":"{c}"}""");

        static Strategy Invite(string name, Secret secret, string born, string zip, string phone) => new(
            $"registry: application with {name}",
            secret,
            "create_application",
            """{"firstName":"{first}","lastName":"{last}","sexAtBirth":"female","emailAddress":"a@example.org",""" +
                $$$""" "birthDate":"{{{born}}}","addressPostalCode":"{{{zip}}}","phoneNumber":"{{{phone}}}"}""");
    }

    private static IEnumerable<Strategy> Documents(Victim v)
    {
        yield return new("registry: kind of document is the day", v.Birth, "search_documents", """{"subject":"{S}","informationTypes":["{c}"]}""");
        yield return new("registry: a document's day", v.Document, "update_document", """{"documentId":"{D}","documentDate":"{c}"}""");
        yield return new(
            "registry: a document's day, as few bytes", v.Document, "update_document",
            """{"documentId":"{D}","documentDate":"{c}","max_bytes":1024}""");
        yield return new("registry: a document's name", v.Last, "update_document", """{"documentId":"{D}","documentName":"Letter {c}"}""");
        yield return new(
            "registry: day of a new document", v.Birth, "upload_document",
            """{"subject":"{S}","fileName":"a.txt","contentType":"text/plain","text":"x","documentDate":"{c}"}""");
        yield return new(
            "registry: phone in a new document", v.Phone, "upload_document",
            """{"subject":"{S}","fileName":"a.txt","contentType":"text/plain","text":"call {c}"}""");
        yield return new(
            "registry: last name in a file's name", v.Last, "upload_document",
            """{"subject":"{S}","fileName":"{c}.txt","contentType":"text/plain","text":"x"}""");
        string[] documents = [.. StrategyTable.Altered(v.DocumentHandle)];
        yield return StrategyTable.Alike("registry: altered documents", "get_document", """{"documentId":"{c}"}""", documents);
        yield return new(
            "registry: comment on an answer", v.Phone, "submit_checklist_feedback",
            """{"checklistId":"{K}","checklistItemId":"{I}","subject":"{S}","feedbackType":"negative","comment":"asked {c}"}""");
    }

    private static IEnumerable<Strategy> Requests(Victim v)
    {
        yield return new("registry: requests from", v.Birth, "get_record_requests", """{"subject":"{S}","createdFrom":"{c}"}""");
        yield return new("registry: requests until", v.Birth, "get_record_requests", """{"subject":"{S}","createdTo":"{c}"}""");
        yield return new("registry: request of an organisation", v.Zip, "request_records", """{"subject":"{S}","organizationIds":["{c}"]}""");
        yield return new("registry: FHIR by a made-up cursor", v.Birth, "get_fhir_resources", """{"subject":"{S}","type":"Patient","cursor":"cur_{c}"}""");
        yield return new("registry: export by a made-up cursor", v.Birth, "export_fhir", """{"subject":"{S}","cursor":"cur_{c}"}""");
    }

    private static IEnumerable<Strategy> Fhir(Victim v)
    {
        yield return new("records: summary from", v.Service, "drcloud_generate_document", """{"patient":"{P}","start":"{c}"}""");
        yield return new("records: summary until", v.Service, "drcloud_generate_document", """{"patient":"{P}","end":"{c}"}""");
        yield return new("records: summary of a day", v.Service, "drcloud_generate_document", """{"patient":"{P}","start":"{c}","end":"{c}"}""");
        yield return new("records: export since", v.Service, "drcloud_export", """{"action":"start","of":"patients","types":["Observation"],"since":"{c}"}""");
        yield return new("records: group that is the ZIP", v.Zip, "drcloud_export", """{"action":"start","of":"group","group":"{c}"}""");
        yield return new("records: export that is the ZIP", v.Zip, "drcloud_export", """{"action":"status","export":"{c}"}""");
        yield return new("records: id that is the phone", v.Phone, "drcloud_fhir_read", """{"type":"Patient","id":"{c}"}""");
        yield return new("records: version that is the ZIP", v.Zip, "drcloud_fhir_read", """{"type":"Patient","id":"{P}","version":"{c}"}""");
        string[] handles = [v.Subject, v.Forgotten, v.Practice, .. StrategyTable.Altered(v.Patient)];
        yield return StrategyTable.Alike("records: handles that are none", "drcloud_fhir_read", """{"type":"Patient","id":"{c}"}""", handles);
    }
}
