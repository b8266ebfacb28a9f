using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox;

namespace HealthMcp.Tests.Sandbox;

public sealed class FaultTests
{
    private const string Subjects = "GET /api/v1/patient-registry/subject";

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(422)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_status_is_answered_as_often_as_asked_for_with_the_canary(int status)
    {
        await using var client = await SandboxClient.StartAsync();
        foreach (var system in new[] { "xcures", "patients", "phenoml", "drcloud" })
        {
            client.Server.Faults.Next(system, "*", Fault.Status(status), times: 2);
            foreach (var _ in new[] { 1, 2 })
            {
                var reply = await AskAsync(client, system);
                ((int)reply.Status).ShouldBe(status);
                reply.Body.ShouldContain(FaultPlan.Canary);
            }

            (await AskAsync(client, system)).Status.ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task Retry_after_is_sent_when_asked_for()
    {
        await using var client = await SandboxClient.StartAsync();
        client.Server.Faults.Next("xcures", Subjects, Fault.Status(429, TimeSpan.FromSeconds(7)));
        client.Server.Faults.Next("xcures", Subjects, Fault.Status(429));
        (await client.XCuresAsync("subject")).Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(7));
        (await client.XCuresAsync("subject")).Headers.RetryAfter.ShouldBeNull();
    }

    [Fact]
    public async Task Bodies_can_be_wrong_in_several_ways()
    {
        await using var client = await SandboxClient.StartAsync();
        client.Server.Faults.Next("xcures", Subjects, Fault.HtmlErrorPage());
        client.Server.Faults.Next("xcures", Subjects, Fault.TruncatedJson());
        client.Server.Faults.Next("xcures", Subjects, Fault.WrongContentType());
        client.Server.Faults.Next("xcures", Subjects, Fault.ErrorBodyWithSuccess());
        client.Server.Faults.Next("xcures", Subjects, Fault.Oversized(1_000_000));
        (await client.XCuresAsync("subject")).MediaType.ShouldBe("text/html");
        var truncated = await client.XCuresAsync("subject");
        Should.Throw<JsonException>(() => JsonNode.Parse(truncated.Body));
        (await client.XCuresAsync("subject")).MediaType.ShouldBe("text/plain");
        var pretended = await client.XCuresAsync("subject");
        (pretended.Status, pretended.Object.ContainsKey("results")).ShouldBe((HttpStatusCode.OK, false));
        (await client.XCuresAsync("subject")).Body.Length.ShouldBeGreaterThan(1_000_000);
    }

    [Fact]
    public async Task A_connection_can_be_cut_before_the_write_or_after_it()
    {
        await using var client = await SandboxClient.StartAsync();
        const string Create = "POST /api/v1/{org_id}/patients/{patient_uuid}/vital-signs";
        var path = $"patients/{(await client.PatientsAsync("patients")).Rows("items")[0]["id"]}/vital-signs";
        var before = (int)(await client.PatientsAsync(path)).Object["total"]!;
        foreach (var (fault, written) in new[] { (Fault.ResetConnection(), 0), (Fault.AnswerLost(), 1) })
        {
            client.Server.Faults.Next("patients", Create, fault);
            await Should.ThrowAsync<HttpRequestException>(() => client.PostPatientsAsync(path, new JsonObject { ["date_taken"] = "2025-01-02" }));
            ((int)(await client.PatientsAsync(path)).Object["total"]!).ShouldBe(before + written);
        }

        client.Server.Journal.Of("patients", Create).Select(entry => entry.Status).ShouldBe([0, 0]);
    }

    [Fact]
    public async Task An_answer_can_come_late_or_in_drops()
    {
        await using var client = await SandboxClient.StartAsync();
        await client.XCuresAsync("project");
        foreach (var fault in new[] { Fault.Latency(TimeSpan.FromMilliseconds(120)), Fault.SlowDrip(TimeSpan.FromMilliseconds(40)) })
        {
            client.Server.Faults.Next("xcures", "*", fault);
            var watch = Stopwatch.StartNew();
            (await client.XCuresAsync("project")).Status.ShouldBe(HttpStatusCode.OK);
            watch.Elapsed.ShouldBeGreaterThan(TimeSpan.FromMilliseconds(90));
        }
    }

    [Fact]
    public async Task A_server_that_hangs_can_still_be_stopped()
    {
        var client = await SandboxClient.StartAsync();
        client.Server.Faults.Next("patients", "*", Fault.Hang());
        var hanging = client.PatientsAsync("patients");
        while (client.Server.Journal.Entries.Count == 0)
        {
            await Task.Yield();
        }

        await client.DisposeAsync();
        await Should.ThrowAsync<Exception>(() => hanging);
    }

    [Fact]
    public async Task An_expired_token_is_refused_until_renewed()
    {
        await using var client = await SandboxClient.StartAsync();
        client.Server.Faults.Next("xcures", Subjects, Fault.ExpiredToken());
        (await client.XCuresAsync("subject")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await client.XCuresAsync("subject")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Faults_can_be_set_and_cleared_over_http()
    {
        await using var client = await SandboxClient.StartAsync();
        var control = new Uri(client.At.Control, "faults");
        var fault = new JsonObject
        {
            ["system"] = "patients",
            ["operation"] = "GET /api/v1/{org_id}/patients",
            ["kind"] = "status",
            ["status"] = 503,
            ["times"] = 5,
        };
        (await client.PostAsync(control, fault)).Status.ShouldBe(HttpStatusCode.NoContent);
        (await client.PatientsAsync("patients")).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await client.SendAsync(new(HttpMethod.Delete, control))).Status.ShouldBe(HttpStatusCode.NoContent);
        (await client.PatientsAsync("patients")).Status.ShouldBe(HttpStatusCode.OK);
        (await client.PostAsync(control, new JsonObject { ["system"] = "patients", ["kind"] = "gremlins" })).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static Task<Reply> AskAsync(SandboxClient client, string system) => system switch
    {
        "xcures" => client.XCuresAsync("subject"),
        "patients" => client.PatientsAsync("patients"),
        "phenoml" => client.PhenoMlAsync("construe/extract", new JsonObject { ["text"] = "asthma" }),
        _ => FhirClient.GetAsync(client, "Goal"),
    };
}
