using System.Text.Json;
using HealthMcp.Upstreams.DrCloud;
using HealthMcp.Upstreams.DrCloud.Search;

namespace HealthMcp.Tests.Upstreams.DrCloud;

/// <summary>What FHIR R4 says a search matches, value by value.</summary>
public sealed class EvaluationTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private const string A1c = """
        {"resourceType":"Observation","id":"o1","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],
        "code":{"coding":[{"system":"http://loinc.org","code":"4548-4","display":"Hemoglobin A1c"}],"text":"HbA1c of Jane"},"subject":{"reference":"Patient/p-1"},"encounter":{"reference":"https://ehr.test/fhir/Encounter/e1"},
        "effectiveDateTime":"2024-03-05T10:30:00Z","valueQuantity":{"value":7.25,"unit":"%","system":"http://unitsofmeasure.org","code":"%"},"meta":{"lastUpdated":"2024-04-01T00:00:00Z"}}
        """;

    private const string Person = """
        {"resourceType":"Patient","id":"p-1","active":true,"name":[{"family":"Müller-Lüdenscheidt","given":["Jørgen","Álvaro"]},{"text":"Old Name"}],"birthDate":"1950-02-03","gender":"male",
        "identifier":[{"type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"MR"}]},"system":"urn:mrn","value":"A-17"}],
        "telecom":[{"system":"phone","value":"555-1234"},{"system":"email","value":"J@x.test"}],"address":[{"line":["1 Main St"],"city":"Springfield","state":"MA","postalCode":"01101"}],"deceasedDateTime":"2025-01-01"}
        """;

    [Theory]
    [InlineData("code=4548-4", true)]
    [InlineData("code=http://loinc.org|4548-4", true)]
    [InlineData("code=http://snomed.info/sct|4548-4", false)]
    [InlineData("code=|4548-4", false)]
    [InlineData("code=http://loinc.org|", true)]
    [InlineData("code=1,4548-4", true)]
    [InlineData("code=4548", false)]
    [InlineData("code:not=4548-4", false)]
    [InlineData("code:not=1", true)]
    [InlineData("code:text=a1C", true)]
    [InlineData("code:text=jane", true)]
    [InlineData("code:text=glucose", false)]
    [InlineData("status=FINAL", true)]
    [InlineData("status=http://hl7.org/fhir/observation-status|final", true)]
    [InlineData("status:not=entered-in-error", true)]
    [InlineData("category=laboratory", true)]
    [InlineData("method:missing=true", true)]
    [InlineData("method:missing=false", false)]
    [InlineData("code:missing=false", true)]
    [InlineData("patient=p-1", true)]
    [InlineData("patient=Patient/p-1", true)]
    [InlineData("patient=p-2", false)]
    [InlineData("subject:Patient=p-1", true)]
    [InlineData("subject:Group=p-1", false)]
    [InlineData("encounter=e1", true)]
    [InlineData("encounter=Encounter/e1", true)]
    [InlineData("date=2024-03-05", true)]
    [InlineData("date=2024", true)]
    [InlineData("date=ge2024-03-05", true)]
    [InlineData("date=gt2024-03-05", false)]
    [InlineData("date=gt2024-03-04", true)]
    [InlineData("date=lt2024-03-05T10:30:00Z", false)]
    [InlineData("date=le2024-03-05T10:30:00Z", true)]
    [InlineData("date=ge2024-01-01&date=le2024-12-31", true)]
    [InlineData("date=ge2024-01-01&date=le2024-02-28", false)]
    [InlineData("date=sa2024-03-04", true)]
    [InlineData("date=eb2024-03-05", false)]
    [InlineData("date=ne2024-03-05", false)]
    [InlineData("date=2024-03-05T12:30:00+02:00", true)]
    [InlineData("date=ap2024-03-20", true)]
    [InlineData("value-quantity=7.25", true)]
    [InlineData("value-quantity=7.3", true)]
    [InlineData("value-quantity=7.2", false)]
    [InlineData("value-quantity=ne7.2", true)]
    [InlineData("value-quantity=7.1", false)]
    [InlineData("value-quantity=gt7", true)]
    [InlineData("value-quantity=gt7|http://unitsofmeasure.org|%", true)]
    [InlineData("value-quantity=gt7||%", true)]
    [InlineData("value-quantity=gt7|http://unitsofmeasure.org|mmol/mol", false)]
    [InlineData("value-quantity=lt6.5", false)]
    [InlineData("value-quantity=ap7", true)]
    [InlineData("combo-code=4548-4", true)]
    [InlineData("_id=O1", false)]
    [InlineData("encounter=https://ehr.test/fhir/Encounter/e1", true)]
    [InlineData("encounter=https://other.test/fhir/Encounter/e1", false)]
    [InlineData("patient=https://other.test/fhir/Patient/p-1", false)]
    [InlineData("_id=o1", true)]
    [InlineData("_id=o2,o1", true)]
    [InlineData("_lastUpdated=ge2024-04", true)]
    public void Observations(string query, bool holds) => Holds("Observation", A1c, query).ShouldBe(holds);

    [Theory]
    [InlineData("family=muller", true)]
    [InlineData("family=MÜLLER-LUDENSCHEIDT", true)]
    [InlineData("family=denscheidt", false)]
    [InlineData("family:contains=denscheidt", true)]
    [InlineData("family:exact=Müller-Lüdenscheidt", true)]
    [InlineData("family:exact=müller-lüdenscheidt", false)]
    [InlineData("given=alvaro", true)]
    [InlineData("given=jorgen", true)]
    [InlineData("name=old", true)]
    [InlineData("name=alv", true)]
    [InlineData("address=spring", true)]
    [InlineData("address-state=ma", true)]
    [InlineData("address-postalcode=011", true)]
    [InlineData("identifier=A-17", true)]
    [InlineData("identifier=urn:mrn|a-17", true)]
    [InlineData("identifier=urn:other|A-17", false)]
    [InlineData("identifier:of-type=http://terminology.hl7.org/CodeSystem/v2-0203|MR|A-17", true)]
    [InlineData("identifier:of-type=http://terminology.hl7.org/CodeSystem/v2-0203|SS|A-17", false)]
    [InlineData("phone=555-1234", true)]
    [InlineData("phone=j@x.test", false)]
    [InlineData("email=j@x.test", true)]
    [InlineData("telecom=j@x.test", true)]
    [InlineData("birthdate=1950-02-03", true)]
    [InlineData("birthdate=1950", true)]
    [InlineData("birthdate=lt1950", false)]
    [InlineData("gender=male,female", true)]
    [InlineData("active=true", true)]
    [InlineData("active=false", false)]
    [InlineData("deceased=true", true)]
    [InlineData("deceased=false", false)]
    [InlineData("death-date=2025", true)]
    [InlineData("general-practitioner:missing=true", true)]
    public void Patients(string query, bool holds) => Holds("Patient", Person, query).ShouldBe(holds);

    [Theory]
    [InlineData("Encounter", """{"period":{"start":"2023-12-30","end":"2024-01-02"}}""", "date=ge2024-01-01", true)]
    [InlineData("Encounter", """{"period":{"start":"2023-12-30","end":"2024-01-02"}}""", "date=2024", false)]
    [InlineData("Encounter", """{"period":{"start":"2023-12-30"}}""", "date=ge2025", true)]
    [InlineData("Encounter", """{"period":{"end":"2023-12-30"}}""", "date=lt1990", true)]
    [InlineData("Encounter", """{"period":{}}""", "date=ge1900", false)]
    [InlineData("Encounter", """{"class":{"system":"s","code":"AMB"}}""", "class=amb", true)]
    [InlineData("Condition", """{"onsetDateTime":"2020"}""", "onset-date=2020", true)]
    [InlineData("Condition", """{"onsetDateTime":"2020"}""", "onset-date=2020-05", false)]
    [InlineData("Condition", """{"onsetString":"2020"}""", "onset-date=2020", false)]
    [InlineData("Condition", """{"onsetAge":{"value":50,"unit":"a","code":"a"}}""", "onset-age=ge40", true)]
    [InlineData("Condition", """{"onsetRange":{"low":{"value":30},"high":{"value":50}}}""", "onset-age=ge40", true)]
    [InlineData("Appointment", """{"participant":[{"actor":{"reference":"Practitioner/x"}},{"actor":{"reference":"Patient/y"}}]}""", "patient=y", true)]
    [InlineData("Appointment", """{"participant":[{"actor":{"reference":"Practitioner/x"}}]}""", "patient=x", false)]
    [InlineData("MedicationRequest", """{"medicationCodeableConcept":{"coding":[{"code":"m"}]}}""", "code=m", true)]
    [InlineData("Goal", """{"startDate":"2024-05-01","target":[{"dueDate":"2024-06-01"},{"dueDate":"2025-06-01"}]}""", "target-date=2025", true)]
    [InlineData("Organization", """{"telecom":[{"system":"email","value":"a@b"}]}""", "email=a@b", true)]
    [InlineData("Group", """{"member":[{"entity":{"reference":"Patient/p"}}]}""", "patient=p", true)]
    [InlineData("Observation", """{"effectivePeriod":{"start":"2024-01-01","end":"2024-01-31"}}""", "date=2024-01", true)]
    [InlineData("Observation", """{"effectiveTiming":{"event":["2020-01-01","2024-01-01"]}}""", "date=2024", false)]
    [InlineData("Observation", """{"effectiveTiming":{"event":["2020-01-01","2024-01-01"]}}""", "date=ge2022", true)]
    [InlineData("Observation", """{"effectiveTiming":{"repeat":{"boundsPeriod":{"start":"2020-01-01","end":"2020-02-01"}}}}""", "date=2020", true)]
    [InlineData("Procedure", """{"performedString":"2020"}""", "date=2020", false)]
    [InlineData("Procedure", """{"performedString":"2020"}""", "date:missing=true", true)]
    [InlineData(
        "Observation",
        """{"subject":{"reference":"urn:uuid:7f0c3e6a-1b1e-4f43-8e4e-1a2b3c4d5e6f"}}""",
        "patient=7f0c3e6a-1b1e-4f43-8e4e-1a2b3c4d5e6f",
        true)]
    [InlineData("Observation", """{"subject":{"identifier":{"system":"urn:mrn","value":"A-17"}}}""", "subject:identifier=urn:mrn|A-17", true)]
    public void Choices_periods_and_filters(string type, string resource, string query, bool holds) => Holds(type, resource, query).ShouldBe(holds);

    [Theory]
    [InlineData("""{"code":7,"category":"x","subject":null,"effectiveDateTime":{"a":1},"valueQuantity":[{"value":"7"}],"status":["final"]}""")]
    [InlineData("""{"code":{"coding":[null,7,{"code":null}]},"subject":{"reference":7},"effectiveDateTime":"yesterday","valueQuantity":{"value":1e300}}""")]
    [InlineData("""{"code":{"coding":{"code":"4548-4"}},"subject":[[{"reference":""}]],"effectivePeriod":"2024","valueQuantity":null}""")]
    [InlineData("[]")]
    [InlineData("null")]
    public void Broken_resources_match_nothing_and_break_nothing(string resource)
    {
        foreach (var query in (string[])[
            "code=4548-4", "code:text=a", "patient=p-1", "subject:identifier=a", "date=2024", "value-quantity=gt1",
            "category=laboratory",
        ])
            Holds("Observation", resource, query).ShouldBeFalse();
    }

    [Theory]
    [InlineData("2024", true)]
    [InlineData("2024-02-29", true)]
    [InlineData("2023-02-29", false)]
    [InlineData("2024-13", false)]
    [InlineData("2024-1", false)]
    [InlineData("2024-01-01T10:00", true)]
    [InlineData("2024-01-01T10:00:00.123Z", true)]
    [InlineData("2024-01-01T25:00:00Z", false)]
    [InlineData("2024-01-01T10:00:00+99:00", false)]
    [InlineData("0000", false)]
    [InlineData("9999", false)]
    [InlineData("", false)]
    [InlineData("２０２４", false)]
    public void Dates_are_read_strictly(string text, bool good) => (DateSpan.Parse(text) is not null).ShouldBe(good);

    [Theory]
    [InlineData("80", "kg", "gt176|http://unitsofmeasure.org|[lb_av]", true)]
    [InlineData("80", "kg", "gt177|http://unitsofmeasure.org|[lb_av]", false)]
    [InlineData("38", "Cel", "100.4|http://unitsofmeasure.org|[degF]", true)]
    [InlineData("311.15", "K", "38|http://unitsofmeasure.org|Cel", true)]
    [InlineData("5.5", "mmol/L", "gt1|http://unitsofmeasure.org|mg/dL", false)]
    [InlineData("120", "mm[Hg]", "16.0|http://unitsofmeasure.org|kPa", true)]
    [InlineData("3", "U/L", "3|http://unitsofmeasure.org|[IU]/L", false)]
    [InlineData("3", "{score}", "3|http://unitsofmeasure.org|{score}", true)]
    [InlineData("3", "{score}", "3|http://unitsofmeasure.org|kg", false)]
    [InlineData("3", "kg", "gt1|http://other.test|g", false)]
    [InlineData("3", "kg", "3000||g", false)]
    [InlineData("99999999999999999999", "kg", "gt1|http://unitsofmeasure.org|ng", false)]
    public void Units_of_one_kind_are_converted(string value, string unit, string asked, bool holds) => Holds(
        "Observation",
        $$$"""{"valueQuantity":{"value":{{{value}}},"system":"http://unitsofmeasure.org","code":"{{{unit}}}"}}""",
        $"value-quantity={asked}").ShouldBe(holds);

    private static bool Holds(string type, string resource, string query)
    {
        var conditions = QueryString.Read(FhirTypes.ByName[type], query).Conditions;
        using var json = JsonDocument.Parse(resource);
        var matcher = new Matcher(Now);
        return conditions.All(c => matcher.Holds(c, json.RootElement));
    }
}
