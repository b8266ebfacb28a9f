using HealthMcp.Catalog;

namespace HealthMcp.Tests.Upstreams.Patients.People;

/// <summary>list_patient_records.</summary>
public sealed class RecordToolsTests : IAsyncLifetime
{
    private PracticeWorld _practice = null!;

    public async Task InitializeAsync() => _practice = await PracticeWorld.StartAsync();

    public async Task DisposeAsync() => await _practice.DisposeAsync();

    [Theory]
    [InlineData("alerts", 2)]
    [InlineData("allergies", 2)]
    [InlineData("communication-logs", 3)]
    [InlineData("dependents", 1)]
    [InlineData("family", 0)]
    [InlineData("field-form", 3)]
    [InlineData("field-values", 2)]
    [InlineData("guardians", 0)]
    [InlineData("referral-attributions", 1)]
    [InlineData("relationships", 2)]
    [InlineData("vital-signs", 6)]
    public async Task Every_kind_is_read_and_an_empty_one_says_what_was_searched(string kind, int rows)
    {
        var reply = await _practice.CallAsync("list_patient_records", $$"""{"patient":"<marissa>","kind":"{{kind}}","max_bytes":262144}""");

        reply.IsError.ShouldBeFalse(reply.Text);
        reply.Data.GetArrayLength().ShouldBe(rows, reply.Text);
        foreach (var value in new[] { "Jones", "Marissa", "503-555", "Daniel", "Alder" }) reply.Text.ShouldNotContain(value);
        if (rows == 0) reply.Notices[0].ShouldContain($"Searched: {kind} of one patient in sandbox Patients, without a filter");
    }

    [Theory]
    [InlineData("medications", "\"status\":\"active\"", "status")]
    [InlineData("family", "\"date_from\":\"2024-01-01\"", "date_from")]
    [InlineData("alerts", "\"mode\":\"phone\"", "mode")]
    [InlineData("vital-signs", "\"is_active\":true", "is_active")]
    [InlineData("communication-logs", "\"q\":\"Jon\"", "q")]
    [InlineData("communication-logs", "\"mode\":\"pigeon\"", "mode")]
    [InlineData("secrets", "\"mode\":\"phone\"", "kind")]
    public async Task A_filter_of_another_kind_or_on_what_is_withheld_is_refused(string kind, string filter, string argument)
    {
        var reply = await _practice.CallAsync("list_patient_records", $$"""{"patient":"<marissa>","kind":"{{kind}}",{{filter}}}""");

        reply.Content.GetProperty("error").GetProperty("argument").GetString().ShouldBe(argument);
        reply.Text.ShouldNotContain("Jon");
    }

    [Fact]
    public async Task What_the_patients_own_record_says_is_withheld_from_notes_though_nobody_has_read_it_before()
    {
        await using var world = await Support.World.StartAsync(("HEALTHMCP_TOOLSETS", "patients"));
        var id = HealthMcp.Sandbox.Data.Person.All[0].PracticeId;

        foreach (var kind in new[] { "field-values", "alerts", "communication-logs" })
        {
            var reply = await world.CallAsync("list_patient_records", $$"""{"patient":"{{id}}","kind":"{{kind}}"}""");
            foreach (var value in new[] { "Alder", "Portland", "Marissa", "Daniel", "503-555" }) reply.Text.ShouldNotContain(value);
        }
    }

    [Fact]
    public async Task Dates_are_widened_to_years_where_days_are_withheld()
    {
        await _practice.CallAsync("list_patient_records", """{"patient":"<marissa>","kind":"vital-signs","date_from":"2022-06-15","date_to":"2022-06-16"}""");

        var asked = _practice.World.Sandbox.Journal.Of("patients", "GET /api/v1/{org_id}/patients/{patient_uuid}/vital-signs")[^1].PathAndQuery;
        asked.ShouldContain("date_from=2022-01-01");
        asked.ShouldContain("date_to=2022-12-31");
    }

    [Fact]
    public async Task Each_entry_comes_once_while_others_are_logged()
    {
        await using var practice = await PracticeWorld.IdentifiedAsync();
        for (var day = 10; day < 30; day++) await LogAsync(practice, $"2025-03-{day}");
        const string Arguments = """{"patient":"<marissa>","kind":"communication-logs","fields":["id","mode"],"max_bytes":1100}""";
        var seen = new List<string>();
        var page = await practice.CallAsync("list_patient_records", Arguments);
        for (var step = 0; ; step++)
        {
            page.IsError.ShouldBeFalse(page.Text);
            seen.AddRange(page.Data.EnumerateArray().Select(row => row.GetProperty("id").GetString()!));
            if (!page.Content.GetProperty("page").TryGetProperty("cursor", out var cursor)) break;

            // Newest first: each new entry pushes all that was given already.
            if (step < 15) await LogAsync(practice, $"2026-03-{step + 10}");
            page = await practice.CallAsync("list_patient_records", Arguments[..^1] + $$""","cursor":"{{cursor.GetString()}}"}""");
        }

        seen.ShouldBeUnique();
        seen.Count.ShouldBeGreaterThanOrEqualTo(23);
    }

    [Fact]
    public async Task A_row_that_moves_to_the_next_page_of_the_system_is_given_once()
    {
        var patients = new PatientsHarness();
        string Row(int number) => $$"""{"id":"row-{{number}}","mode":"phone"}""";
        patients.WithPatient();
        patients.Upstream.On("GET", $"{PatientsHarness.One}/communication-logs", request => Support.ScriptedUpstream.Json(request.Get("page") == "1"
            ? PatientsHarness.Page(150, [.. Enumerable.Range(1, 100).Select(Row)])
            : PatientsHarness.Page(151, [.. Enumerable.Range(100, 51).Select(Row)])));

        var result = await Support.ToolCalls.RunAsync<UpstreamResult>(
            patients.Tool("list_patient_records"), $$"""{"patient":"{{PatientsHarness.Id}}","kind":"communication-logs"}""");

        result.Sections[0].Rows.Count.ShouldBe(150);
    }

    private static async Task LogAsync(PracticeWorld practice, string day)
    {
        practice.Time.Advance(TimeSpan.FromMinutes(1));
        var logged = await practice.CallAsync("log_communication", $$"""{"patient":"<marissa>","communication_datetime":"{{day}}T10:00:00Z","mode":"fax"}""");
        logged.IsError.ShouldBeFalse(logged.Text);
    }
}
