using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.DrCloud;

namespace HealthMcp.Tests.Sandbox;

public sealed class SandboxDataTests(SandboxFixture fixture) : IClassFixture<SandboxFixture>
{
    private readonly SandboxClient _client = fixture.Client;

    [Fact]
    public async Task Two_starts_have_the_same_records_and_credentials()
    {
        await using var other = await SandboxClient.StartAsync();
        other.At.XCures.ShouldBe(_client.At.XCures with { BaseUri = other.At.XCures.BaseUri });
        (await other.XCuresAsync("subject")).Body.ShouldBe((await _client.XCuresAsync("subject")).Body);
        (await other.PatientsAsync("patients")).Body.ShouldBe((await _client.PatientsAsync("patients")).Body);
    }

    [Fact]
    public void References_within_the_chart_lead_somewhere()
    {
        var store = FhirStore.Instance.Value;
        var texts = store.All.Select(resource => resource.ToJsonString()).ToList();
        var references = texts.SelectMany(text => text.Split("\"reference\":\"").Skip(1).Select(rest => rest[..rest.IndexOf('"', StringComparison.Ordinal)]))
            .Distinct();
        references.Where(reference => store.Find(reference) is null).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Marissa Jones", "name")]
    [InlineData("Emily Jones", "name")]
    [InlineData("503-555-0145", "phone")]
    [InlineData("marissa.jones@example.com", "email")]
    [InlineData("1971-06-29", "date")]
    [InlineData("6/29/1971", "date")]
    [InlineData("987-65-4320", "ssn")]
    [InlineData("MRN-204817", "record-number")]
    [InlineData("418 Alder Street", "address")]
    [InlineData("NSM-88120417", "account")]
    [InlineData("Okonkwo", "name-part")]
    [InlineData("https://portal.willamette-cancer.example.org/studies/88213", "url")]
    public void What_was_planted_is_listed(string value, string kind) => PlantedIdentifiers.All.ShouldContain((value, kind));

    [Fact]
    public void Everyone_who_is_mentioned_stands_in_some_record()
    {
        var charts = string.Join('\n', Person.Charted.SelectMany(Chart.Of).SelectMany(line => line.Fields.Values));
        PlantedIdentifiers.All.Count(planted => charts.Contains(planted.Value, StringComparison.Ordinal)).ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task Every_record_id_and_visit_date_is_listed()
    {
        var planted = PlantedIdentifiers.All.Select(found => found.Value).ToHashSet(StringComparer.Ordinal);
        foreach (var row in (await _client.PatientsAsync("patients?page_size=100")).Rows("items"))
        {
            planted.ShouldContain(row["id"]!.ToString());
            planted.ShouldContain(row["latest_vitals_date"]!.ToString());
        }
    }

    [Fact]
    public async Task The_journal_tells_what_was_sent()
    {
        await using var client = await SandboxClient.StartAsync();
        await client.PatientsAsync("patients/search?q=jones");
        var entry = client.Server.Journal.Entries.ShouldHaveSingleItem();
        (entry.System, entry.Operation, entry.Status).ShouldBe(("patients", "GET /api/v1/{org_id}/patients/search", 200));
        entry.PathAndQuery.ShouldEndWith("?q=jones");
        entry.Headers.Keys.ShouldContain("Authorization");
    }
}
