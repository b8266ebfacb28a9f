using System.Net;
using System.Text.Json.Nodes;

namespace HealthMcp.Tests.Sandbox;

/// <summary>What the sandbox refuses as the contract says.</summary>
public sealed class PatientsPeopleSandboxTests(SandboxFixture fixture) : IClassFixture<SandboxFixture>
{
    private const string Nobody = "00000000-0000-4000-8000-000000000000";
    private readonly SandboxClient _client = fixture.Client;

    [Theory]
    [InlineData("medical-summary")]
    [InlineData("alerts")]
    [InlineData("communication-logs")]
    [InlineData("dependents")]
    [InlineData("family")]
    [InlineData("field-values")]
    [InlineData("field-values/form")]
    [InlineData("guardians")]
    [InlineData("referral-attributions")]
    [InlineData("relationships")]
    public async Task A_patient_who_is_not_there_is_404(string list) =>
        (await _client.PatientsAsync($"patients/{Nobody}/{list}")).Status.ShouldBe(HttpStatusCode.NotFound);

    [Theory]
    [InlineData("patients/counts/by-location?status_set=everyone")]
    [InlineData("patients/counts/by-location?date_from=2024")]
    [InlineData("patients/cursor?after=WyJhIl0=")]
    [InlineData("patients/cursor?after=e30=")]
    [InlineData("patient-tag-definitions?page=0")]
    public async Task What_is_malformed_is_422(string query) => (await _client.PatientsAsync(query)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);

    [Fact]
    public async Task The_cursor_goes_on_where_its_row_stood_although_the_row_is_not_in_the_list()
    {
        var all = (await _client.PatientsAsync("patients/cursor?first=40&sort_by=last_name")).Object["data"]!.AsArray();
        var tenth = all[9]!["last_name"]!.ToString();
        var cursor = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"[\"{tenth}\",\"ffffffff-0000-4000-8000-000000000000\"]"));

        var rest = (await _client.PatientsAsync($"patients/cursor?first=40&sort_by=last_name&after={Uri.EscapeDataString(cursor)}")).Object["data"]!.AsArray();

        rest.Select(row => row!["last_name"]!.ToString()).ShouldBe(all.Select(row => row!["last_name"]!.ToString()).Where(name =>
            StringComparer.OrdinalIgnoreCase.Compare(name, tenth) > 0));
    }

    [Theory]
    [InlineData("patients", "{}", 422)]
    [InlineData("patients", """{"first_name":"Ada","last_name":"Byron","gender":"F"}""", 422)]
    [InlineData("patients", """{"first_name":"Ada","last_name":"Byron","email":"none"}""", 422)]
    [InlineData("patients", """{"first_name":"Ada","last_name":"Byron","location_uuid":"00000000-0000-4000-8000-000000000000"}""", 404)]
    [InlineData("patients", """{"first_name":"Ada","last_name":"Byron","chart_number":"MRN-204817"}""", 409)]
    [InlineData("patients/check-duplicates", """{"date_of_birth":"1971-06-29"}""", 422)]
    [InlineData("patients/bulk", """{"rows":"all"}""", 422)]
    [InlineData("patients/{id}/transition-status", """{"base_version":1,"new_status":"prospective"}""", 422)]
    [InlineData("patients/{id}/transition-status", """{"base_version":9,"new_status":"inactive"}""", 409)]
    [InlineData("patients/{id}/restore", "{}", 422)]
    [InlineData("patients/{id}/alerts", """{"alert_definition_uuid":"00000000-0000-4000-8000-000000000000"}""", 404)]
    [InlineData("patients/{id}/alerts", """{"alert_definition_uuid":"fall-risk"}""", 422)]
    [InlineData("patients/{id}/alerts/bulk-dismiss", """{"alert_uuids":["00000000-0000-4000-8000-000000000000"]}""", 404)]
    [InlineData("patients/{id}/communication-logs", """{"communication_datetime":"2026-01-05"}""", 422)]
    [InlineData("patients/{id}/relationships", """{"relationship_type":"friend","to_patient_uuid":"00000000-0000-4000-8000-000000000000"}""", 422)]
    [InlineData("patients/{id}/referral-attributions", """{"attribution_role":"assist"}""", 422)]
    [InlineData("patient-field-definitions", """{"name":"Pharmacy"}""", 422)]
    [InlineData("patient-alert-definitions", """{"name":"Falls","default_scope":"world"}""", 422)]
    public async Task What_may_not_be_written_is_refused_with_the_contracts_status(string path, string body, int status)
    {
        var id = (await _client.PatientsAsync("patients/search?q=MRN-204817")).Rows("items")[0]["id"]!.ToString();

        var reply = await _client.PostPatientsAsync(path.Replace("{id}", id, StringComparison.Ordinal), JsonNode.Parse(body)!);

        ((int)reply.Status).ShouldBe(status);
        reply.Rows("detail").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_used_key_is_a_conflict_and_writes_nothing()
    {
        await using var client = await SandboxClient.StartAsync();
        var ada = JsonNode.Parse("""{"first_name":"Ada","last_name":"Byron"}""")!;

        (await client.PostPatientsAsync("patients", ada.DeepClone(), "key-1")).Status.ShouldBe(HttpStatusCode.Created);
        (await client.PostPatientsAsync("patients", ada.DeepClone(), "key-1")).Status.ShouldBe(HttpStatusCode.Conflict);

        ((int)(await client.PatientsAsync("patients/search?q=Byron")).Object["total"]!).ShouldBe(1);
    }
}
