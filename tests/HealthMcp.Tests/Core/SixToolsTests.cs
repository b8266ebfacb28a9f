using System.Text.Json;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Core;

/// <summary>What the program is for, as a client does it: each of the six tools, chained through handles.</summary>
public sealed class SixToolsTests(WorldFixture fixture) : IClassFixture<WorldFixture>
{
    private const string Lookup = """{"first_name":"Marissa","last_name":"Jones","date_of_birth":"1971-06-29"}""";

    [Fact]
    public async Task A_subject_is_found_and_named_by_a_handle()
    {
        var reply = await CallAsync("search_subjects", """{"firstName":"Marissa","lastName":"Jones"}""");

        reply.First.GetProperty("id").GetString().ShouldStartWith("subj_");
        reply.Content.GetProperty("source").GetProperty("kind").GetString().ShouldBe("sandbox");
        reply.Content.GetProperty("privacy").GetProperty("level").GetString().ShouldBe("deidentified");
    }

    [Fact]
    public async Task The_same_subject_has_the_same_handle_each_time_and_in_another_process()
    {
        const string Question = """{"firstName":"Marissa","lastName":"Jones"}""";
        var first = (await CallAsync("search_subjects", Question)).First.GetProperty("id").GetString();
        using var other = fixture.World.Build();

        (await fixture.World.CallAsync("search_subjects", Question, other)).First.GetProperty("id").GetString().ShouldBe(first);
    }

    [Fact]
    public async Task Her_clinical_concepts_are_read_with_the_handle()
    {
        var reply = await CallAsync("get_clinical_concepts", $$"""{"subject":"{{await SubjectAsync()}}","kinds":["condition","lab"],"max_bytes":200000}""");

        reply.Data.GetProperty("condition").EnumerateArray().ShouldContain(c => c.GetProperty("conditionName").GetString()!.Contains("Malignant neoplasm"));
        reply.Data.GetProperty("lab").GetArrayLength().ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData("condition")]
    [InlineData("medication")]
    [InlineData("allergy")]
    [InlineData("procedure")]
    [InlineData("biomarker")]
    [InlineData("coverage")]
    [InlineData("demographic")]
    [InlineData("encounter")]
    [InlineData("family_history")]
    [InlineData("imaging")]
    [InlineData("lab")]
    [InlineData("social_history")]
    [InlineData("survey")]
    [InlineData("radiation")]
    [InlineData("vital")]
    public async Task Each_kind_of_concept_is_searched_and_read_one_by_one(string kind)
    {
        var subject = await SubjectAsync();
        var list = await CallAsync("get_clinical_concepts", $$"""{"subject":"{{subject}}","kinds":["{{kind}}"]}""");
        var row = list.Data.GetProperty(kind)[0];
        var single = await CallAsync(
            "get_clinical_concepts",
            $$"""{"subject":"{{subject}}","kinds":["{{kind}}"],"id":"{{row.GetProperty("id").GetString()}}"}""");

        single.IsError.ShouldBeFalse(single.Text);
        single.Content.GetRawText().ShouldContain(row.GetProperty("id").GetString()!);
    }

