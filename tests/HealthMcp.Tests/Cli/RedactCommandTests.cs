using System.Text;
using HealthMcp.Cli;

namespace HealthMcp.Tests.Cli;

public sealed class RedactCommandTests
{
    private const string Subjects = "GET /api/v1/patient-registry/subject";
    private const string PatientList = "GET /api/v1/{org_id}/patients";

    [Theory]
    [InlineData("deidentified", "Seen [2019], call [phone].")]
    [InlineData("limited", "Seen 03/14/2019, call [phone].")]
    [InlineData("identified", "Seen 03/14/2019, call 555-867-5309.")]
    public async Task Text_is_redacted_by_level(string level, string expected)
    {
        var run = await RedactRun.OfAsync("Seen 03/14/2019, call 555-867-5309.", "--level", level);

        run.Out.ShouldBe(expected);
        run.Code.ShouldBe(Exit.Done);
        run.Error.Contains("nothing that identifies is withheld", StringComparison.Ordinal).ShouldBe(level == "identified");
    }

    [Fact]
    public async Task Text_is_the_default_and_keeps_its_lines_and_its_lack_of_one_at_the_end()
    {
        (await RedactRun.OfAsync("BP 120/80\r\n\nstable")).Out.ShouldBe("BP 120/80\r\n\nstable");
        (await RedactRun.OfAsync("")).ShouldBe(new RedactRun(Exit.Done, "", $"withheld: nothing{Environment.NewLine}"));
    }

    [Fact]
    public async Task Fhir_gives_handles_of_the_run_and_counts()
    {
        var run = await RedactRun.OfAsync("""
            {"resourceType":"Bundle","type":"searchset","entry":[
              {"resource":{"resourceType":"Patient","id":"p-77","name":[{"family":"Zorblatt"}],"birthDate":"1980-02-03"}},
              {"resource":{"resourceType":"Observation","id":"o-1","status":"final","subject":{"reference":"Patient/p-77"},"note":[{"text":"Zorblatt is well"}]}}]}
            """, "--format", "fhir");

        run.Code.ShouldBe(Exit.Done);
        var patient = run.Json.GetProperty("entry")[0].GetProperty("resource").GetProperty("id").GetString()!;
        patient.ShouldEndWith("_1");
        run.Json.GetProperty("entry")[1].GetProperty("resource").GetProperty("subject").GetProperty("reference").GetString().ShouldBe($"Patient/{patient}");
        run.Out.ShouldNotContain("Zorblatt");
        run.Out.ShouldNotContain("p-77");
        run.Out.TrimEnd('\n').ShouldNotContain('\n');
        run.Error.ShouldStartWith("withheld: ");
        run.Error.ShouldContain("text-name 1");
    }

    [Theory]
    [InlineData("xcures", Subjects, """{"pageNumber":1,"results":[{"id":"raw-1","firstName":"Zorblatt","gender":"female"}]}""", "results")]
    [InlineData("patients", PatientList, """{"page":1,"items":[{"id":"raw-1","first_name":"Zorblatt","gender":"female"}]}""", "items")]
    [InlineData("patients", PatientList, """{"data":[{"id":"raw-1","first_name":"Zorblatt","gender":"female"}],"page_info":{}}""", "data")]
    public async Task A_list_is_redacted_with_its_envelope(string format, string operation, string json, string rows)
    {
        var run = await RedactRun.OfAsync(json, "--format", format, "--operation", operation);

        run.Code.ShouldBe(Exit.Done);
        run.Json.GetProperty(rows)[0].GetProperty("id").GetString()!.ShouldEndWith("_1");
        run.Json.GetProperty(rows)[0].GetProperty("gender").GetString().ShouldBe("female");
        run.Out.ShouldNotContain("Zorblatt");
        run.Out.ShouldNotContain("raw-1");
    }

