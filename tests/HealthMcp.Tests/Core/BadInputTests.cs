using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Core;

/// <summary>What is wrong is refused with one sentence that says what to do and repeats no value; the program goes on.</summary>
public sealed class BadInputTests(WorldFixture fixture) : IClassFixture<WorldFixture>
{
    private const string Lookup = "\"patient_lookup\":{\"first_name\":\"Marissa\",\"last_name\":\"Jones\",\"date_of_birth\":\"1971-06-29\"}";

    [Theory]
    [InlineData("search_subjects", """{"frstName":"Zebulon"}""", "invalid_argument", "did you mean firstName")]
    [InlineData("search_subjects", """{"firstName":["Zebulon"]}""", "invalid_argument", "firstName must be a string")]
    [InlineData("search_subjects", """{"firstName":"Zebulon"}""", "question_withheld", "")]
    [InlineData("search_subjects", """{"birthDate":"29/06/1971","lastName":"Zebulon"}""", "invalid_argument", "birthDate")]
    [InlineData("search_subjects", """{"firstName":"Zebulon","lastName":"Z","cursor":"cur_zebulon"}""", "invalid_cursor", "cursor")]
    [InlineData("get_clinical_concepts", """{}""", "invalid_argument", "subject is missing")]
    [InlineData("get_clinical_concepts", """{"subject":"subj_zebulon"}""", "unknown_handle", "subj_ handle")]
    [InlineData("get_clinical_concepts", """{"subject":"Zebulon Jones"}""", "unknown_handle", "subj_ handle")]
    [InlineData(
        "get_clinical_concepts",
        """{"subject":"00000000-0000-4000-8000-000000000000","kinds":["zebulon"]}""",
        "invalid_argument",
        "must be one of condition")]
    [InlineData("get_clinical_concepts", """{"subject":"..","kinds":["lab"],"id":"00000000-0000-4000-8000-000000000000"}""", "unknown_handle", "subject")]
    [InlineData("get_clinical_concepts", """{"subject":"00000000-0000-4000-8000-000000000000","kinds":["lab"],"id":".."}""", "unknown_handle", "id must be")]
    [InlineData("get_clinical_concepts", """{"subject":"00000000-0000-4000-8000-000000000000","kinds":["lab"],"id":"."}""", "unknown_handle", "id must be")]
    [InlineData("get_clinical_concepts", """{"subject":"a/../b"}""", "unknown_handle", "subject")]
    [InlineData("record_vitals", """{"patient":"..","date_taken":"2026-11-20","pulse":70}""", "unknown_handle", "patient")]
    [InlineData("record_vitals", """{"date_taken":"2026-11-20","pulse":70}""", "invalid_argument", "patient")]
    [InlineData("record_vitals", """{LOOKUP,"pulse":70}""", "invalid_argument", "date_taken is missing")]
    [InlineData("record_vitals", """{LOOKUP,"date_taken":"2026-11-20","bp_systolic":1400,"bp_diastolic":80}""", "invalid_argument", "bp_systolic")]
    [InlineData("record_vitals", """{LOOKUP,"date_taken":"2026-11-20","temperature_f":36.6}""", "invalid_argument", "temperature_c")]
    [InlineData("record_vitals", """{LOOKUP,"date_taken":"2126-11-20","pulse":70}""", "invalid_argument", "date_taken")]
    [InlineData("record_vitals", """{LOOKUP,"date_taken":"2026-11-20"}""", "invalid_argument", "")]
    [InlineData("record_vitals", """{LOOKUP,"date_taken":"2026-11-20","bp_systolic":80,"bp_diastolic":120}""", "invalid_argument", "bp_diastolic")]
    [InlineData("record_vitals", """{LOOKUP,"date_taken":"2026-11-20","weight_lbs":150,"weight_kg":70}""", "invalid_argument", "weight")]
    [InlineData(
        "record_vitals",
        """{LOOKUP,"date_taken":"2026-11-20","pulse":70,"confirmation":"cnf_zebulon"}""",
        "invalid_confirmation",
        "without confirmation")]
    [InlineData("extract_codes", """{"text":""}""", "invalid_argument", "text")]
    [InlineData("extract_codes", """{"text":"asthma","config":{"chunking_method":"zebulon"}}""", "invalid_argument", "chunking_method")]
    [InlineData("extract_codes", """{"text":"asthma","config":{"min_context_relevance":0.5}}""", "invalid_argument", "extraction_context")]
    [InlineData("lang2fhir_create", """{"text":"asthma","resource":"zebulon-profile"}""", "not_found", "")]
    [InlineData("drcloud_fhir_search", """{"type":"Zebulon"}""", "invalid_argument", "type must be one of")]
    [InlineData("drcloud_fhir_search", """{"type":"Observation","parameters":[{"name":"zebulon","value":"x"}]}""", "invalid_argument", "")]
    [InlineData("drcloud_fhir_search", """{"type":"Observation","query":"date=zebulon"}""", "invalid_argument", "date")]
    public async Task Bad_arguments_get_a_sentence(string tool, string arguments, string code, string says)
    {
        var reply = await fixture.CallAsync(tool, arguments.Replace("LOOKUP", Lookup, StringComparison.Ordinal));

        reply.ErrorCode.ShouldBe(code, reply.Text);
        reply.Text.ShouldContain(says);
        (reply.Text + reply.Content.GetRawText()).ShouldNotContain("zebulon", Case.Insensitive);
        reply.Text.ShouldNotContain("\n");
        reply.Text.Length.ShouldBeLessThan(900);
    }

