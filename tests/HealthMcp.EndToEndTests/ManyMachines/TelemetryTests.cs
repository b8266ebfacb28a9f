using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using HealthMcp.EndToEndTests.BuiltProgram;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Client;

namespace HealthMcp.EndToEndTests.ManyMachines;

/// <summary>Everything that the built program sends to a collector, byte by byte, while calls full of names and handles go through it.</summary>
public sealed class TelemetryTests
{
    [Fact]
    public async Task A_collector_learns_what_was_done_and_never_with_whom()
    {
        if (OperatingSystem.IsWindows()) return;
        var sent = new ConcurrentBag<(string Path, byte[] Body)>();
        await using var collector = await CollectAsync(sent);
        using var built = new Built();
        var address = await built.ServeAsync([], [
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Urls.Single()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("HEALTHMCP_PRIVACY", "identified"), ("HEALTHMCP_PURPOSE", "treatment")]);
        var secrets = await CallAsync(address);

        // What is left is sent when the program ends.
        using (var kill = Process.Start("kill", ["-TERM", built.Last.Id.ToString(CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
        await built.Last.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));

        sent.Select(s => s.Path).Distinct().Order(StringComparer.Ordinal).ShouldBe(["/v1/metrics", "/v1/traces"]);
        var all = sent.SelectMany(s => s.Body).ToArray();
        string[] told = ["tools/call search_subjects", "healthmcp.call.duration", "healthmcp.upstream.duration", "url.template", "tools/call unknown"];
        foreach (var name in told) Holds(all, name).ShouldBeTrue(name);

        foreach (var secret in secrets) Holds(all, secret).ShouldBeFalse(secret);
    }

    private static async Task<string[]> CallAsync(Uri address)
    {
        var transport = new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = address,

            // A trace whose state names a patient: nobody is to go on with it.
            AdditionalHeaders = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["traceparent"] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                ["tracestate"] = "patient=okonkwo",
                ["baggage"] = "patient=okonkwo",
            },
        });
        await using var client = await McpClient.CreateAsync(transport);
        var found = await client.CallToolAsync("search_subjects", Given(("firstName", "Helen"), ("lastName", "Milliken")));
        var subject = found.StructuredContent!.Value.GetProperty("data")[0].GetProperty("id").GetString()!;
        await client.CallToolAsync("get_clinical_concepts", Given(("subject", subject), ("kinds", (string[])["condition"])));
        await Should.ThrowAsync<Exception>(async () => await client.CallToolAsync("okonkwo_tool"));
        return ["Helen", "Milliken", "okonkwo", subject, "anonymous", "127.0.0.1", Environment.MachineName];
    }

    private static Dictionary<string, object?> Given(params (string Name, object Value)[] given) =>
        given.ToDictionary(g => g.Name, g => (object?)g.Value, StringComparer.Ordinal);

    private static bool Holds(byte[] all, string text) => all.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;

    private static async Task<WebApplication> CollectAsync(ConcurrentBag<(string Path, byte[] Body)> sent)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            sent.Add((context.Request.Path, body.ToArray()));
            context.Response.ContentType = "application/x-protobuf";
        });
        await app.StartAsync();
        return app;
    }
}
