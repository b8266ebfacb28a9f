using System.Net;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox;
using HealthMcp.Sandbox.XCures;

namespace HealthMcp.Tests.Sandbox;

public sealed class XCuresSandboxTests(SandboxFixture fixture) : IClassFixture<SandboxFixture>
{
    private readonly SandboxClient _client = fixture.Client;

    public static TheoryData<string> Kinds => [.. ConceptKind.Members.Keys];

    [Fact]
    public async Task A_token_answer_has_two_members_only()
    {
        var at = _client.At.XCures;
        var reply = await _client.PostAsync(
            new Uri(at.BaseUri, "oauth/token"),
            new JsonObject { ["client_id"] = at.ClientId, ["client_secret"] = at.ClientSecret, ["grant_type"] = "client_credentials" });
        reply.Object.Select(member => member.Key).ShouldBe(["access_token", "token_type"]);
    }

    [Fact]
    public async Task A_wrong_secret_is_refused() =>
        (await _client.PostAsync(
            new Uri(_client.At.XCures.BaseUri, "oauth/token"),
            new JsonObject { ["client_id"] = _client.At.XCures.ClientId, ["client_secret"] = "x", ["grant_type"] = "client_credentials" }))
            .Status.ShouldBe(HttpStatusCode.Unauthorized);

    [Fact]
    public async Task A_missing_project_is_401()
    {
        var at = _client.At.XCures;
        var token = (await _client.PostAsync(
            new Uri(at.BaseUri, "oauth/token"),
            new JsonObject { ["client_id"] = at.ClientId, ["client_secret"] = at.ClientSecret, ["grant_type"] = "client_credentials" })).Object["access_token"]!
            .ToString();
        var uri = new Uri(at.BaseUri, "api/v1/patient-registry/");
        (await _client.SendAsync(SandboxClient.Bearer(new(HttpMethod.Get, new Uri(uri, "subject")), token))).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await _client.SendAsync(SandboxClient.Bearer(new(HttpMethod.Get, new Uri(uri, "project")), token))).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("firstName=MARISSA", 1)]
    [InlineData("lastName=garcia", 2)]
    [InlineData("birthDate=1968-05-28", 1)]
    [InlineData("birthDateStart=2000-01-01&birthDateEnd=2000-12-31", 1)]
    [InlineData("labels=demo&labels=unheard-of", 3)]
    [InlineData("externalIdentifiers=MRN-204817", 1)]
    [InlineData("additionalNames=rissa", 1)]
    [InlineData("totalQueries=1", 3)]
    [InlineData("deleted=true", 1)]
    [InlineData("viewId=any", 0)]
    public async Task Subjects_are_found_by(string filter, int count) =>
        (int.Parse((await _client.XCuresAsync("subject?" + filter)).Object["totalCount"]!.ToString())).ShouldBe(count);

    [Fact]
    public async Task Pages_of_subjects_do_not_overlap_and_count_all()
    {
        var first = await _client.XCuresAsync("subject?pageSize=20&sortField=lastName");
        var second = await _client.XCuresAsync("subject?pageSize=20&sortField=lastName&pageNumber=2");
        var ids = first.Rows("results").Concat(second.Rows("results")).Select(row => row["id"]!.ToString()).ToList();
        ids.Distinct().Count().ShouldBe(ids.Count);
        ids.Count.ShouldBe((int)first.Object["totalCount"]!);
    }

    [Theory]
    [InlineData("subject?pageNumber=0")]
    [InlineData("subject?birthDate=yesterday")]
    [InlineData("clinical-concepts/lab")]
    [InlineData("clinical-concepts/lab?subjectId=7")]
    [InlineData("clinical-concepts/lab?subjectId=00000000-0000-4000-8000-000000000000&sortField=name")]
    public async Task What_is_malformed_is_400(string query) => (await _client.XCuresAsync(query)).Status.ShouldBe(HttpStatusCode.BadRequest);

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Every_kind_lists_the_rows_that_its_get_answers(string kind)
    {
        foreach (var name in new[] { "Marissa", "Justin", "Helen" })
        {
            var subject = await SubjectAsync(name);
            var rows = (await _client.XCuresAsync($"clinical-concepts/{kind}?subjectId={subject}&pageSize=500")).Rows("results");
            rows.ShouldNotBeEmpty();
            var single = await _client.XCuresAsync($"clinical-concepts/{kind}/{rows[0]["id"]}?subjectId={subject}");
            single.Object.ToJsonString().ShouldBe(rows[0].ToJsonString());
        }
    }

    [Fact]
    public async Task Labs_narrow_by_code_system_and_period()
    {
        var subject = await SubjectAsync("Marissa");
        var rows = (await _client.XCuresAsync(
            $"clinical-concepts/lab?subjectId={subject}&code=6875-9&codeSystem=http://loinc.org&dateStart=2023-01-01&dateEnd=2023-12-31&sortField=date&sortIsDescending=true"))
            .Rows("results");
        rows.Select(row => row["labDate"]!.ToString()).ShouldBe(["2023-08-16", "2023-02-13"]);
        (await _client.XCuresAsync($"clinical-concepts/lab?subjectId={subject}&code=6875-9&codeSystem=http://snomed.info/sct")).Rows("results").ShouldBeEmpty();
    }

    [Fact]
    public async Task By_score_the_least_relevant_comes_first_unless_turned_round()
    {
        var query = $"clinical-concepts/condition?subjectId={await SubjectAsync("Marissa")}&searchTerm=secondary%20bone";
        var ascending = (await _client.XCuresAsync(query)).Rows("results");
        var descending = (await _client.XCuresAsync(query + "&sortIsDescending=true")).Rows("results");
        ascending[^1]["conditionName"]!.ToString().ShouldContain("bone");
        descending[0]["conditionName"]!.ToString().ShouldContain("bone");
    }

    [Fact]
    public async Task A_concept_of_another_subject_is_404()
    {
        var row = (await _client.XCuresAsync($"clinical-concepts/lab?subjectId={await SubjectAsync("Marissa")}")).Rows("results")[0];
        (await _client.XCuresAsync($"clinical-concepts/lab/{row["id"]}?subjectId={await SubjectAsync("Justin")}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Only_charted_subjects_have_their_concepts_loaded()
    {
        ((bool)(await _client.XCuresAsync($"subject/{await SubjectAsync("Helen")}/status/clinical-concepts")).Object["loaded"]!).ShouldBeTrue();
        ((bool)(await _client.XCuresAsync($"subject/{await SubjectAsync("Priya")}/status/clinical-concepts")).Object["loaded"]!).ShouldBeFalse();
    }

    [Fact]
    public async Task An_expired_token_is_401()
    {
        await using var client = await SandboxClient.StartAsync(new SandboxOptions { TokenLifetime = TimeSpan.Zero });
        (await client.XCuresAsync("subject")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        client.Server.Journal.Of("xcures", "POST /oauth/token").Count.ShouldBe(1);
    }

    private async Task<string> SubjectAsync(string firstName) =>
        (await _client.XCuresAsync("subject?firstName=" + firstName)).Rows("results")[0]["id"]!.ToString();
}
