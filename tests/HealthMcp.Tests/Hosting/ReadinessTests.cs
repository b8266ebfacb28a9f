using System.Net;
using HealthMcp.Hosting;
using HealthMcp.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace HealthMcp.Tests.Hosting;

public sealed class ReadinessTests
{
    private readonly Support.ManualTime _time = new();
    private int _asked;
    private string? _problem;

    [Fact]
    public async Task It_is_ready_while_the_store_is_and_asks_it_now_and_then()
    {
        using var readiness = Build();
        await using var server = await StartAsync(readiness);

        for (var i = 0; i < 5; i++) (await AskAsync(server)).ShouldBe((HttpStatusCode.OK, "ready"));
        _asked.ShouldBe(1);
        _problem = "The table is on fire at db.example.";
        (await AskAsync(server)).Status.ShouldBe(HttpStatusCode.OK);
        _time.Advance(TimeSpan.FromSeconds(3));
        (await AskAsync(server)).ShouldBe((HttpStatusCode.ServiceUnavailable, "not ready"));
        (await server.Client.GetStringAsync("/healthz")).ShouldBe("ok");
        _problem = null;
        _time.Advance(TimeSpan.FromSeconds(3));
        (await AskAsync(server)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Once_asked_to_stop_it_says_no_and_still_takes_calls_and_closes_connections()
    {
        using var readiness = Build();
        await using var server = await StartAsync(readiness);
        var (before, _) = await server.SendAsync(HttpServer.Call("echo", """{"text":"hi"}"""));
        before.Headers.ConnectionClose.ShouldNotBe(true);

        readiness.Drain();

        (await AskAsync(server)).ShouldBe((HttpStatusCode.ServiceUnavailable, "stopping"));
        var (response, body) = await server.SendAsync(HttpServer.Call("echo", """{"text":"hi"}"""));
        body.Text().ShouldBe("echo hi");
        response.Headers.ConnectionClose.ShouldBe(true);
        (await server.Client.GetStringAsync("/healthz")).ShouldBe("ok");
    }

    [Fact]
    public async Task A_call_that_runs_ends_before_the_server_does()
    {
        using var readiness = Build();
        await using var server = await StartAsync(readiness);
        var call = server.SendAsync(HttpServer.Call("wait"));
        await server.Fake.Entered.Task;

        readiness.Drain();
        var stopping = server.StopAsync();
        server.Fake.Release.SetResult();

        (await call).Body.Text().ShouldBe("waited");
        await stopping;
    }

    private Readiness Build() => new(Ask, _time, NullLoggerFactory.Instance.CreateLogger<Readiness>());

    private void Ask()
    {
        _asked++;
        if (_problem is not null) throw new StorageException(_problem);
    }

    private static Task<HttpServer> StartAsync(Readiness readiness) => HttpServer.StartAsync(
        new HttpHostOptions { ShutdownTimeout = TimeSpan.FromSeconds(60) }, new() { Readiness = readiness, InputSchema = FakeServer.SchemaOf });

    private static async Task<(HttpStatusCode Status, string Body)> AskAsync(HttpServer server)
    {
        using var response = await server.Client.GetAsync("/readyz");
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
