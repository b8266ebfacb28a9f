using HealthMcp.Catalog;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Upstreams.Patients.People;

/// <summary>Alerts, communication, relationships, attributions, custom fields, definitions and imports.</summary>
public sealed class RelationToolsTests : IAsyncLifetime
{
    private const string Attributions = $"{PatientsHarness.One}/referral-attributions";
    private PracticeWorld _practice = null!;

    public async Task InitializeAsync() => _practice = await PracticeWorld.StartAsync();

    public async Task DisposeAsync() => await _practice.DisposeAsync();

    [Theory]
    [InlineData("link_patients", """{"patient":"<marissa>","to_patient_uuid":"<justin>","relationship_type":"merge"}""", "relationship_type")]
    [InlineData("link_patients", """{"patient":"<marissa>","to_patient_uuid":"<justin>","relationship_type":"clone"}""", "relationship_type")]
    [InlineData("link_patients", """{"patient":"<marissa>","to_patient_uuid":"<marissa>","relationship_type":"sibling"}""", "to_patient_uuid")]
    [InlineData("link_patients", """{"patient":"<marissa>","to_patient_uuid":"<justin>"}""", "relationship_type")]
    [InlineData("link_patients", """{"patient":"<marissa>"}""", "to_patient_uuid")]
    [InlineData("link_patients", """{"patient":"<marissa>","to_patient_uuid":"<justin>","relationship_type":"sibling","archive":true}""", "archive")]
    [InlineData("record_attribution", """{"patient":"<marissa>","attribution_role":"assist"}""", "referral_source_uuid")]
    [InlineData(
        "record_attribution",
        """{"patient":"<marissa>","attribution_role":"assist","referring_patient_uuid":"<justin>","provider_uuid":"x-1"}""", "referring_patient_uuid")]
    [InlineData("record_attribution", """{"patient":"<marissa>","referring_patient_uuid":"<justin>"}""", "attribution_role")]
    [InlineData("record_attribution", """{"patient":"<marissa>","attribution_role":"primary","referring_patient_uuid":"<justin>"}""", "attribution_role")]
    [InlineData("record_attribution", """{"patient":"<marissa>","attribution_uuid":"a-1","referring_patient_uuid":"<justin>"}""", "referring_patient_uuid")]
    [InlineData("set_patient_alert", """{"patient":"<marissa>"}""", "alert_uuid")]
    [InlineData("set_patient_alert", """{"patient":"<marissa>","alert_uuid":"a-1","alert_definition_uuid":"d-1"}""", "alert_uuid")]
    [InlineData("set_patient_alert", """{"patient":"<marissa>","alert_definition_uuid":"d-1","status":"archived"}""", "status")]
    [InlineData("set_patient_alert", """{"patient":"<marissa>","alert_uuids":["a-1"],"note":"x"}""", "note")]
    [InlineData("set_patient_alert", """{"patient":"<marissa>","alert_uuids":["a-1"]}""", "alert_uuids")]
    [InlineData("log_communication", """{"patient":"<marissa>","communication_datetime":"2099-01-01T00:00:00Z"}""", "communication_datetime")]
    [InlineData("log_communication", """{"patient":"<marissa>","communication_datetime":"yesterday"}""", "communication_datetime")]
    [InlineData("set_custom_fields", """{"patient":"<marissa>","field_values":[{"field_definition_uuid":"d-1"}]}""", "field_values")]
    [InlineData("set_custom_fields", """{"patient":"<marissa>","field_values":[{"field_definition_uuid":"d-1","value":"1","clear":true}]}""", "field_values")]
    [InlineData("save_definition", """{"kind":"tag","name":"VIP","field_type":"text"}""", "field_type")]
    [InlineData("save_definition", """{"kind":"field","name":"VIP"}""", "field_type")]
    [InlineData("save_definition", """{"kind":"alert","category":"VIP"}""", "name")]
    [InlineData("list_definitions", """{"kind":"tag","search":"Jones"}""", "search")]
    [InlineData("list_definitions", """{"kind":"field","category":"x"}""", "category")]
    [InlineData("check_duplicate_patients", """{"last_name":"Jones"}""", "date_of_birth")]
    [InlineData("check_duplicate_patients", """{"last_name":"Jones","email":"marissa.jones@example.com"}""", "email")]
    [InlineData("check_duplicate_patients", """{"last_name":"x","social_security_number":"987-65-4320"}""", "social_security_number")]
    [InlineData("count_patients_by_location", """{"status_set":["everyone"]}""", "status_set.0")]
    [InlineData("import_patients", """{"rows":[{"first_name":"Ada","last_name":"Byron","date_of_birth":"2099-01-01"}]}""", "rows")]
    [InlineData("import_patients", """{"rows":[{"first_name":"Ada"}]}""", "rows.0.last_name")]
    [InlineData("import_patients", """{"rows":[]}""", "rows")]
    public async Task What_cannot_be_meant_or_may_not_be_asked_is_refused_by_name(string tool, string arguments, string argument)
    {
        var reply = await _practice.CallAsync(tool, arguments);

        reply.IsError.ShouldBeTrue(reply.Text);
        var named = reply.Content.GetProperty("error").GetProperty("argument").GetString()!;
        named.Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).ShouldBe(argument);
        foreach (var value in new[] { "Jones", "987-65", "2099", "everyone" }) reply.Text.ShouldNotContain(value);
        _practice.World.Sandbox.Journal.Entries.ShouldAllBe(entry => entry.Method == "GET");
    }

    [Fact]
    public async Task A_field_with_choices_is_written_once_and_told_of()
    {
        var (_, made) = await _practice.WriteAsync(
            "save_definition", """{"kind":"field","name":"Shoe side","field_type":"dropdown","dropdown_options":["left","right"]}""");

        made.IsError.ShouldBeFalse(made.Text);
        made.Content.GetProperty("write").GetProperty("status").GetString().ShouldBe("done");
        _practice.Sent("POST /api/v1/{org_id}/patient-field-definitions").ShouldBe(1);
    }

    [Fact]
    public async Task A_second_primary_attribution_is_told_apart_from_a_stale_version()
    {
        var patients = new PatientsHarness().WithPatient();
        patients.Upstream.On("GET", Attributions, PatientsHarness.Page(1, """{"id":"a-1","attribution_role":"assist","version":3}"""));
        patients.Upstream.On("POST", Attributions, _ => ScriptedUpstream.Json("{}", 409));
        patients.Upstream.On("PATCH", $"{Attributions}/a-1", _ => ScriptedUpstream.Json("{}", 409));
        var tool = patients.Tool("record_attribution");
        var create = await ToolCalls.RunAsync<WritePlan>(
            tool, $$"""{"patient":"{{PatientsHarness.Id}}","attribution_role":"primary","provider_uuid":"p-1"}""");
        var change = await ToolCalls.RunAsync<WritePlan>(
            tool, $$"""{"patient":"{{PatientsHarness.Id}}","attribution_uuid":"a-1","attribution_role":"secondary"}""");

        var second = await Should.ThrowAsync<CallFailureException>(() => create.Execute(Guid.Empty, CancellationToken.None));
        var stale = await change.Execute(Guid.Empty, CancellationToken.None);

        second.Message.ShouldContain("primary attribution already");
        stale.Write!.Status.ShouldBe("conflict");
        stale.Notices[0].ShouldContain("somebody else");
        patients.Upstream.To(Attributions).Count(request => request.Method == "POST").ShouldBe(1);
    }

    [Fact]
    public async Task A_lost_answer_to_a_write_without_a_key_is_in_doubt_and_not_sent_again()
    {
        var given = """{"patient":"<marissa>","attribution_role":"assist","referring_patient_uuid":"<justin>"}""";
        var preview = await _practice.CallAsync("record_attribution", given);
        const string Operation = "POST /api/v1/{org_id}/patients/{patient_uuid}/referral-attributions";
        _practice.World.Sandbox.Faults.Next("patients", Operation, HealthMcp.Sandbox.Fault.AnswerLost());

        var reply = await _practice.CallAsync("record_attribution", given[..^1] + $$""","confirmation":"{{preview.Confirmation}}"}""");

        reply.ErrorCode.ShouldBe(FailureCodes.InDoubt);
        reply.Text.ShouldContain("list_patient_records");
        _practice.Sent(Operation).ShouldBe(1);
    }

    [Fact]
    public async Task An_import_is_checked_row_by_row_and_answers_row_by_row()
    {
        const string Rows = """
            {"rows":[{"first_name":"Ada","last_name":"Byron","date_of_birth":"1985-12-10"},
            {"first_name":"Marissa","last_name":"Jones","date_of_birth":"1971-06-29"}]}
            """;
        var (preview, refused) = await _practice.WriteAsync("import_patients", Rows);
        preview.Data.GetProperty("results").EnumerateArray().Select(row => row.GetProperty("status").GetString()).ShouldBe(["ready", "possible_duplicate"]);
        refused.ErrorCode.ShouldBe(FailureCodes.Conflict);
        refused.Text.ShouldContain("Rows 2");
        _practice.Sent("POST /api/v1/{org_id}/patients/bulk").ShouldBe(0);

        var (_, written) = await _practice.WriteAsync("import_patients", Rows.TrimEnd()[..^1] + ",\"despite_duplicates\":true}");

        written.IsError.ShouldBeFalse(written.Text);
        written.Data.GetProperty("created").GetInt32().ShouldBe(2);
        written.Data.GetProperty("results")[0].GetProperty("id").GetString().ShouldStartWith("pt_");
        written.Text.ShouldNotContain("Byron");
    }

    [Fact]
    public async Task Rows_that_repeat_each_other_are_named_and_nothing_is_sent()
    {
        var reply = await _practice.CallAsync("import_patients", """
            {"rows":[{"first_name":"Ada","last_name":"Byron","date_of_birth":"1985-12-10"},
            {"first_name":"ADA","last_name":" Byron","date_of_birth":"1985-12-10"}]}
            """);

        reply.ErrorCode.ShouldBe(FailureCodes.InvalidArgument);
        reply.Text.ShouldContain("rows 1 and 2");
        reply.Text.ShouldNotContain("Byron");
    }

    [Fact]
    public async Task A_note_of_the_caller_does_not_come_back_below_the_identified_level()
    {
        var (preview, written) = await _practice.WriteAsync(
            "log_communication", """{"patient":"<marissa>","communication_datetime":"2026-01-05T10:00:00Z","note":"Guess 503-555-0142 or 503-555-0199"}""");

        foreach (var text in new[] { preview.Text, written.Text }) text.ShouldNotContain("Guess");
    }

    [Fact]
    public void Read_only_drops_every_write()
    {
        using var app = _practice.World.Build(("HEALTHMCP_TOOLSETS", "patients"), ("HEALTHMCP_READ_ONLY", "true"));

        app.Tools.On.Select(tool => tool.Name).Intersect(PeopleToolTable.All.Select(row => row.Tool)).ShouldBe(
            PeopleToolTable.All.Where(row => row.Scope.EndsWith(".read", StringComparison.Ordinal)).Select(row => row.Tool), ignoreOrder: true);
    }
}
