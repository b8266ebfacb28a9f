using HealthMcp.Catalog;
using HealthMcp.Tests.Support;
using static HealthMcp.Tests.Support.ToolCalls;

namespace HealthMcp.Tests.Upstreams.Patients.People;

/// <summary>A confirmation is for the possible duplicates that the preview showed, and what was stored is not called refused.</summary>
public sealed class DuplicateBindingTests
{
    private const string Check = $"{PatientsHarness.List}/check-duplicates";
    private const string Typeahead = $"{PatientsHarness.List}/search";

    [Theory]
    [InlineData("import_patients", """{"rows":[{"first_name":"Ann","last_name":"Sample","date_of_birth":"1980-01-02"}],"despite_duplicates":true}""")]
    [InlineData("create_patient", """{"first_name":"Ann","last_name":"Sample","date_of_birth":"1980-01-02","despite_duplicates":true}""")]
    public async Task A_duplicate_that_appears_after_the_preview_makes_another_plan_of_it(string name, string arguments)
    {
        var patients = new PatientsHarness();
        patients.Upstream.Once("POST", Check, _ => ScriptedUpstream.Json("""{"items":[]}"""));
        patients.Upstream.On("POST", Check, """{"items":[{"id":"p-1","first_name":"Ann","last_name":"Sample","date_of_birth":"1980-01-02"}]}""");

        var before = await RunAsync<WritePlan>(patients.Tool(name), arguments);
        var after = await RunAsync<WritePlan>(patients.Tool(name), arguments);

        after.RecordVersion.ShouldNotBe(before.RecordVersion);
        after.Warnings.ShouldNotBeEmpty();
    }

    // Why a row failed is said in the API's own words, which may name somebody else.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_reasons_of_an_import_are_for_those_who_see_names(bool shown)
    {
        var patients = new PatientsHarness();
        patients.Upstream.On("POST", Check, """{"items":[]}""");
        patients.Upstream.On("POST", $"{PatientsHarness.List}/bulk", """
            {"created":0,"failed":1,"total":1,"results":[
            {"row":1,"status":"failed","message":"Same as Zorblatt Quux","error":"Zorblatt","errors":["Zorblatt"]}]}
            """);
        var tool = patients.Tool("import_patients");
        var plan = await RunAsync<WritePlan>(
            tool, """{"rows":[{"first_name":"Ann","last_name":"Sample","date_of_birth":"1980-01-02"}]}""",
            Context(tool, shown ? Level.Identified : Level.Limited));

        var row = System.Text.Encoding.UTF8.GetString((await plan.Execute(Guid.Empty, default)).Sections[0].Rows[0].Span);

        row.Contains("Zorblatt", StringComparison.Ordinal).ShouldBe(shown);
        row.ShouldContain("failed");
    }

    // The first attempt was stored and its answer lost; the API wrote the phone its own way, so that the record is not recognised by its values.
    [Fact]
    public async Task A_record_that_holds_the_chart_number_and_is_ours_is_not_called_another_patients()
    {
        var patients = new PatientsHarness();
        const string Stored = """{"id":"p-9","first_name":"Ann","last_name":"Sample","chart_number":"C-1","mobile_phone":"+15035550100","""
            + "\"created_at\":\"2026-03-10T12:00:00Z\"}";
        patients.Upstream.Once("GET", Typeahead, _ => ScriptedUpstream.Json("""{"items":[]}"""));
        patients.Upstream.On("GET", Typeahead, $$"""{"items":[{{Stored}}]}""");
        patients.Upstream.On("GET", PatientsHarness.List, PatientsHarness.Page(1, Stored));
        patients.Upstream.Once("POST", PatientsHarness.List, _ => ScriptedUpstream.Json("{}", 503));
        patients.Upstream.On("POST", PatientsHarness.List, _ => ScriptedUpstream.Json("{}", 409));
        var plan = await RunAsync<WritePlan>(
            patients.Tool("create_patient"), """{"first_name":"Ann","last_name":"Sample","chart_number":"C-1","mobile_phone":"503-555-0100"}""");

        var failure = await Should.ThrowAsync<CallFailureException>(() => plan.Execute(Guid.Empty, default));

        failure.Message.ShouldNotContain("nothing was registered");
        failure.Code.ShouldBe(FailureCodes.InDoubt);
        failure.Message.ShouldContain("before you have looked");
    }
}
