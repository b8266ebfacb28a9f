using HealthMcp.Catalog;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Upstreams.Patients.People;

/// <summary>Writes about people: what is refused before it is sent, and conflicts told apart.</summary>
public sealed class WritingToolsTests
{
    private const string Create = "POST /api/v1/{org_id}/patients";

    [Fact]
    public async Task Somebody_who_may_be_registered_is_not_registered_again_until_a_person_has_looked()
    {
        await using var practice = await PracticeWorld.StartAsync();
        const string Twin = """{"first_name":"Mary","last_name":"Jones","date_of_birth":"1971-06-29"}""";

        var refused = await practice.CallAsync("create_patient", Twin);
        var (preview, written) = await practice.WriteAsync("create_patient", Twin[..^1] + ",\"despite_duplicates\":true}");

        refused.ErrorCode.ShouldBe(FailureCodes.Conflict);
        refused.Content.GetProperty("error").GetProperty("argument").GetString().ShouldBe("despite_duplicates");
        preview.Content.GetProperty("write").GetProperty("warnings").GetArrayLength().ShouldBe(1);
        written.Notices.ShouldContain(notice => notice.Contains("potential_duplicates", StringComparison.Ordinal));
        practice.Sent(Create).ShouldBe(1);
    }

    [Fact]
    public async Task A_chart_number_that_is_taken_is_refused_before_anything_is_sent()
    {
        await using var practice = await PracticeWorld.StartAsync();

        var reply = await practice.CallAsync("create_patient", """{"first_name":"Ada","last_name":"Byron","chart_number":"MRN-204817"}""");

        reply.ErrorCode.ShouldBe(FailureCodes.Conflict);
        reply.Content.GetProperty("error").GetProperty("argument").GetString().ShouldBe("chart_number");
        practice.Sent(Create).ShouldBe(0);
    }

    [Theory]
    [InlineData(true, "chart_number")]
    [InlineData(false, "already made")]
    public async Task A_taken_chart_number_and_a_used_key_are_told_apart(bool taken, string said)
    {
        var patients = new PatientsHarness();
        var asked = 0;
        patients.Upstream.On("GET", $"{PatientsHarness.List}/search", _ => ScriptedUpstream.Json(taken && asked++ > 0
            ? """{"items":[{"id":"p-9","chart_number":"C-1"}],"total":1}"""
            : """{"items":[],"total":0}"""));
        patients.Upstream.On("POST", $"{PatientsHarness.List}/check-duplicates", """{"items":[],"total":0}""");
        patients.Upstream.On("POST", PatientsHarness.List, _ => ScriptedUpstream.Json("""{"detail":[{"msg":"Marissa"}]}""", 409));
        patients.Upstream.On("GET", PatientsHarness.List, PatientsHarness.Page(0));
        var plan = await ToolCalls.RunAsync<WritePlan>(
            patients.Tool("create_patient"), """{"first_name":"Ada","last_name":"Byron","date_of_birth":"1985-12-10","chart_number":"C-1"}""");

        var failure = await Should.ThrowAsync<CallFailureException>(() => plan.Execute(Guid.Empty, CancellationToken.None));

        failure.Code.ShouldBe(FailureCodes.Conflict);
        failure.Message.ShouldContain(said);
        failure.Message.ShouldNotContain("Marissa");
        patients.Upstream.To(PatientsHarness.List).Count(request => request.Method == "POST").ShouldBe(1);
    }

