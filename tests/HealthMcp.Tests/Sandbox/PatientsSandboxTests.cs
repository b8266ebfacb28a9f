using System.Net;
using System.Text.Json.Nodes;

namespace HealthMcp.Tests.Sandbox;

public sealed class PatientsSandboxTests(SandboxFixture fixture) : IClassFixture<SandboxFixture>
{
    private readonly SandboxClient _client = fixture.Client;

    [Fact]
    public async Task Forty_patients_are_listed_whole()
    {
        var reply = await _client.PatientsAsync("patients?page_size=100");
        ((int)reply.Object["total"]!).ShouldBe(40);
        foreach (var row in reply.Rows("items"))
        {
            (await _client.PatientsAsync($"patients/{row["id"]}")).Object.ToJsonString().ShouldBe(row.ToJsonString());
        }
    }

    [Fact]
    public async Task The_cursor_walks_through_all_once()
    {
        var seen = new List<string>();
        var next = "patients/cursor?first=9&sort_by=date_of_birth&sort_dir=desc";
        while (next.Length > 0)
        {
            var page = (await _client.PatientsAsync(next)).Object;
            seen.AddRange(page["data"]!.AsArray().Select(row => row!["id"]!.ToString()));
            next = (bool)page["page_info"]!["has_next_page"]!
                ? "patients/cursor?first=9&sort_by=date_of_birth&sort_dir=desc&after=" + Uri.EscapeDataString(page["page_info"]!["end_cursor"]!.ToString())
                : "";
        }

        seen.Distinct().Count().ShouldBe(40);
        seen.Count.ShouldBe(40);
    }

    [Theory]
    [InlineData("patients?page=0")]
    [InlineData("patients?sort_by=ssn")]
    [InlineData("patients?dob_from=1970")]
    [InlineData("patients/cursor?after=nonsense")]
    [InlineData("patients/search?limit=no")]
    public async Task What_is_malformed_is_422_with_a_list_of_details(string query)
    {
        var reply = await _client.PatientsAsync(query);
        reply.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        reply.Rows("detail")[0]["loc"]!.AsArray()[0]!.ToString().ShouldBe("query");
    }

    [Theory]
    [InlineData("patients/00000000-0000-4000-8000-000000000000")]
    [InlineData("patients?primary_provider_uuid=00000000-0000-4000-8000-000000000000")]
    [InlineData("patients/00000000-0000-4000-8000-000000000000/vital-signs")]
    public async Task What_does_not_exist_is_404(string path) => (await _client.PatientsAsync(path)).Status.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task The_typeahead_is_compact_and_empty_without_a_query()
    {
        (await _client.PatientsAsync("patients/search")).Rows("items").ShouldBeEmpty();
        var found = (await _client.PatientsAsync("patients/search?q=rissa")).Rows("items");
        found.ShouldHaveSingleItem().ContainsKey("social_security_number").ShouldBeFalse();
    }

    [Fact]
    public async Task A_recorded_reading_has_strings_for_decimals_a_computed_bmi_and_flags()
    {
        await using var client = await SandboxClient.StartAsync();
        var id = await MarissaAsync(client);
        var reply = await client.PostPatientsAsync($"patients/{id}/vital-signs", new JsonObject
        {
            ["date_taken"] = "2025-03-04", ["bp_systolic"] = 181, ["bp_diastolic"] = 84, ["height_inches"] = 65,
            ["weight_lbs"] = 150.5, ["temperature_f"] = 99.9, ["bmi"] = 99,
        });
        reply.Status.ShouldBe(HttpStatusCode.Created);
        reply.Object["bmi"]!.ToJsonString().ShouldBe("\"25.0\"");
        reply.Object["weight_lbs"]!.ToJsonString().ShouldBe("\"150.5\"");
        ((bool)reply.Object["is_procedure_blocking"]!).ShouldBeTrue();
        reply.Rows("abnormal_flags").Select(flag => $"{flag["vital"]} {flag["severity"]}").ShouldBe(["bp_systolic critical", "temperature_f warning"]);
        (await client.PatientsAsync($"patients/{id}/vital-signs/{reply.Object["id"]}")).Object.ToJsonString().ShouldBe(reply.Object.ToJsonString());
        (await client.PatientsAsync($"patients/{id}")).Object["latest_vitals_date"]!.ToString().ShouldBe("2025-03-04");
    }

    [Theory]
    [InlineData(180, 120, 94, false)]
    [InlineData(181, 120, 94, true)]
    [InlineData(180, 121, 94, true)]
    [InlineData(180, 120, 93, true)]
    public async Task Procedures_are_blocked_beyond_the_documented_limits(int systolic, int diastolic, int saturation, bool blocked)
    {
        await using var client = await SandboxClient.StartAsync();
        var body = new JsonObject
        {
            ["date_taken"] = "2025-03-04",
            ["bp_systolic"] = systolic,
            ["bp_diastolic"] = diastolic,
            ["oxygen_saturation"] = saturation,
        };
        var reply = await client.PostPatientsAsync($"patients/{await MarissaAsync(client)}/vital-signs", body);
        ((bool)reply.Object["is_procedure_blocking"]!).ShouldBe(blocked);
    }

    [Fact]
    public async Task A_repeated_idempotency_key_is_a_conflict_and_writes_nothing()
    {
        await using var client = await SandboxClient.StartAsync();
        var id = await MarissaAsync(client);
        var before = (int)(await client.PatientsAsync($"patients/{id}/vital-signs")).Object["total"]!;
        var body = new JsonObject { ["date_taken"] = "2025-03-04", ["pulse"] = 70 };
        (await client.PostPatientsAsync($"patients/{id}/vital-signs", body, "key-1")).Status.ShouldBe(HttpStatusCode.Created);
        (await client.PostPatientsAsync($"patients/{id}/vital-signs", body, "key-1")).Status.ShouldBe(HttpStatusCode.Conflict);
        ((int)(await client.PatientsAsync($"patients/{id}/vital-signs")).Object["total"]!).ShouldBe(before + 1);
    }

    [Theory]
    [InlineData("""{"pulse":70}""", "date_taken")]
    [InlineData("""{"date_taken":"2025-03-04","pulse":"70"}""", "pulse")]
    [InlineData("""{"date_taken":"2025-03-04","pulse":70.5}""", "pulse")]
    [InlineData("""{"date_taken":"2025-03-04","oxygen_saturation":101}""", "oxygen_saturation")]
    [InlineData("""{"date_taken":"2025-03-04","provider_uuid":"me"}""", "provider_uuid")]
    public async Task A_bad_reading_names_its_field(string body, string field)
    {
        var reply = await _client.PostPatientsAsync($"patients/{await MarissaAsync(_client)}/vital-signs", JsonNode.Parse(body)!);
        reply.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        reply.Rows("detail")[0]["loc"]!.AsArray()[1]!.ToString().ShouldBe(field);
    }

    private static async Task<string> MarissaAsync(SandboxClient client) =>
        (await client.PatientsAsync("patients?search=marissa%20jones")).Rows("items").ShouldHaveSingleItem()["id"]!.ToString();
}
