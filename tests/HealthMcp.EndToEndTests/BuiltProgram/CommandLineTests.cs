using System.Text.Json;

namespace HealthMcp.EndToEndTests.BuiltProgram;

/// <summary>The commands as a person or a script uses them.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly Built _built = new();

    public void Dispose() => _built.Dispose();

    [Fact]
    public async Task One_call_uses_the_handle_that_another_printed()
    {
        var found = await _built.CallAsync("search_subjects", """{"firstName":"Marissa","lastName":"Jones"}""", "--json");
        var handle = JsonElement.Parse(found.Output).GetProperty("structuredContent").GetProperty("data")[0].GetProperty("id").GetString();
        var concepts = await _built.CallAsync("get_clinical_concepts", $$"""{"subject":"{{handle}}","kinds":["condition"]}""");

        (found.ExitCode, concepts.ExitCode).ShouldBe((0, 0));
        concepts.Output.ShouldContain("Malignant neoplasm");
    }

    [Theory]
    [InlineData("""{"text":"asthma","system":{"name":"ICD-10-CM"}}""", "extract_codes", "J45")]
    [InlineData("""{"text":"asthma","resource":"condition-encounter-diagnosis"}""", "lang2fhir_create", "Condition")]
    [InlineData("""{"type":"Patient","query":"family=Jones&given=Marissa"}""", "drcloud_fhir_search", "pt_")]
    public async Task A_call_prints_a_useful_answer(string arguments, string tool, string expected)
    {
        var done = await _built.CallAsync(tool, arguments);

        done.ExitCode.ShouldBe(0, done.Error);
        done.Output.ShouldContain(expected);
        done.Output.ShouldContain("source: system=");
    }

    [Fact]
    public async Task A_write_is_previewed_and_with_yes_written()
    {
        const string Vitals =
            """{"patient_lookup":{"first_name":"Marissa","last_name":"Jones","date_of_birth":"1971-06-29"},"date_taken":"2026-11-20","pulse":70}""";

        (await _built.CallAsync("record_vitals", Vitals)).Output.ShouldContain("status=preview");
        (await _built.CallAsync("record_vitals", Vitals, "--yes")).Output.ShouldContain("status=done; verified=true");
    }

    [Theory]
    [InlineData(1, "call", "search_subjects", """{"firstName":"Marissa"}""")]
    [InlineData(1, "call", "no_such_tool", "{}")]
    [InlineData(2, "call", "search_subjects", "firstName=Marissa")]
    [InlineData(2, "call")]
    [InlineData(2, "--no-such-option")]
    [InlineData(2, "install", "notepad")]
    [InlineData(3, "--writes", "sometimes", "tools")]
    [InlineData(3, "--urls", "http://0.0.0.0:0")]
    public async Task Exit_codes_tell_scripts_what_happened(int code, params string[] arguments)
    {
        var done = await _built.RunAsync(arguments);

        done.ExitCode.ShouldBe(code, done.Error);
        (done.Error + done.Output).ShouldNotContain("   at ");
    }

    [Fact]
    public async Task With_json_a_failed_call_prints_the_result_and_nothing_else()
    {
        var done = await _built.CallAsync("search_subjects", """{"firstName":"Marissa"}""", "--json");

        JsonElement.Parse(done.Output).GetProperty("isError").GetBoolean().ShouldBeTrue();
        done.ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task The_manifest_has_the_form_that_programs_rely_on()
    {
        var done = await _built.RunAsync(["tools", "--json"]);
        var manifest = JsonElement.Parse(done.Output);
        var search = manifest.GetProperty("tools").EnumerateArray().Single(t => t.GetProperty("name").GetString() == "search_subjects");

        search.GetProperty("toolset").GetString().ShouldBe("xcures");
        search.GetProperty("scopes")[0].GetString().ShouldBe("xcures/subjects.read");
        (search.GetProperty("readOnly").GetBoolean(), search.GetProperty("destructive").GetBoolean(), search.GetProperty("idempotent").GetBoolean())
            .ShouldBe((true, false, true));
        search.GetProperty("endpoints").EnumerateArray().Select(e => e.GetString()).ShouldContain("xcures GET /api/v1/patient-registry/subject");
        manifest.GetProperty("excluded")[0].GetProperty("reason").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task All_that_is_wrong_with_a_configuration_is_said_at_once_and_no_value_is_shown()
    {
        var done = await _built.RunAsync(
            ["tools"],
            "",
            ("XCURES_CLIENT_ID", "zebulon"),
            ("PHENOML_BASE_URL", "http://zebulon.example"),
            ("HEALTHMCP_PRIVACY", "identified"),
            ("HEALTHMCP_TOOLSETS", "zebulon"));

        done.ExitCode.ShouldBe(3);
        foreach (var setting in new[]
        {
            "XCURES_CLIENT_ID", "XCURES_CLIENT_SECRET", "PHENOML_BASE_URL", "PHENOML_CLIENT_SECRET", "HEALTHMCP_PURPOSE",
            "HEALTHMCP_TOOLSETS",
        })
        {
            done.Error.ShouldContain(setting);
        }

        (done.Error + done.Output).ShouldNotContain("zebulon");
    }

    [Theory]
    [InlineData("xcures/subject.read")]
    [InlineData("everything")]
    [InlineData("user/*.rs xcures/subjects.read phi/all")]
    public async Task A_scope_that_no_tool_has_stops_the_start(string scopes)
    {
        var done = await _built.RunAsync(["--stdio"], "", ("HEALTHMCP_SCOPES", scopes));

        done.ExitCode.ShouldBe(3);
        done.Error.ShouldContain("HEALTHMCP_SCOPES");
        done.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task Live_systems_are_not_served_over_http_without_authentication()
    {
        var done = await _built.RunAsync(
            ["--port", "0"],
            "",
            ("PATIENTS_BASE_URL", "https://patients.example"),
            ("PATIENTS_ORG_ID", "0edaa0d0-ffd2-4a24-8c17-f6ebfb64a40b"),
            ("PATIENTS_API_TOKEN", "secret"));

        done.ExitCode.ShouldBe(3, done.Output + done.Error);
        done.Error.ShouldContain("without authentication");
    }

    [Fact]
    public async Task Doctor_says_what_is_there_and_what_to_do()
    {
        var done = await _built.RunAsync(["doctor"]);

        done.ExitCode.ShouldBe(0);
        foreach (var word in new[] { "xcures", "phenoml", "patients", "drcloud", "sandbox, reachable", "deidentified", "audit", "Next" })
        {
            done.Output.ShouldContain(word);
        }
    }

    [Fact]
    public async Task Install_keeps_what_was_there_and_a_backup()
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.json");
        await File.WriteAllTextAsync(file, """{"mcpServers":{"other":{"command":"x"}},"theme":"dark"}""");

        var dry = await _built.RunAsync(["install", "claude", "--dry-run", "--file", file]);
        (await File.ReadAllTextAsync(file)).ShouldNotContain("healthmcp");
        var done = await _built.RunAsync(["install", "claude", "--file", file]);
        var written = JsonElement.Parse(await File.ReadAllTextAsync(file));

        (dry.ExitCode, done.ExitCode).ShouldBe((0, 0));
        written.GetProperty("theme").GetString().ShouldBe("dark");
        written.GetProperty("mcpServers").EnumerateObject().Select(p => p.Name).ShouldBe(["other", "healthmcp"]);
        File.Exists(file + ".1.bak").ShouldBeTrue();
        File.Delete(file);
        File.Delete(file + ".1.bak");
    }

    [Fact]
    public async Task Three_requests_and_the_end_of_input_give_three_answers_and_nothing_else()
    {
        var input = Request(1, "tools/list", "")
            + Request(2, "tools/call", "\"name\":\"search_subjects\",\"arguments\":{\"firstName\":\"Marissa\",\"lastName\":\"Jones\"},")
            + Request(3, "prompts/list", "");

        var done = await _built.RunAsync(["--stdio"], input);

        done.Output[0].ShouldBe('{');
        var answers = done.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)).ToList();
        answers.Select(a => a.GetProperty("id").GetInt32()).ShouldBe([1, 2, 3], ignoreOrder: true);
        answers.Count(a => a.TryGetProperty("result", out _)).ShouldBe(3);
    }

    [Fact]
    public async Task Nothing_of_a_call_stands_in_log_or_audit()
    {
        await _built.RunAsync(
            ["call", "search_subjects", """{"firstName":"Marissa","lastName":"Jones"}"""],
            "",
            ("HEALTHMCP_PRIVACY", "identified"),
            ("HEALTHMCP_PURPOSE", "treatment"));

        _built.Read("audit.jsonl").ShouldNotContain("Marissa");
        _built.Logs().ShouldNotContain("Marissa");
        _built.Read("audit.jsonl").ShouldContain("\"outcome\":\"ok\"");
    }

    private static string Request(int id, string method, string parameters)
    {
        const string Meta = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"io.modelcontextprotocol/clientCapabilities\":{}}";
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":{" + parameters + Meta + "}}\n";
    }
}
