using System.Text;
using System.Text.Json;
using HealthMcp.Privacy;

namespace HealthMcp.Tests.Privacy;

public sealed class FhirRedactionTests
{
    private const string Shape = "drcloud.resource";

    private const string Patient = """
        {"resourceType":"Patient","id":"p-77","meta":{"versionId":"3","lastUpdated":"2024-02-03T04:05:06Z","source":"http://srv/x"},
        "text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\"><a href=\"Patient/p-77\" title=\"Tilda\">Tilda</a> <b>SWINTON</b> of Nairn, born 5 Nov 1960</div>"},
        "extension":[
          {"url":"http://hl7.org/fhir/us/core/StructureDefinition/us-core-race","extension":[{"url":"ombCategory","valueCoding":{"system":"urn:oid:2.16.840.1.113883.6.238","code":"2106-3","display":"White"}},{"url":"text","valueString":"White"}]},
          {"url":"http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex","valueCode":"F"},
          {"url":"http://example.org/secret","valueString":"Tilda"},
          {"url":"http://hl7.org/fhir/StructureDefinition/patient-mothersMaidenName","valueString":"Killearn"}],
        "identifier":[{"use":"usual","system":"http://hl7.org/fhir/sid/us-ssn","value":"999-11-2222"},{"system":"http://hosp.org/mrn","value":"M4711","assigner":{"display":"Nairn Clinic"}}],
        "name":[{"use":"official","text":"Tilda Swinton","family":"Swinton","given":["Tilda"],"_given":[{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"masked"}]}]}],
        "telecom":[{"system":"phone","value":"555-0100","use":"home"}],"gender":"female","birthDate":"1960-11-05","_birthDate":{"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/patient-birthTime","valueDateTime":"1960-11-05T01:02:03Z"}]},
        "address":[{"line":["1 Firth Rd"],"city":"Nairn","state":"VT","postalCode":"05901","country":"US"}],
        "photo":[{"contentType":"image/png","data":"iVBORw0KGgo=","title":"Tilda"}],
        "contact":[{"name":{"family":"Byrne"},"relationship":[{"text":"brother"}]}],
        "contained":[{"resourceType":"Practitioner","id":"tilda-doc","name":[{"family":"Jarman"}]}],
        "generalPractitioner":[{"reference":"#tilda-doc","display":"Dr Jarman"},{"reference":"Practitioner/d-9","display":"Dr Jarman"}],
        "managingOrganization":{"reference":"Organization/o1","display":"Nairn Clinic"}}
        """;

    [Fact]
    public void A_patient_keeps_what_is_clinical_and_loses_who_it_is()
    {
        var redaction = Redaction.Of(Patient, Shape);
        foreach (var secret in (string[])["p-77", "Tilda", "tilda-doc", "Swinton", "SWINTON", "Nairn", "Killearn", "999-11-2222", "M4711", "555-0100", "11-05",
            "5 Nov", "Firth", "05901", "iVBOR", "Byrne", "Jarman", "d-9", "o1\"", "srv"])
            redaction.Json.ShouldNotContain(secret);
        foreach (var kept in (string[])["2106-3", "\"White\"", "\"valueCode\":\"F\"", "\"valueCode\":\"masked\"", "\"female\"", "\"1960\"", "\"VT\"", "\"000\"",
            "us-ssn", "brother", "\"versionId\":\"3\"", "[1960]"])
            redaction.Json.ShouldContain(kept);
        redaction.Session.Withheld["extension"].ShouldBe(2);
        redaction.Session.Withheld["file"].ShouldBe(1);
    }

    [Fact]
    public void References_become_typed_handles_and_links_inside_the_answer_hold()
    {
        var root = Redaction.Of(Patient, Shape).Root;
        root.GetProperty("id").GetString()!.ShouldStartWith("pt_");
        var practitioners = root.GetProperty("generalPractitioner");
        practitioners[0].GetProperty("reference").GetString().ShouldBe("#" + root.GetProperty("contained")[0].GetProperty("id").GetString());
        practitioners[1].GetProperty("reference").GetString()!.ShouldStartWith("Practitioner/prac_");
        practitioners[1].TryGetProperty("display", out _).ShouldBeFalse();
        root.GetProperty("managingOrganization").TryGetProperty("display", out _).ShouldBeFalse();
    }

    [Fact]
    public void Identified_keeps_unknown_extensions_and_still_no_raw_id()
    {
        var redaction = Redaction.Of(Patient, Shape, PrivacyLevel.Identified);
        foreach (var kept in (string[])["Tilda", "Killearn", "999-11-2222", "1960-11-05", "iVBORw0KGgo="]) redaction.Json.ShouldContain(kept);
        redaction.Json.ShouldNotContain("\"p-77\"");
    }