    [Fact]
    public async Task A_lost_answer_does_not_register_twice()
    {
        await using var practice = await PracticeWorld.StartAsync();
        const string Ada = """{"first_name":"Ada","last_name":"Byron","date_of_birth":"1985-12-10"}""";
        var preview = await practice.CallAsync("create_patient", Ada);
        practice.World.Sandbox.Faults.Next("patients", Create, HealthMcp.Sandbox.Fault.AnswerLost());

        var written = await practice.CallAsync("create_patient", Ada[..^1] + $$""","confirmation":"{{preview.Confirmation}}"}""");

        written.Content.GetProperty("write").GetProperty("status").GetString().ShouldBe("already_written");
        var found = await practice.CallAsync("search_patients", """{"first_name":"Ada","last_name":"Byron"}""");
        found.Data.GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Somebody_elses_change_is_shown_and_not_overwritten()
    {
        var patients = new PatientsHarness();
        var version = 1;
        patients.Upstream.On("GET", PatientsHarness.One, _ => ScriptedUpstream.Json(
            $$"""{"id":"{{PatientsHarness.Id}}","first_name":"Marissa","pronoun":"{{(version == 1 ? "other" : "they_them")}}","version":{{version}}}"""));
        patients.Upstream.On("PATCH", PatientsHarness.One, _ =>
        {
            version = 2;
            return ScriptedUpstream.Json("{}", 409);
        });
        var plan = await ToolCalls.RunAsync<WritePlan>(patients.Tool("update_patient"), $$"""{"patient":"{{PatientsHarness.Id}}","pronoun":"she_her"}""");

        var result = await plan.Execute(Guid.Empty, CancellationToken.None);

        result.Write!.Status.ShouldBe("conflict");
        result.Notices[0].ShouldContain("pronoun");
        plan.RecordVersion.ShouldBe("1");
    }

    [Theory]
    [InlineData("""{"date_of_birth":"2099-01-01"}""", "date_of_birth")]
    [InlineData("""{"email":"nobody"}""", "email")]
    [InlineData("""{"city":"   "}""", "city")]
    [InlineData("""{"gender":"F"}""", "gender")]
    [InlineData("""{"base_version":3}""", "")]
    [InlineData("""{"status":"deceased"}""", "")]
    [InlineData("{}", "")]
    public async Task An_update_that_cannot_be_meant_is_refused(string fields, string argument)
    {
        var arguments = fields == "{}" ? "" : "," + fields[1..^1];
        await using var world = await World.StartAsync(("HEALTHMCP_TOOLSETS", "patients"));

        var reply = await world.CallAsync("update_patient", $$"""{"patient":"{{PatientsHarness.Id}}"{{arguments}}}""");

        reply.ErrorCode.ShouldBe(FailureCodes.InvalidArgument);
        if (argument.Length > 0) reply.Content.GetProperty("error").GetProperty("argument").GetString().ShouldBe(argument);
        world.Sandbox.Journal.Entries.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("active", "inactive", true)]
    [InlineData("active", "deceased", true)]
    [InlineData("active", "archived", true)]
    [InlineData("active", "active", false)]
    [InlineData("inactive", "active", true)]
    [InlineData("inactive", "deceased", false)]
    [InlineData("prospective", "active", true)]
    [InlineData("prospective", "inactive", false)]
    [InlineData("deceased", "active", false)]
    [InlineData("deceased", "archived", true)]
    [InlineData("archived", "inactive", true)]
    [InlineData("archived", "active", false)]
    [InlineData("strange", "active", false)]
    public async Task A_status_changes_only_where_the_contract_lets_it(string from, string to, bool possible)
    {
        var patients = new PatientsHarness().WithPatient(from);
        var arguments = $$"""{"patient":"{{PatientsHarness.Id}}","new_status":"{{to}}"}""";

        if (possible) (await ToolCalls.RunAsync<WritePlan>(patients.Tool("change_patient_status"), arguments)).Says.ShouldContain($"from {from} to {to}");
        else (await ToolCalls.FailAsync(patients.Tool("change_patient_status"), arguments)).Argument.ShouldBe("new_status");
        patients.Upstream.Sent.ShouldAllBe(request => request.Method == "GET");
    }

    [Fact]
    public async Task A_patient_goes_and_comes_back()
    {
        await using var practice = await PracticeWorld.StartAsync();
        foreach (var status in new[] { "inactive", "archived", "inactive", "active", "deceased" })
        {
            var (_, written) = await practice.WriteAsync("change_patient_status", $$"""{"patient":"<justin>","new_status":"{{status}}"}""");
            written.Content.GetProperty("write").GetProperty("verified").GetBoolean().ShouldBeTrue($"{status}: {written.Text}");
            written.Data.GetProperty("after").GetProperty("status").GetString().ShouldBe(status);
        }
    }

    [Fact]
    public async Task A_guarantor_is_not_archived_and_the_reason_is_told()
    {
        await using var practice = await PracticeWorld.IdentifiedAsync();
        var guarantor = (await practice.CallAsync("search_patients", """{"chart_number":"MRN-500117"}""")).Data[0].GetProperty("id").GetString();

        var reply = await practice.CallAsync("change_patient_status", $$"""{"patient":"{{guarantor}}","new_status":"archived"}""");

        reply.ErrorCode.ShouldBe(FailureCodes.Conflict);
        reply.Text.ShouldContain("guarantor");
    }
}