    [Fact]
    public async Task An_unknown_tool_is_a_protocol_error_without_its_name()
    {
        var refused = await Should.ThrowAsync<ModelContextProtocol.McpException>(() => fixture.CallAsync("zebulon_tool", "{}"));

        refused.Message.ShouldContain("no tool of that name");
        refused.Message.ShouldNotContain("zebulon");
    }

    [Fact]
    public async Task Arguments_over_a_megabyte_are_refused() =>
        (await fixture.CallAsync("extract_codes", $$"""{"text":"{{new string('x', 2_000_000)}}"}""")).ErrorCode.ShouldBe("too_large");

    [Fact]
    public async Task The_program_serves_on_after_all_of_it() =>
        (await fixture.CallAsync("search_subjects", """{"labels":["demo"]}""")).IsError.ShouldBeFalse();
}

/// <summary>Each way in which an upstream can fail, as the caller is told of it.</summary>
public sealed class UpstreamFailureTests
{
    public static TheoryData<string, string> Failures => new()
    {
        { "400", "upstream_rejected" }, { "401", "upstream_unauthorized" }, { "403", "upstream_forbidden" },
        { "404", "not_found" }, { "409", "conflict" }, { "422", "upstream_rejected" },
        { "429", "upstream_rate_limited" }, { "500", "upstream_error" }, { "503", "upstream_error" }, { "html", "upstream_error" },
        { "html200", "upstream_not_json" },
        { "truncated", "upstream_not_json" }, { "type", "upstream_not_json" }, { "reset", "upstream_unreachable" }, { "oversized", "upstream_too_large" },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Each_failure_gets_a_sentence_and_nothing_of_the_body(string failure, string code)
    {
        await using var world = await World.StartAsync();
        await world.CallAsync("search_subjects", """{"labels":["demo"]}""");
        world.Sandbox.Faults.Next("xcures", "*", Of(failure), times: 10);

        var reply = await world.CallAsync("search_subjects", """{"labels":["demo"]}""");
        world.Sandbox.Faults.Clear();
        var after = await world.CallAsync("search_subjects", """{"labels":["demo"]}""");

        reply.ErrorCode.ShouldBe(code, reply.Text);
        foreach (var leaked in new[] { "CANARY", "Marissa", "555-0142" }) (reply.Content.GetRawText() + world.Log.Text).ShouldNotContain(leaked);
        reply.Text.ShouldContain(":");
        after.IsError.ShouldBeFalse();
    }

    [Theory]
    [InlineData("phenoml", "extract_codes", """{"text":"asthma"}""")]
    [InlineData("phenoml", "lang2fhir_create", """{"text":"asthma","resource":"auto"}""")]
    [InlineData("drcloud", "drcloud_fhir_search", """{"type":"Practitioner"}""")]
    [InlineData(
        "patients",
        "record_vitals",
        """{"patient_lookup":{"first_name":"Marissa","last_name":"Jones","date_of_birth":"1971-06-29"},"date_taken":"2026-11-20","pulse":70}""")]
    public async Task Each_system_fails_alike(string system, string tool, string arguments)
    {
        await using var world = await World.StartAsync();
        world.Sandbox.Faults.Next(system, "*", Fault.Status(500), times: 10);

        var reply = await world.CallAsync(tool, arguments);

        reply.ErrorCode.ShouldBe("upstream_error", reply.Text);
        reply.Content.GetRawText().ShouldNotContain("CANARY");
    }

    [Fact]
    public async Task A_write_whose_answer_is_lost_is_written_once_and_said_to_be()
    {
        await using var world = await World.StartAsync();
        const string Arguments =
            """{"patient_lookup":{"first_name":"Marissa","last_name":"Jones","date_of_birth":"1971-06-29"},"date_taken":"2026-11-20","pulse":77}""";
        var preview = await world.CallAsync("record_vitals", Arguments);
        world.Sandbox.Faults.Next("patients", "POST /api/v1/{org_id}/patients/{patient_uuid}/vital-signs", Fault.AnswerLost());

        var reply = await world.CallAsync("record_vitals", Arguments[..^1] + $$""","confirmation":"{{preview.Confirmation}}"}""");

        reply.IsError.ShouldBeFalse(reply.Text);
        reply.Content.GetProperty("write").GetProperty("verified").GetBoolean().ShouldBeTrue();
        world.Sandbox.Journal.Of("patients", "POST /api/v1/{org_id}/patients/{patient_uuid}/vital-signs").Select(r => r.Status).ShouldBe([0, 409]);
    }

    [Fact]
    public async Task A_refused_audit_refuses_the_call()
    {
        await using var world = await World.StartAsync();
        await world.CallAsync("search_subjects", """{"labels":["demo"]}""");
        var audit = Path.Combine(world.DataDirectory, "audit.jsonl");
        File.Delete(audit);
        Directory.CreateDirectory(audit);

        (await world.CallAsync("search_subjects", """{"labels":["demo"]}""")).ErrorCode.ShouldBe("audit_unavailable");
    }

    private static Fault Of(string failure) => failure switch
    {
        "html" => Fault.HtmlErrorPage(),
        "html200" => Fault.HtmlErrorPage(200),
        "truncated" => Fault.TruncatedJson(),
        "type" => Fault.WrongContentType(),
        "reset" => Fault.ResetConnection(),
        "oversized" => Fault.Oversized(),
        var status => Fault.Status(int.Parse(status, System.Globalization.CultureInfo.InvariantCulture)),
    };
}
