using System.Net;
using HealthMcp.Sandbox;

namespace HealthMcp.Tests.Sandbox;

public sealed class ConformantFixture : IAsyncLifetime
{
    internal SandboxClient Client { get; private set; } = null!;

    public async Task InitializeAsync() => Client = await SandboxClient.StartAsync(new SandboxOptions { Conformant = true });

    public async Task DisposeAsync() => await Client.DisposeAsync();
}

public sealed class DrCloudConformantTests(ConformantFixture fixture) : IClassFixture<ConformantFixture>
{
    private readonly SandboxClient _client = fixture.Client;

    [Fact]
    public async Task Pages_follow_their_next_links_to_the_end()
    {
        var (seen, query) = (new List<string>(), "Observation?patient.family=Milliken&_count=9");
        while (query.Length > 0)
        {
            var page = await FhirClient.GetAsync(_client, query);
            page.MediaType.ShouldBe("application/fhir+json");
            page.Object["type"]!.ToString().ShouldBe("searchset");
            seen.AddRange(page.Rows("entry").Select(entry => entry["fullUrl"]!.ToString()));
            var next = page.Rows("link").FirstOrDefault(link => link["relation"]!.ToString() == "next");
            query = next is null ? "" : "Observation" + new Uri(next["url"]!.ToString()).Query;
            ((int)page.Object["total"]!).ShouldBeGreaterThan(9);
        }

        seen.Count.ShouldBe(seen.Distinct().Count());
        seen.Count.ShouldBeGreaterThan(30);
    }

    [Fact]
    public async Task A_date_range_has_two_sides_and_a_sort()
    {
        var rows = await FhirClient.SearchAsync(_client, "Observation?code=http://loinc.org|6875-9&date=ge2020&date=lt2022&_sort=-date");
        rows.Select(row => row["effectiveDateTime"]!.ToString()).ShouldBe(["2021-09-08", "2021-03-10", "2020-10-14"]);
    }

    [Fact]
    public async Task The_system_of_a_token_counts() => (await FhirClient.SearchAsync(_client, "Observation?code=http://wrong.example|6875-9")).ShouldBeEmpty();

    [Fact]
    public async Task An_include_is_an_entry_of_its_own_mode()
    {
        var entries = (await FhirClient.GetAsync(_client, "Goal?_include=Goal:patient&patient.family=Jones")).Rows("entry");
        entries.Select(entry => entry["search"]!["mode"]!.ToString()).ShouldBe(["match", "include"]);
    }

    [Theory]
    [InlineData("Patient?birthdate=soon", HttpStatusCode.BadRequest)]
    [InlineData("Patient?_count=many", HttpStatusCode.BadRequest)]
    [InlineData("Patient/00000000-0000-4000-8000-000000000000", HttpStatusCode.NotFound)]
    public async Task Errors_are_operation_outcomes(string query, HttpStatusCode status)
    {
        var reply = await FhirClient.GetAsync(_client, query);
        (reply.Status, reply.Object["resourceType"]!.ToString()).ShouldBe((status, "OperationOutcome"));
    }

    [Fact]
    public async Task A_missing_scope_is_403() => (await FhirClient.GetAsync(_client, "Patient", "system/Goal.read")).Status.ShouldBe(HttpStatusCode.Forbidden);
}
