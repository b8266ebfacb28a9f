using HealthMcp.FhirR4;

namespace HealthMcp.Tests.FhirR4.Tables;

/// <summary>Resources with one thing wrong in each, made by hand: where it is, and of which kind.</summary>
internal static class BrokenTable
{
    private const string Seen = """
        "resourceType":"Observation","status":"final","code":{"text":"Pulse"}
        """;

    private const string Ill = """
        "resourceType":"Condition","subject":{"reference":"Patient/1"}
        """;

    private const string Asked = """
        "resourceType":"MedicationRequest","status":"active","intent":"order","subject":{"reference":"Patient/1"}
        """;

    public static readonly IReadOnlyList<(string Location, ProblemKind Kind, string Json)> Rows =
    [
        // Elements that are not there in R4.
        ("Patient", ProblemKind.Unknown, """{"resourceType":"Patient","favouriteColour":"green"}"""),
        ("Patient", ProblemKind.Unknown, """{"resourceType":"Patient","birthdate":"1970-01-01"}"""),
        ("Patient", ProblemKind.Unknown, """{"resourceType":"Patient","_nickname":{"id":"a"}}"""),
        ("Patient.onsetDateTime", ProblemKind.Unknown, """{"resourceType":"Patient","onsetDateTime":"1970"}"""),
        ("Patient.contact[1]", ProblemKind.Unknown, """{"resourceType":"Patient","contact":[{"gender":"male"},{"mood":"good"}]}"""),
        ("Patient.name[0].display", ProblemKind.Unknown, """{"resourceType":"Patient","name":[{"display":"A"}]}"""),
        ("Observation.value.ofType(Quantity).text", ProblemKind.Unknown, $$$"""{{{{Seen}}},"valueQuantity":{"value":1,"text":"one"}}"""),
        ("Observation.value", ProblemKind.Unknown, $$$"""{{{{Seen}}},"value":1}"""),
        ("Observation.valueDate", ProblemKind.Unknown, $$$"""{{{{Seen}}},"valueDate":"2024-01-01"}"""),
        ("Observation.referenceRange[0].low.comparator", ProblemKind.Unknown, $$$"""{{{{Seen}}},"referenceRange":[{"low":{"value":1,"comparator":"<"}}]}"""),
        ("Condition.code.coding[0].value", ProblemKind.Unknown, $$$"""{{{{Ill}}},"code":{"coding":[{"code":"1","value":"2"}]}}"""),
        ("Binary.text", ProblemKind.Unknown, """{"resourceType":"Binary","contentType":"text/plain","text":{"status":"empty"}}"""),
        ("Resource", ProblemKind.Unknown, """{"resourceType":"Pacient"}"""),
        ("Resource", ProblemKind.Unknown, """{"resourceType":"DomainResource"}"""),
        ("Patient.contained[0]", ProblemKind.Unknown, """{"resourceType":"Patient","contained":[{"resourceType":"Doctor"}]}"""),
        ("Patient.birthDate", ProblemKind.Unknown, """{"resourceType":"Patient","_birthDate":{"day":"1970"}}"""),

        // Types.
        ("Patient.active", ProblemKind.Type, """{"resourceType":"Patient","active":"true"}"""),
        ("Patient.birthDate", ProblemKind.Type, """{"resourceType":"Patient","birthDate":"01/02/1970"}"""),
        ("Patient.birthDate", ProblemKind.Type, """{"resourceType":"Patient","birthDate":"1970-02-30"}"""),
        ("Patient.birthDate", ProblemKind.Type, """{"resourceType":"Patient","birthDate":1970}"""),
        ("Patient.name", ProblemKind.Type, """{"resourceType":"Patient","name":{"family":"A"}}"""),
        ("Patient.name[0]", ProblemKind.Type, """{"resourceType":"Patient","name":["Ann A"]}"""),
        ("Patient.name[0].given", ProblemKind.Type, """{"resourceType":"Patient","name":[{"given":"Ann"}]}"""),
        ("Patient.id", ProblemKind.Type, """{"resourceType":"Patient","id":"a b"}"""),
        ("Patient.maritalStatus", ProblemKind.Type, """{"resourceType":"Patient","maritalStatus":"married"}"""),
        ("Patient.multipleBirth.ofType(integer)", ProblemKind.Type, """{"resourceType":"Patient","multipleBirthInteger":2.0}"""),
        ("Patient.photo[0].data", ProblemKind.Type, """{"resourceType":"Patient","photo":[{"data":"%%%"}]}"""),
        ("Patient.text.div", ProblemKind.Type, """{"resourceType":"Patient","text":{"status":"generated","div":"Ann"}}"""),
        ("Observation.effective.ofType(dateTime)", ProblemKind.Type, $$$"""{{{{Seen}}},"effectiveDateTime":"2024-01-01T10:00"}"""),
        ("Observation.issued", ProblemKind.Type, $$$"""{{{{Seen}}},"issued":"2024-01-01"}"""),
        ("Observation.value.ofType(Quantity).value", ProblemKind.Type, $$$"""{{{{Seen}}},"valueQuantity":{"value":"7.2","unit":"%"}}"""),
        ("Observation.value.ofType(time)", ProblemKind.Type, $$$"""{{{{Seen}}},"valueTime":"25:00:00"}"""),
        ("Observation.subject", ProblemKind.Type, $$$"""{{{{Seen}}},"subject":"Patient/1"}"""),
        ("Appointment.minutesDuration", ProblemKind.Type,
            """{"resourceType":"Appointment","status":"booked","minutesDuration":0,"participant":[{"status":"accepted"}]}"""),
        ("Bundle.entry[0].resource", ProblemKind.Type, """{"resourceType":"Bundle","type":"collection","entry":[{"resource":"Patient"}]}"""),
        ("Patient.extension[0].value.ofType(uri)", ProblemKind.Type, """{"resourceType":"Patient","extension":[{"url":"http://e.org/x","valueUri":"a b"}]}"""),

        // How often.
        ("Observation.status", ProblemKind.Cardinality, """{"resourceType":"Observation","code":{"text":"Pulse"}}"""),
        ("Observation.code", ProblemKind.Cardinality, """{"resourceType":"Observation","status":"final"}"""),
        ("Condition.subject", ProblemKind.Cardinality, """{"resourceType":"Condition","code":{"text":"Asthma"}}"""),
        ("MedicationRequest.medication", ProblemKind.Cardinality, $$$"""{{{{Asked}}}}"""),
        ("Observation.value.ofType(string)", ProblemKind.Cardinality, $$$"""{{{{Seen}}},"valueQuantity":{"value":1},"valueString":"one"}"""),
        ("Observation.subject", ProblemKind.Cardinality, $$$"""{{{{Seen}}},"subject":[{"reference":"Patient/1"}]}"""),
        ("Patient.link[0].type", ProblemKind.Cardinality, """{"resourceType":"Patient","link":[{"other":{"reference":"Patient/2"}}]}"""),
        ("Patient.extension[0].url", ProblemKind.Cardinality, """{"resourceType":"Patient","extension":[{"valueString":"a"}]}"""),
        ("Appointment.participant", ProblemKind.Cardinality, """{"resourceType":"Appointment","status":"booked"}"""),
        ("Bundle.entry[1].link[0].url", ProblemKind.Cardinality,
            """{"resourceType":"Bundle","type":"collection","entry":[{"fullUrl":"urn:a:1"},{"link":[{"relation":"self"}]}]}"""),
        ("Questionnaire.item[0].item[0].linkId", ProblemKind.Cardinality,
            """{"resourceType":"Questionnaire","status":"draft","item":[{"linkId":"1","type":"group","item":[{"type":"string"}]}]}"""),
        ("Bundle.entry[0].resource.ofType(Condition).subject", ProblemKind.Cardinality,
            """{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Condition"}}]}"""),
        ("Resource", ProblemKind.Cardinality, """{"status":"final"}"""),

        // Required value sets.
        ("Patient.gender", ProblemKind.Binding, """{"resourceType":"Patient","gender":"F"}"""),
        ("Observation.status", ProblemKind.Binding, """{"resourceType":"Observation","status":"done","code":{"text":"Pulse"}}"""),
        ("Condition.clinicalStatus", ProblemKind.Binding, $$$"""{{{{Ill}}},"clinicalStatus":{"text":"active"}}"""),
        ("Condition.clinicalStatus", ProblemKind.Binding,
            $$$"""{{{{Ill}}},"clinicalStatus":{"coding":[{"system":"http://hl7.org/fhir/condition-clinical","code":"active"}]}}"""),
        ("Patient.telecom[0].system", ProblemKind.Binding, """{"resourceType":"Patient","telecom":[{"system":"telephone","value":"1"}]}"""),
        ("Patient.contained[0].ofType(Practitioner).gender", ProblemKind.Binding,
            """{"resourceType":"Patient","contained":[{"resourceType":"Practitioner","id":"p","gender":"man"}]}"""),

        // Where references point.
        ("Observation.subject", ProblemKind.Target, $$$"""{{{{Seen}}},"subject":{"reference":"Practitioner/1"}}"""),
        ("Observation.encounter", ProblemKind.Target, $$$"""{{{{Seen}}},"encounter":{"reference":"https://ehr.example/fhir/Patient/1/_history/2"}}"""),
        ("Observation.performer[1]", ProblemKind.Target, $$$"""{{{{Seen}}},"performer":[{"reference":"Practitioner/1"},{"reference":"Location/1"}]}"""),
        ("Observation.subject", ProblemKind.Target, $$$"""{{{{Seen}}},"subject":{"reference":"Pacient/1"}}"""),
        ("Observation.subject", ProblemKind.Target, $$$"""{{{{Seen}}},"subject":{"reference":"Ann Example"}}"""),
        ("Observation.subject", ProblemKind.Target, $$$"""{{{{Seen}}},"subject":{"reference":"#p"}}"""),
        ("Observation.specimen", ProblemKind.Target,
            $$$"""{{{{Seen}}},"contained":[{"resourceType":"Patient","id":"p"}],"specimen":{"reference":"#p"}}"""),
        ("Observation.subject", ProblemKind.Target, $$$"""{{{{Seen}}},"subject":{"type":"Practitioner","display":"A"}}"""),
        ("Bundle.entry[0].resource.ofType(Condition).subject", ProblemKind.Target, """
            {"resourceType":"Bundle","type":"collection","entry":[
            {"resource":{"resourceType":"Condition","subject":{"reference":"urn:uuid:0f0f0f0f-0000-4000-8000-000000000001"}}},
            {"fullUrl":"urn:uuid:0f0f0f0f-0000-4000-8000-000000000001","resource":{"resourceType":"Practitioner"}}]}
            """),

        // Nothing where something should be.
        ("Patient.birthDate", ProblemKind.Empty, """{"resourceType":"Patient","birthDate":""}"""),
        ("Patient.name", ProblemKind.Empty, """{"resourceType":"Patient","name":[]}"""),
        ("Patient.name[0].given[1]", ProblemKind.Empty, """{"resourceType":"Patient","name":[{"given":["Ann",null],"_given":[null,null]}]}"""),
        ("Condition.code", ProblemKind.Empty, $$$"""{{{{Ill}}},"code":{}}"""),
        ("Condition.subject", ProblemKind.Empty, """{"resourceType":"Condition","subject":null}"""),
    ];
}
