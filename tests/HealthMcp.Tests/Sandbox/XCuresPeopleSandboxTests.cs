using System.Net;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Sandbox;

/// <summary>Writes of xCures as the vendor documents them, the traps included. No code of the product in between.</summary>
public sealed class XCuresPeopleSandboxTests
{
    private const string V1 = "api/v1/patient-registry/subject";
    private const string V2 = "api/v2/patient-registry/subject";

    [Fact]
    public async Task A_query_starts_unless_told_otherwise_and_the_bare_array_cannot_say_so()
    {
        await using var sandbox = await SandboxClient.StartAsync();

        (await sandbox.XCuresAsync(HttpMethod.Post, V1, new JsonArray(Subject(1)))).Status.ShouldBe(HttpStatusCode.Created);
        (await sandbox.XCuresAsync(HttpMethod.Post, V2, Subject(2))).Status.ShouldBe(HttpStatusCode.Created);
        var quiet = Subject(3);
        quiet["options"] = new JsonObject { ["initiateEhrQuery"] = false };
        (await sandbox.XCuresAsync(HttpMethod.Post, V2, quiet)).Status.ShouldBe(HttpStatusCode.Created);

        foreach (var (number, expected) in new[] { (1, 1), (2, 1), (3, 0) })
            (await sandbox.XCuresAsync($"query?subjectId={Id(number)}")).Rows("results").Count.ShouldBe(expected);
    }

    [Fact]
    public async Task A_taken_id_is_a_conflict_and_a_batch_then_writes_nothing()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        await sandbox.XCuresAsync(HttpMethod.Post, V2, Subject(1));

        (await sandbox.XCuresAsync(HttpMethod.Post, V2, Subject(1))).Status.ShouldBe(HttpStatusCode.Conflict);
        (await sandbox.XCuresAsync(HttpMethod.Post, V1, new JsonArray(Subject(2), Subject(1)))).Status.ShouldBe(HttpStatusCode.Conflict);

        (await sandbox.XCuresAsync($"subject/{Id(2)}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("id", "1")]
    [InlineData("firstName", "")]
    [InlineData("birthDate", "1/2/1980")]
    [InlineData("addressState", "Ohio")]
    [InlineData("gender", "?")]
    public async Task A_malformed_subject_is_refused(string field, string value)
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var subject = Subject(1);
        subject[field] = value;

        var single = await sandbox.XCuresAsync(HttpMethod.Post, V2, subject.DeepClone());
        var batch = await sandbox.XCuresAsync(HttpMethod.Post, V1, new JsonObject { ["subjects"] = new JsonArray(subject) });

        single.Status.ShouldBe(HttpStatusCode.BadRequest);
        single.Object["title"]!.ToString().ShouldBe("Bad Request");
        batch.Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task More_than_ten_at_once_are_refused()
    {
        await using var sandbox = await SandboxClient.StartAsync();

        var many = new JsonArray([.. Enumerable.Range(1, 11).Select(Subject)]);

        (await sandbox.XCuresAsync(HttpMethod.Post, V1, many)).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task What_a_put_leaves_out_is_emptied()
    {
        await using var sandbox = await SandboxClient.StartAsync();
        var subject = Subject(1);
        subject["middleName"] = "Q";
        await sandbox.XCuresAsync(HttpMethod.Post, V2, subject);

        var put = await sandbox.XCuresAsync(HttpMethod.Put, $"{V1}/{Id(1)}", new JsonObject { ["firstName"] = "Bea", ["lastName"] = "Example" });

        put.Object["firstName"]!.ToString().ShouldBe("Bea");
        put.Object.ContainsKey("middleName").ShouldBeFalse();
        put.Object["identifier"].ShouldNotBeNull();
    }

    [Fact]
    public async Task A_query_goes_through_its_states_with_the_time_and_then_the_concepts_are_loaded()
    {
        var time = new ManualTime();
        await using var sandbox = await SandboxClient.StartAsync(new SandboxOptions { Time = time });
        await sandbox.XCuresAsync(HttpMethod.Post, V2, Subject(1));
        var id = (await sandbox.XCuresAsync($"query?subjectId={Id(1)}")).Rows("results")[0]["id"]!.ToString();
        var seen = new List<string>();

        for (var i = 0; i < 4; i++, time.Advance(TimeSpan.FromSeconds(9)))
            seen.Add((await sandbox.XCuresAsync($"query/{id}")).Object["ccdaStatus"]!.ToString());

        seen.ShouldBe(["initiated", "pending", "inProgress", "completed"]);
        (await sandbox.XCuresAsync($"subject/{Id(1)}/status/clinical-concepts")).Object["loaded"]!.GetValue<bool>().ShouldBeTrue();
    }

    private static string Id(int number) => $"7d0c2a50-3f7e-4b19-9d57-{number:000000000000}";

    private static JsonObject Subject(int number) => new() { ["id"] = Id(number), ["firstName"] = "Ann", ["lastName"] = "Example" };
}