    [Fact]
    public async Task Phenoml_reads_codes_and_resources()
    {
        var codes = await RedactRun.OfAsync(
            """{"codes":[{"code":"I10","description":"Essential hypertension","reason":"call 555-867-5309"}]}""",
            "--format", "phenoml", "--operation", "POST /construe/extract");
        codes.Json.GetProperty("codes")[0].GetProperty("reason").GetString().ShouldBe("call [phone]");
        codes.Json.GetProperty("codes")[0].GetProperty("code").GetString().ShouldBe("I10");

        var resource = await RedactRun.OfAsync(
            """{"resourceType":"Patient","gender":"female","name":[{"family":"Zorblatt"}]}""",
            "--format", "phenoml", "--operation", "POST /lang2fhir/create");
        resource.Json.GetProperty("gender").GetString().ShouldBe("female");
        resource.Out.ShouldNotContain("Zorblatt");
    }

    [Fact]
    public async Task Every_operation_of_the_catalog_has_a_shape_for_its_answer()
    {
        foreach (var endpoint in Composition.Catalog.Endpoints.Where(e => e.System is "xcures" or "patients" or "phenoml"))
        {
            var run = await RedactRun.OfAsync("{}", "--format", endpoint.System, "--operation", $"{endpoint.Method} {endpoint.Path}");
            run.Code.ShouldBe(Exit.Done, endpoint.Key);
        }
    }

    [Theory]
    [InlineData("patients", "GET /Quentin")]
    [InlineData("patients", null)]
    public async Task An_unknown_operation_lists_those_there_are(string format, string? operation)
    {
        string[] arguments = operation is null ? ["--format", format] : ["--format", format, "--operation", operation];
        var run = await RedactRun.OfAsync("{}", arguments);

        run.Code.ShouldBe(Exit.BadUsage);
        run.Out.ShouldBeEmpty();
        run.Error.ShouldContain(PatientList);
        run.Error.ShouldContain("POST /api/v1/{org_id}/patients/{patient_uuid}/vital-signs");
        run.Error.ShouldNotContain("Quentin");
    }

    [Theory]
    [InlineData("--format", "xml")]
    [InlineData("--level", "2")]
    [InlineData("--operation", "GET /x")]
    public async Task Other_misuse_is_bad_usage(string option, string value) => (await RedactRun.OfAsync("x", option, value)).Code.ShouldBe(Exit.BadUsage);

    [Theory]
    [InlineData("")]
    [InlineData("{\"resourceType\":\"Patient\",\"Quentin\"")]
    [InlineData("{} Quentin")]
    [InlineData("Quentin")]
    public async Task What_is_not_json_fails_without_being_quoted(string input)
    {
        foreach (string[] arguments in (string[][])[["--format", "fhir"], ["--format", "patients", "--operation", PatientList]])
        {
            var run = await RedactRun.OfAsync(input, arguments);

            run.Code.ShouldBe(Exit.ToolError);
            run.Out.ShouldBeEmpty();
            run.Error.ShouldNotContain("Quentin");
        }
    }

    [Fact]
    public async Task A_scalar_or_a_stranger_shows_nothing()
    {
        (await RedactRun.OfAsync("\"Zorblatt\"", "--format", "fhir")).Out.ShouldNotContain("Zorblatt");
        (await RedactRun.OfAsync("""{"resourceType":"Zorblatt","name":"Zorblatt"}""", "--format", "fhir")).Out.ShouldNotContain("Zorblatt");
    }

    [Fact]
    public async Task A_byte_order_mark_is_no_part_of_the_input()
    {
        byte[] Marked(string text) => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)];

        (await RedactRun.OfAsync(Marked("""{"resourceType":"Patient","gender":"female"}"""), "--format", "fhir")).Code.ShouldBe(Exit.Done);
        (await RedactRun.OfAsync(Marked("""{"id":1,"text":"x"}"""), "--format", "jsonl")).Code.ShouldBe(Exit.Done);
    }
}