    [Fact]
    public async Task Vitals_are_previewed_then_written_once()
    {
        var arguments = $$"""{"patient_lookup":{{Lookup}},"date_taken":"2026-11-20","bp_systolic":128,"bp_diastolic":82,"pulse":71,"temperature_c":36.8}""";
        var preview = await CallAsync("record_vitals", arguments);
        var confirmed = arguments[..^1] + $$""","confirmation":"{{preview.Confirmation}}"}""";
        var written = await CallAsync("record_vitals", confirmed);
        var replayed = await CallAsync("record_vitals", confirmed);

        preview.Content.GetProperty("write").GetProperty("status").GetString().ShouldBe("preview");
        written.Content.GetProperty("write").GetProperty("status").GetString().ShouldBe("done");
        written.Content.GetProperty("write").GetProperty("verified").GetBoolean().ShouldBeTrue();
        written.Data.GetProperty("temperature_f").GetString().ShouldStartWith("98.2");
        replayed.Content.GetProperty("write").GetRawText().ShouldBe(written.Content.GetProperty("write").GetRawText());
        replayed.Data.GetRawText().ShouldBe(written.Data.GetRawText());
        replayed.Notices.ShouldContain(notice => notice.Contains("nothing was sent again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_confirmation_is_no_good_for_other_values()
    {
        var preview = await CallAsync("record_vitals", $$"""{"patient_lookup":{{Lookup}},"date_taken":"2026-11-19","pulse":70}""");
        var altered = await CallAsync(
            "record_vitals",
            $$"""{"patient_lookup":{{Lookup}},"date_taken":"2026-11-19","pulse":71,"confirmation":"{{preview.Confirmation}}"}""");

        altered.ErrorCode.ShouldBe("invalid_confirmation");
    }

    [Fact]
    public async Task Critical_vitals_come_with_a_warning()
    {
        var preview = await CallAsync("record_vitals", $$"""{"patient_lookup":{{Lookup}},"date_taken":"2026-11-18","bp_systolic":190,"bp_diastolic":121}""");
        var written = await CallAsync(
            "record_vitals",
            $$"""{"patient_lookup":{{Lookup}},"date_taken":"2026-11-18","bp_systolic":190,"bp_diastolic":121,"confirmation":"{{preview.Confirmation}}"}""");

        preview.Content.GetProperty("write").GetProperty("warnings")[0].GetString().ShouldStartWith("Critical");
        written.Data.GetProperty("is_procedure_blocking").GetBoolean().ShouldBeTrue();
        written.Notices[0].ShouldStartWith("Procedure-blocking");
    }

    [Fact]
    public async Task Codes_are_extracted_with_citations_that_point_into_the_text()
    {
        const string Note = "Patient with type 2 diabetes. Denies asthma.";
        var reply = await CallAsync("extract_codes", JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["text"] = Note,
            ["system"] = new Dictionary<string, object> { ["name"] = "ICD-10-CM" },
            ["config"] = new Dictionary<string, object> { ["include_citations"] = true, ["chunking_method"] = "sentences" },
        }));

        var code = reply.Data.EnumerateArray().Single(c => c.GetProperty("code").GetString()!.StartsWith("E11", StringComparison.Ordinal));
        var citation = code.GetProperty("citations")[0];
        Note[citation.GetProperty("begin_offset").GetInt32()..citation.GetProperty("end_offset").GetInt32()].ShouldBe(citation.GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("auto", "Patient has severe asthma with acute exacerbation", "Condition")]
    [InlineData("vital-signs", "Blood pressure 128/82 mmHg", "Observation")]
    [InlineData("patient", "Ann Example, female, born 1980-01-02", "Patient")]
    [InlineData("medicationrequest", "Start metformin 500 mg twice daily", "MedicationRequest")]
    public async Task Text_becomes_a_fhir_resource(string kind, string text, string type)
    {
        var reply = await CallAsync("lang2fhir_create", $$"""{"resource":"{{kind}}","text":"{{text}}"}""");

        reply.First.GetProperty("resourceType").GetString().ShouldBe(type);
    }

    [Fact]
    public async Task The_ehr_is_searched_with_the_patients_handle()
    {
        var patient = (await CallAsync(
            "drcloud_fhir_search",
            """{"type":"Patient","parameters":[{"name":"family","value":"Jones"},{"name":"given","value":"Marissa"}]}"""))
            .Resources()[0];
        var reply = await CallAsync("drcloud_fhir_search", $$"""{"type":"Condition","patient":"{{patient.GetProperty("id").GetString()}}"}""");

        patient.GetProperty("id").GetString().ShouldStartWith("pt_");
        reply.Resources().ShouldAllBe(r => r.GetProperty("resourceType").GetString() == "Condition");
        reply.Resources().Count.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Pages_walked_to_the_end_give_each_row_once()
    {
        var subject = await SubjectAsync();
        var seen = new List<string>();
        var more = "";
        do
        {
            var page = await CallAsync("get_clinical_concepts", $$"""{"subject":"{{subject}}","kinds":["lab","medication"],"max_bytes":4000{{more}}}""");
            page.Text.Length.ShouldBeLessThanOrEqualTo(4000);
            seen.AddRange(page.Data.EnumerateObject().SelectMany(kind => kind.Value.EnumerateArray()).Select(row => row.GetProperty("id").GetString()!));
            more = page.Content.GetProperty("page").TryGetProperty("cursor", out var cursor) ? $",\"cursor\":\"{cursor.GetString()}\"" : "";
        }
        while (more.Length > 0);

        var whole = await CallAsync("get_clinical_concepts", $$"""{"subject":"{{subject}}","kinds":["lab","medication"],"max_bytes":262144}""");
        seen.ShouldBeUnique();
        seen.Count.ShouldBe(whole.Content.GetProperty("page").GetProperty("totals").EnumerateObject().Sum(t => t.Value.GetInt32()));
    }

    [Fact]
    public async Task A_handle_of_one_system_is_refused_by_another()
    {
        var patient = (await CallAsync(
            "drcloud_fhir_search",
            """{"type":"Patient","parameters":[{"name":"family","value":"Jones"},{"name":"given","value":"Marissa"}]}"""))
            .Resources()[0]
            .GetProperty("id")
            .GetString();

        (await CallAsync("record_vitals", $$"""{"patient":"{{patient}}","date_taken":"2026-11-20","pulse":70}""")).ErrorCode.ShouldBe("unknown_handle");
        (await CallAsync("get_clinical_concepts", $$"""{"subject":"{{patient}}"}""")).ErrorCode.ShouldBe("unknown_handle");
    }

    [Fact]
    public async Task Nothing_found_says_what_was_searched()
    {
        var reply = await CallAsync("search_subjects", """{"firstName":"Nobody","lastName":"Atall"}""");

        reply.IsError.ShouldBeFalse();
        reply.Notices[0].ShouldStartWith("Nothing was found. Searched:");
        reply.Text.ShouldNotContain("Atall");
    }

    private async Task<string> SubjectAsync() =>
        (await CallAsync("search_subjects", """{"firstName":"Marissa","lastName":"Jones"}""")).First.GetProperty("id").GetString()!;

    private Task<ToolReply> CallAsync(string tool, string arguments) => fixture.CallAsync(tool, arguments);
}
