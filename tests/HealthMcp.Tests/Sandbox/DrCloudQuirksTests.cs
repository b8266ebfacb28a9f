using System.Net;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.DrCloud.Searching;

namespace HealthMcp.Tests.Sandbox;

public sealed class DrCloudQuirksTests(SandboxFixture fixture) : IClassFixture<SandboxFixture>
{
    private readonly SandboxClient _client = fixture.Client;

    [Fact]
    public async Task A_search_answers_a_collection_with_everything()
    {
        var bundle = (await FhirClient.GetAsync(_client, "Patient")).Object;
        bundle["type"]!.ToString().ShouldBe("collection");
        ((int)bundle["total"]!).ShouldBe(40);
        bundle["link"]!.AsArray().ShouldHaveSingleItem()!["url"]!.ToString().ShouldNotContain("?");
        bundle["entry"]![0]!.AsObject().ContainsKey("search").ShouldBeFalse();
    }

    [Fact]
    public async Task Every_type_but_appointments_can_be_searched_by_a_system()
    {
        foreach (var type in SearchParameter.Types)
        {
            var reply = await FhirClient.GetAsync(_client, type);
            reply.Status.ShouldBe(type == "Appointment" ? HttpStatusCode.Unauthorized : HttpStatusCode.OK);
            if (type != "Appointment")
            {
                reply.Rows("entry")[0]["resource"]!["resourceType"]!.ToString().ShouldBe(type);
            }
        }
    }

    [Theory]
    [InlineData("Patient?_count=2")]
    [InlineData("Patient?_sort=name")]
    [InlineData("Condition?clinical-status=active")]
    [InlineData("Condition?patient=not-a-uuid")]
    [InlineData("Observation?category=imaginary")]
    [InlineData("Observation?code=0-0")]
    [InlineData("Patient?birthdate=soon")]
    [InlineData("Patient?gender:not=male")]
    public async Task What_it_does_not_know_empties_the_answer_without_a_word(string query) => (await FhirClient.SearchAsync(_client, query)).ShouldBeEmpty();

    [Fact]
    public async Task Organizations_ignore_what_their_table_lacks() => (await FhirClient.SearchAsync(_client, "Organization?unheard=of")).Count.ShouldBe(4);

    [Fact]
    public async Task Of_repeated_dates_the_last_counts_alone()
    {
        var rows = await FhirClient.SearchAsync(_client, "Observation?code=6875-9&date=ge2023&date=le2018");
        rows.ShouldNotBeEmpty();
        rows.ShouldAllBe(row => string.CompareOrdinal(row["effectiveDateTime"]!.ToString(), "2019") < 0);
    }

    [Fact]
    public async Task The_system_of_a_token_is_ignored() =>
        (await FhirClient.SearchAsync(_client, "Observation?code=http://wrong.example|6875-9")).Count
            .ShouldBe((await FhirClient.SearchAsync(_client, "Observation?code=6875-9")).Count);

    [Fact]
    public async Task Provenance_comes_along_and_is_counted()
    {
        var (plain, more) = (await FhirClient.GetAsync(_client, "Goal"), await FhirClient.GetAsync(_client, "Goal?_revinclude=Provenance:target"));
        ((int)more.Object["total"]!).ShouldBe(2 * (int)plain.Object["total"]!);
        more.Rows("entry")[^1]["fullUrl"]!.ToString().ShouldContain("/fhir/Goal/");
    }

    [Fact]
    public async Task Strings_match_from_the_start_unless_told_otherwise()
    {
        (await FhirClient.SearchAsync(_client, "Patient?family=one")).ShouldBeEmpty();
        (await FhirClient.SearchAsync(_client, "Patient?family:contains=one")).Count.ShouldBe(3);
        (await FhirClient.SearchAsync(_client, "Patient?family:exact=Jones")).Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_search_by_post_unites_body_and_query()
    {
        var token = (await FhirClient.SignInAsync(_client, FhirClient.Assertion(_client), "system/Patient.read")).Object["access_token"]!.ToString();
        var request = SandboxClient.Bearer(new(HttpMethod.Post, new Uri(_client.At.DrCloud.FhirBase, "Patient/_search?family=Jones")), token);
        request.Content = new FormUrlEncodedContent([new("gender", "male")]);
        ((int)(await _client.SendAsync(request)).Object["total"]!).ShouldBe(2);
    }

    [Fact]
    public async Task Errors_come_in_their_several_shapes()
    {
        var bare = await _client.SendAsync(new(HttpMethod.Get, new Uri(_client.At.DrCloud.FhirBase, "Patient")));
        (bare.Status, bare.Object["error"]!.ToString()).ShouldBe((HttpStatusCode.Unauthorized, "access_denied"));
        var scope = await FhirClient.GetAsync(_client, "Patient", "system/Goal.read");
        (scope.Status, scope.Body).ShouldBe((HttpStatusCode.Unauthorized, ""));
        var malformed = await FhirClient.GetAsync(_client, "Patient/7");
        (malformed.Status, malformed.Object.ContainsKey("validationErrors")).ShouldBe((HttpStatusCode.BadRequest, true));
        var unknown = await FhirClient.GetAsync(_client, "Patient/00000000-0000-4000-8000-000000000000");
        (unknown.Status, unknown.Body).ShouldBe((HttpStatusCode.NotFound, "[]"));
        var route = await FhirClient.GetAsync(_client, "Nothing/7");
        (route.Status, route.Body).ShouldBe((HttpStatusCode.NotFound, ""));
    }

    [Fact]
    public async Task The_smart_configuration_nests_its_scopes()
    {
        var reply = await _client.SendAsync(new(HttpMethod.Get, new Uri(_client.At.DrCloud.FhirBase, ".well-known/smart-configuration")));
        reply.Object["scopes_supported"]![0].ShouldBeOfType<JsonArray>();
        reply.Object["token_endpoint"]!.ToString().ShouldBe(_client.At.DrCloud.TokenUri.ToString());
    }

    [Fact]
    public async Task The_capability_statement_lists_the_24_searchable_types()
    {
        var reply = await _client.SendAsync(new(HttpMethod.Get, new Uri(_client.At.DrCloud.FhirBase, "metadata")));
        reply.Object["rest"]![0]!["resource"]!.AsArray().Count.ShouldBe(24);
    }
}