    [Fact]
    public void A_bundle_keeps_its_links_without_the_uuids()
    {
        const string Bundle = """
            {"resourceType":"Bundle","type":"searchset","total":2,"link":[{"relation":"self","url":"http://srv/Patient?name=Bob"}],"entry":[
            {"fullUrl":"urn:uuid:0fc374a1-aaaa-4bbb-8ccc-ddddeeeeffff","resource":{"resourceType":"Patient","id":"0fc374a1"}},
            {"fullUrl":"http://srv/fhir/Observation/o9","resource":{"resourceType":"Observation","id":"o9","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"718-7","display":"Hemoglobin"}]},
            "subject":{"reference":"urn:uuid:0fc374a1-aaaa-4bbb-8ccc-ddddeeeeffff"},"effectiveDateTime":"2020-05-06","valueQuantity":{"value":13.50,"unit":"g/dL","system":"http://unitsofmeasure.org","code":"g/dL"}}},
            {"resource":{"resourceType":"Nonsense","name":"Bob"}}]}
            """;
        var redaction = Redaction.Of(Bundle, Shape);
        foreach (var secret in (string[])["0fc374a1", "o9", "Bob", "srv", "05-06"]) redaction.Json.ShouldNotContain(secret);
        foreach (var kept in (string[])["718-7", "Hemoglobin", "13.50", "g/dL", "\"final\"", "\"total\":2"]) redaction.Json.ShouldContain(kept);
        var entry = redaction.Root.GetProperty("entry");
        entry[0].GetProperty("fullUrl").GetString().ShouldBe(entry[1].GetProperty("resource").GetProperty("subject").GetProperty("reference").GetString());
        entry[1].GetProperty("fullUrl").GetString()!.ShouldStartWith("Observation/obs_");
    }

    [Theory]
    [InlineData("text/plain", "Seen Mr Bob Jones", true)]
    [InlineData("text/html", "<p title='Bob'>Mr Bob Jones</p>", true)]
    [InlineData("application/fhir+json", "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Bob\"}]}", true)]
    [InlineData("application/json", "{\"name\":\"Bob\"}", true)]
    [InlineData("application/json", "not json Bob", false)]
    [InlineData("application/pdf", "%PDF Bob", false)]
    [InlineData("application/rtf", "{\\rtf Bob}", false)]
    [InlineData("application/xml", "<doc><name use='L'><given>Bob</given></name><text>seen Mr Bob Jones</text></doc>", true)]
    [InlineData("text/xml", "<ClinicalDocument><recordTarget><x a='Bob'/>Bob</recordTarget><id extension='Bob'/><b:text xmlns:b='u' ID='Bob'>stable</b:text></ClinicalDocument>", true)]
    [InlineData("text/xml", "<!DOCTYPE x [<!ENTITY e 'Bob'>]><x>&e;</x>", false)]
    [InlineData("image/jpeg", "Bob", false)]
    [InlineData("", "Bob", false)]
    public void A_file_is_scrubbed_when_it_can_be_read_and_else_withheld(string type, string text, bool shown)
    {
        var json = JsonSerializer.Serialize(new { resourceType = "Binary", data = Convert.ToBase64String(Encoding.UTF8.GetBytes(text)), contentType = type });
        var root = Redaction.Of(json, Shape).Root;
        root.TryGetProperty("data", out var data).ShouldBe(shown);
        if (shown) Encoding.UTF8.GetString(Convert.FromBase64String(data.GetString()!)).ShouldNotContain("Bob");
    }

    [Fact]
    public void Ages_over_89_become_90_plus_by_their_unit()
    {
        Age("""{"value":92,"unit":"years","system":"http://unitsofmeasure.org","code":"a"}""").GetString().ShouldBe("90+");
        Age("""{"value":92,"unit":"months","code":"mo"}""").GetRawText().ShouldBe("92");
        Age("""{"code":"a","value":41.0}""").GetRawText().ShouldBe("41.0");
        var range = Redaction.Of("""{"resourceType":"Condition","onsetRange":{"low":{"value":91,"unit":"years"},"high":{"value":95}}}""", Shape).Json;
        range.ShouldNotContain("91");
        range.ShouldNotContain("95");
    }

    [Theory]
    [InlineData("Patient/1?x=Bob")]
    [InlineData("Bob")]
    [InlineData("http://srv/Patient?identifier=Bob")]
    [InlineData("../Bob")]
    public void A_reference_that_cannot_be_read_is_withheld(string reference) =>
        Redaction.Of(JsonSerializer.Serialize(new { resourceType = "Observation", subject = new { reference } }), Shape).Json.ShouldNotContain("Bob");

    [Fact]
    public void The_type_may_come_last() =>
        Redaction.Of("""{"id":"x1","name":[{"family":"Bob"}],"gender":"male","resourceType":"Patient"}""", Shape).Json.ShouldContain("\"gender\":\"male\"");

    private static JsonElement Age(string age) =>
        Redaction.Of($$"""{"resourceType":"Condition","onsetAge":{{age}}}""", Shape).Root.GetProperty("onsetAge").GetProperty("value");
}
