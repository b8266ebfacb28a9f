using System.Text;
using System.Text.Json;
using HealthMcp.FhirR4.Summaries;

namespace HealthMcp.Tests.FhirR4;

public sealed class ResourceSummariesTests
{
    [Theory]
    [InlineData(
        """{"resourceType":"Observation","id":"o","status":"final","effectiveDateTime":"2024","subject":{"reference":"Patient/pt_1"},"code":{"coding":[{"system":"http://loinc.org","code":"4548-4","display":"Hemoglobin A1c"}]},"valueQuantity":{"value":7.20,"unit":"%","comparator":"<"},"interpretation":[{"coding":[{"code":"H","display":"High"}]}],"referenceRange":[{"low":{"value":4.0,"unit":"%"},"high":{"value":5.6,"unit":"%"}}]}""",
        "2024: Hemoglobin A1c (LOINC 4548-4) · <7.20 % · High · reference 4.0 % to 5.6 % · final")]
    [InlineData(
        """{"resourceType":"Observation","status":"final","code":{"text":"Blood pressure"},"component":[{"code":{"text":"Systolic"},"valueQuantity":{"value":128,"unit":"mmHg"}},{"code":{"text":"Diastolic"},"valueQuantity":{"value":82,"unit":"mmHg"}}]}""",
        "Blood pressure · Systolic 128 mmHg, Diastolic 82 mmHg · final")]
    [InlineData(
        """{"resourceType":"Condition","onsetAge":{"value":"90+","unit":"a"},"code":{"text":"Asthma","coding":[{"system":"http://snomed.info/sct","code":"195967001","display":"asthma"}]},"clinicalStatus":{"coding":[{"code":"active"}]}}""",
        "90+ a: Asthma (SNOMED CT 195967001) · active")]
    [InlineData(
        """{"resourceType":"Encounter","status":"finished","class":{"code":"AMB","display":"ambulatory"},"period":{"start":"2024","end":"2024"},"reasonCode":[{"text":"cough\n and\tfever"}]}""",
        "2024: ambulatory · finished · reason cough and fever")]
    [InlineData("""{"resourceType":"Patient","gender":"female","birthDate":"1971","address":[{"state":"VT","postalCode":"000"}]}""",
        "Patient · female · born 1971 · VT 000")]
    [InlineData(
        """
        {"resourceType":"Condition","code":{"text":"Asthma"},"clinicalStatus":{"coding":[{"code":"active"}]},
        "meta":{"security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ObservationValue","code":"AIAST"}]}}
        """,
        "Asthma · asserted by an AI · active")]
    [InlineData("""{"resourceType":"Task","status":"ready","code":{"text":"Call"}}""", "Call · ready")]
    [InlineData("""{"resourceType":"Medication"}""", "Medication")]
    [InlineData("""{"resourceType":"MedicationRequest","status":7,"medicationCodeableConcept":"x","dosageInstruction":"y","authoredOn":{}}""", "x · 7")]
    public void A_resource_is_one_line(string json, string line) => Line(json).ShouldBe(line);

    [Fact]
    public void References_are_named_by_what_is_in_the_answer_and_else_by_their_own_display()
    {
        var rows = Rows(
            """{"resourceType":"MedicationRequest","id":"a","status":"active","medicationReference":{"reference":"Medication/med_1"}}""",
            """{"resourceType":"Medication","id":"med_1","code":{"text":"metformin 500 mg"}}""",
            """{"resourceType":"MedicationRequest","id":"b","status":"active","medicationReference":{"reference":"Medication/med_2"}}""",
            """{"resourceType":"MedicationRequest","id":"c","status":"active","medicationReference":{"reference":"Medication/med_3","display":"insulin"}}""");
        rows.Select(row => row.GetProperty("summary").GetString()).ShouldBe(
            ["metformin 500 mg [Medication/med_1] · active", "metformin 500 mg", "Medication/med_2 · active", "insulin [Medication/med_3] · active"]);
    }

    [Fact]
    public void A_circle_of_references_ends() =>
        Rows(
            """{"resourceType":"MedicationRequest","id":"a","medicationReference":{"reference":"MedicationRequest/b"}}""",
            """{"resourceType":"MedicationRequest","id":"b","medicationReference":{"reference":"MedicationRequest/a"}}""").Count.ShouldBe(2);

    [Fact]
    public void Lines_that_are_alike_are_folded_within_one_patient_and_the_order_stays()
    {
        static string Pulse(string id, string patient, int value) => $$"""
            {"resourceType":"Observation","id":"{{id}}","subject":{"reference":"Patient/{{patient}}"},
            "code":{"text":"Pulse"},"valueQuantity":{"value":{{value}},"unit":"/min"}
            }
            """;
        var rows = Rows(Pulse("1", "p", 72), Pulse("2", "p", 80), Pulse("3", "p", 72), Pulse("4", "q", 72));
        rows.Select(row => row.GetProperty("id").GetString()).ShouldBe(["1", "2", "4"]);
        rows[0].GetProperty("count").GetInt32().ShouldBe(2);
        rows[0].GetProperty("also").EnumerateArray().Select(id => id.GetString()).ShouldBe(["3"]);
        rows[1].TryGetProperty("count", out _).ShouldBeFalse();
        rows[2].GetProperty("patient").GetString().ShouldBe("Patient/q");
    }

    [Fact]
    public void Long_texts_are_cut_between_characters()
    {
        var line = Line($$"""{"resourceType":"CarePlan","title":"{{new string('x', 599)}}😀 end"}""");
        line.Length.ShouldBe(600);
        line.ShouldEndWith("x…");
    }

    [Theory]
    [InlineData("""{"resourceType":"Binary","id":"b","contentType":"text/plain","data":"SGkgdGhlcmU="}""",
        """{"resourceType":"Binary","id":"b","contentType":"text/plain","text":"Hi there"}""")]
    [InlineData("""{"resourceType":"Binary","contentType":"image/png","data":"iVBORwA="}""", null)]
    [InlineData("""{"resourceType":"Binary","contentType":"text/plain","data":"%"}""", null)]
    [InlineData("""{"resourceType":"Patient","data":"SGkgdGhlcmU="}""", null)]
    public void The_text_of_a_file_is_given_as_text(string row, string? shown) =>
        Encoding.UTF8.GetString(ReadableFiles.Of(Encoding.UTF8.GetBytes(row)).Span).ShouldBe(shown ?? row);

    private static string Line(string json) => Rows(json).ShouldHaveSingleItem().GetProperty("summary").GetString()!;

    private static IReadOnlyList<JsonElement> Rows(params string[] resources)
    {
        IReadOnlyList<ReadOnlyMemory<byte>> rows = [.. resources.Select(json => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(json))];
        return [.. ResourceSummaries.Of([rows])[0].Select(row => JsonElement.Parse(row.Span))];
    }
}
