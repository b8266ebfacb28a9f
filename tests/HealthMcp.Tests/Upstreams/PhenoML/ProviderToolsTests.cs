using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;
using ModelContextProtocol.Client;

namespace HealthMcp.Tests.Upstreams.PhenoML;

/// <summary>FHIR servers behind PhenoML at the default level: of use, and without telling what is withheld.</summary>
public sealed class ProviderToolsTests : IAsyncLifetime
{
    private World _world = null!;
    private McpClient _client = null!;

    public async Task InitializeAsync()
    {
        _world = await World.StartAsync(("HEALTHMCP_TOOLSETS", "phenoml"), ("HEALTHMCP_WRITES", "direct"));
        _client = await _world.ConnectAsync();
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task Ways_to_sign_in_are_shown_by_method_and_without_keys()
    {
        var reply = await _client.ReplyAsync("list_fhir_providers", "{}");
        var demo = reply.Data[0];
        demo.GetProperty("id").GetString().ShouldStartWith("fprov_");
        demo.GetProperty("provider").GetString().ShouldBe("medplum");
        var configs = demo.GetProperty("auth_configs").EnumerateArray().ToList();
        configs.Select(config => config.GetProperty("auth_method").GetString()).ShouldBe(["client_secret", "jwt"]);
        configs[0].GetProperty("active").GetBoolean().ShouldBeTrue();
        configs[0].GetProperty("scopes").GetString().ShouldBe("system/*.cruds");
        foreach (var word in new[] { "CERTIFICATE", "modulus", "\"kid\"", "demo-client", "medplum.example" }) reply.Content.GetRawText().ShouldNotContain(word);
        reply.Data[1].GetProperty("provider").GetString().ShouldBe("sandbox");
    }

    [Fact]
    public async Task A_patient_is_looked_up_by_a_whole_name_and_read_by_handle()
    {
        var person = await PersonAsync();
        person.ShouldStartWith("pt_");
        var found = await SearchAsync($"\"type\":\"Condition\",\"patient\":\"{person}\"");
        found.Data.GetArrayLength().ShouldBeGreaterThan(0);
        found.Content.GetRawText().ShouldNotContain("Marissa");
        var id = found.First.GetProperty("id").GetString();
        (await _client.ReplyAsync("provider_fhir_read", $$"""{"provider":"medplum","type":"Condition","id":"{{id}}"}""")).First
            .GetProperty("subject").GetProperty("reference").GetString().ShouldBe($"Patient/{person}");
    }

    [Fact]
    public async Task Pages_go_on_where_they_ended()
    {
        var person = await PersonAsync();
        var arguments = $"\"type\":\"Observation\",\"patient\":\"{person}\",\"count\":3";
        var first = await SearchAsync(arguments);
        var second = await SearchAsync($"{arguments},\"cursor\":\"{first.Cursor}\"");
        first.Data.GetArrayLength().ShouldBe(3);
        second.Data.EnumerateArray().Select(Id).ShouldNotContain(id => first.Data.EnumerateArray().Select(Id).Contains(id));
    }

    [Theory]
    [InlineData("""[{"name":"family","value":"Jones"}]""")]
    [InlineData("""[{"name":"family:exact","value":"Jones"}]""")]
    [InlineData("""[{"name":"name","value":"J"}]""")]
    [InlineData("""[{"name":"birthdate","value":"1971-06-29"}]""")]
    [InlineData("""[{"name":"family:exact","value":"Jones"},{"name":"birthdate","value":"1971-06-29"}]""")]
    [InlineData("""[{"name":"family:exact","value":"Jones,Smith"},{"name":"given:exact","value":"Marissa"}]""")]
    [InlineData("""[{"name":"identifier","value":"http://system|"}]""")]
    [InlineData("""[{"name":"identifier","value":"a,b"}]""")]
    [InlineData("""[{"name":"address-postalcode","value":"97301"}]""")]
    [InlineData("""[{"name":"phone","value":"503"}]""")]
    [InlineData("""[{"name":"_content","value":"Jones"}]""")]
    [InlineData("""[{"name":"_filter","value":"family eq Jones"}]""")]
    [InlineData("""[{"name":"general-practitioner.name","value":"Okonkwo"}]""")]
    [InlineData("""[{"name":"_has:Observation:patient:code","value":"1"}]""")]
    [InlineData("""[{"name":"code:text","value":"Jones"}]""")]
    [InlineData("""[{"name":"_sort","value":"birthdate"}]""")]
    [InlineData("""[{"name":"_sort","value":"date,family"}]""")]
    [InlineData("""[{"name":"_lastUpdated","value":"ge2024-03-05"}]""")]
    public async Task A_question_that_would_tell_what_is_withheld_is_refused_and_not_sent(string parameters)
    {
        var reply = await SearchAsync($"\"type\":\"Patient\",\"parameters\":{parameters}");
        reply.ErrorCode.ShouldBe(FailureCodes.QuestionWithheld, reply.Text);
        _world.Sandbox.Journal.Entries.ShouldNotContain(entry => entry.Template.EndsWith("{fhir_path}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""[{"name":"date","value":"ge2024"}]""")]
    [InlineData("""[{"name":"date","value":"ge2023-01-01"},{"name":"date","value":"le2024-12-31"}]""")]
    [InlineData("""[{"name":"code","value":"http://loinc.org|2160-0"},{"name":"_sort","value":"-date"}]""")]
    [InlineData("""[{"name":"category:not","value":"laboratory"},{"name":"_count","value":"2"}]""")]
    public async Task Clinical_questions_are_asked(string parameters) =>
        (await SearchAsync($"\"type\":\"Observation\",\"parameters\":{parameters}")).IsError.ShouldBeFalse();

    [Fact]
    public async Task Questions_in_words_are_held_to_the_level_by_what_was_made_of_them()
    {
        (await AskAsync("appointments of Marissa Jones")).ErrorCode.ShouldBe(FailureCodes.QuestionWithheld);
        (await AskAsync("appointments on 2024-03-05")).ErrorCode.ShouldBe(FailureCodes.QuestionWithheld);
        var reply = await AskAsync("lab results for creatinine in 2023");
        reply.IsError.ShouldBeFalse(reply.Text);
        reply.Data.GetProperty("search")[0].GetProperty("parameters").GetRawText().ShouldContain("\"code\":\"http://loinc.org|2160-0\"");
    }

    [Fact]
    public async Task A_made_search_shows_codes_and_years_and_withholds_the_rest()
    {
        var made = await _client.ReplyAsync("lang2fhir_search", """{"text":"Appointments between March 2-9, 2025"}""");
        made.Data.GetProperty("resource_type").GetString().ShouldBe("Appointment");
        made.Data.GetProperty("parameters")[0].GetProperty("prefix").GetString().ShouldBe("ge");
        made.Data.GetProperty("parameters")[0].GetProperty("date").GetString().ShouldBe("2025");
    }

    [Fact]
    public async Task What_is_withheld_is_neither_overwritten_nor_tried_out_by_a_write()
    {
        var person = await PersonAsync();
        foreach (var write in new[]
        {
            $$"""{"provider":"medplum","action":"upsert","type":"Patient","id":"{{person}}","resource":{"active":true} }""",
            $$"""
            {"provider":"medplum","action":"patch","type":"Patient","id":"{{person}}",
            "operations":[{"op":"test","path":"/birthDate","value":"1971-06-29"}]}
            """,
            $$"""
            {"provider":"medplum","action":"patch","type":"Patient","id":"{{person}}",
            "operations":[{"op":"copy","from":"/birthDate","path":"/maritalStatus/text"}]}
            """,
        }) (await _client.ReplyAsync("provider_fhir_write", write)).ErrorCode.ShouldBe(FailureCodes.QuestionWithheld);
        var bundle = await _client.ReplyAsync("provider_fhir_bundle", """
            {"provider":"medplum","bundle":{"resourceType":"Bundle","type":"transaction","entry":[{"resource":{"resourceType":"Patient","active":true},
            "request":{"method":"POST","url":"Patient","ifNoneExist":"family=Jones"}}]}}
            """);
        bundle.ErrorCode.ShouldBe(FailureCodes.QuestionWithheld);
        _world.Sandbox.Journal.Entries.Where(entry => entry.Template.Contains("/fhir", StringComparison.Ordinal)).ShouldAllBe(entry => entry.Method == "GET");
    }

    [Fact]
    public async Task A_new_record_is_linked_by_handle_and_its_words_are_not_repeated()
    {
        var person = await PersonAsync();
        var made = await _client.ReplyAsync("provider_fhir_write", $$"""
            {"provider":"medplum","action":"create","type":"Condition","patient":"{{person}}","resource":{"code":{"text":"asthma of 503-555-0142"} } }
            """);
        made.Content.GetProperty("write").GetProperty("verified").GetBoolean().ShouldBeTrue(made.Text);
        made.Content.GetRawText().ShouldNotContain("asthma");
        var id = made.Data.GetProperty("after").GetProperty("id").GetString();
        var patched = await _client.ReplyAsync("provider_fhir_write", $$"""
            {"provider":"medplum","action":"patch","type":"Condition","id":"{{id}}","resource":{"severity":{"text":"mild"} } }
            """);
        patched.Content.GetProperty("write").GetProperty("verified").GetBoolean().ShouldBeTrue(patched.Text);
        var gone = await _client.ReplyAsync("provider_fhir_write", $$"""{"provider":"medplum","action":"delete","type":"Condition","id":"{{id}}"}""");
        gone.Content.GetProperty("write").GetProperty("verified").GetBoolean().ShouldBeTrue(gone.Text);
        (await _client.ReplyAsync("provider_fhir_read", $$"""{"provider":"medplum","type":"Condition","id":"{{id}}"}""")).ErrorCode.ShouldBe(
            FailureCodes.NotFound);
    }

    [Fact]
    public async Task A_record_that_changed_since_the_preview_is_not_written()
    {
        using var app = _world.Build(("HEALTHMCP_TOOLSETS", "phenoml"));
        var client = await _world.ConnectAsync(app);
        var condition = (await SearchAsync("\"type\":\"Condition\",\"count\":1")).First.GetProperty("id").GetString();
        var write = $$"""{"provider":"medplum","action":"patch","type":"Condition","id":"{{condition}}","resource":{"severity":{"text":"mild"} } }""";
        var preview = await client.ReplyAsync("provider_fhir_write", write);
        (await _client.ReplyAsync("provider_fhir_write", write.Replace("mild", "severe", StringComparison.Ordinal))).IsError.ShouldBeFalse();
        var late = await client.ReplyAsync("provider_fhir_write", $$"""{{write[..^1]}},"confirmation":"{{preview.Confirmation}}"}""");
        late.ErrorCode.ShouldNotBeNull(late.Text).ShouldBeOneOf(FailureCodes.InvalidConfirmation, FailureCodes.Conflict);
        _world.Sandbox.Journal.Entries.Count(entry => entry.Method == "PATCH").ShouldBe(1);
    }

    [Fact]
    public async Task A_lost_create_is_in_doubt_and_sent_once()
    {
        _world.Sandbox.Faults.Next("phenoml", "POST /fhir-provider/{fhir_provider_id}/fhir/{fhir_path}", Fault.AnswerLost());
        var reply = await _client.ReplyAsync("provider_fhir_write", """
            {"provider":"medplum","action":"create","type":"Organization","resource":{"name":"A clinic"}}
            """);
        reply.ErrorCode.ShouldBe(FailureCodes.InDoubt);
        _world.Sandbox.Journal.Entries.Count(entry => entry.Method == "POST" && entry.Template.EndsWith("{fhir_path}", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Headers_come_from_the_configuration_and_go_to_fhir_servers_only()
    {
        const string Person = "Practitioner/550e8400-e29b-41d4-a716-446655440001";
        using var app = _world.Build(
            ("HEALTHMCP_TOOLSETS", "phenoml"), ("PHENOML_ON_BEHALF_OF", Person), ("PHENOML_FHIR_PROVIDER_TOKENS", "550e8400-e29b-41d4-a716-446655440000:tok"));
        var client = await _world.ConnectAsync(app);
        (await client.ReplyAsync("provider_fhir_search", """{"provider":"medplum","type":"Location"}""")).IsError.ShouldBeFalse();
        (await client.ReplyAsync("lang2fhir_search", """{"text":"appointments"}""")).IsError.ShouldBeFalse();
        foreach (var entry in _world.Sandbox.Journal.Entries)
            entry.Headers.GetValueOrDefault("X-Phenoml-On-Behalf-Of").ShouldBe(entry.Template.Contains("{fhir_path}", StringComparison.Ordinal)
                ? Person : null);
    }

    [Theory]
    [InlineData("PHENOML_ON_BEHALF_OF", "Patient/1")]
    [InlineData("PHENOML_ON_BEHALF_OF", "Group/550e8400-e29b-41d4-a716-446655440001")]
    [InlineData("PHENOML_FHIR_PROVIDER_TOKENS", "x y")]
    [InlineData("PHENOML_FHIR_PROVIDER_TOKENS", "a:b\r\nX: y")]
    [InlineData("PHENOML_PROVIDER_SECRETS", "/nowhere/at/all.json")]
    public void A_wrong_setting_is_named_without_its_value(string name, string value)
    {
        var problems = new List<string>();
        Composition.Configure(asked => asked == name ? value : null, problems);
        problems.ShouldHaveSingleItem().ShouldStartWith(name);
        problems[0].ShouldNotContain(value);
    }

    private async Task<string> PersonAsync() => (await SearchAsync("""
        "type":"Patient","parameters":[{"name":"family:exact","value":"Jones"},{"name":"given:exact","value":"Marissa"}]
        """)).First.GetProperty("id").GetString()!;

    private Task<ToolReply> SearchAsync(string arguments) => _client.ReplyAsync("provider_fhir_search", $$"""{"provider":"medplum",{{arguments}}}""");

    private Task<ToolReply> AskAsync(string text) => _client.ReplyAsync("search_fhir_by_text", $$"""{"provider":"medplum","text":"{{text}}"}""");

    private static string? Id(JsonElement resource) => resource.GetProperty("id").GetString();
}
