using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using HealthMcp.Catalog;
using HealthMcp.Cli;
using HealthMcp.Tests.Core;
using HealthMcp.Tests.Support;
using ModelContextProtocol.Client;

namespace HealthMcp.Tests.Cli;

/// <summary>What is measured says what was done and never with whom: everything a listener can see of calls full of planted values.</summary>
public sealed class TelemetryTests
{
    private static readonly string[] Tags =
    [
        "healthmcp.tool", "healthmcp.toolset", "healthmcp.outcome", "healthmcp.system", "http.request.method", "url.template", "http.response.status_code",
    ];

    [Fact]
    public async Task Spans_and_metrics_of_calls_hold_names_codes_and_times_alone()
    {
        using var seen = new Seen();
        await using var world = await World.StartAsync(("HEALTHMCP_PRIVACY", "identified"), ("HEALTHMCP_PURPOSE", "treatment"));
        var client = await world.ConnectAsync();
        await client.ReplyAsync("search_subjects", """{"firstName":"Marissa","lastName":"Jones"}""");
        var found = await client.ReplyAsync("search_subjects", """{"firstName":"Helen","lastName":"Milliken"}""");
        var handle = found.Data[0].GetProperty("id").GetString()!;
        await client.ReplyAsync("get_clinical_concepts", $$"""{"subject":"{{handle}}","kinds":["condition"]}""");
        await client.ReplyAsync("get_clinical_concepts", """{"subject":"subj_Okonkwo","kinds":["condition"]}""");
        await Should.ThrowAsync<Exception>(async () => await client.CallToolAsync("tool_of_Okonkwo"));

        var text = string.Join('\n', seen.All);
        text.ShouldContain("tools/call search_subjects");
        text.ShouldContain("healthmcp.outcome=ok");
        text.ShouldContain("url.template=/");
        text.ShouldContain("healthmcp.call.duration");
        text.ShouldContain("healthmcp.upstream.duration");
        text.ShouldContain("tools/call unknown");
        foreach (var secret in new[] { "Marissa", "Milliken", "Okonkwo", handle, world.App.LocalCaller("stdio").Key + "=" }) text.ShouldNotContain(secret);
        Planted.Found([text]).ShouldBeEmpty();
        seen.Names.Except(Tags).ShouldBeEmpty();
    }

    [Fact]
    public void A_trace_that_a_caller_began_is_not_gone_on_with()
    {
        using var seen = new Seen();
        using var outer = new Activity("callers").SetParentId("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01").Start();
        outer.TraceStateString = "patient=Okonkwo";
        outer.AddBaggage("patient", "Okonkwo");
        using (Telemetry.Call(null))
        {
            Activity.Current.ShouldNotBeNull().TraceId.ToString().ShouldNotBe("0af7651916cd43dd8448eb211c80319c");
            Activity.Current!.ParentId.ShouldBeNull();
            Activity.Current!.TraceStateString.ShouldBeNull();
            Activity.Current!.Baggage.ShouldBeEmpty();
        }
    }

    [Fact]
    public void Without_a_collector_nothing_is_sent()
    {
        TelemetryExport.Start(_ => null).ShouldBeNull();
        TelemetryExport.Start(_ => " ").ShouldBeNull();
    }

    /// <summary>Listens as an exporter does. Tests that run beside this one are heard too, which only makes it stricter.</summary>
    private sealed class Seen : IDisposable
    {
        private readonly ConcurrentQueue<string> _all = new();
        private readonly ConcurrentDictionary<string, bool> _names = new(StringComparer.Ordinal);
        private readonly ActivityListener _spans;
        private readonly MeterListener _metrics = new();

        public Seen()
        {
            _spans = new ActivityListener
            {
                ShouldListenTo = source => source.Name == Telemetry.Name,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = span => Add($"{span.DisplayName} {span.OperationName} {span.StatusDescription} {span.TraceStateString}", span.TagObjects),
            };
            ActivitySource.AddActivityListener(_spans);
            _metrics.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == Telemetry.Name) listener.EnableMeasurementEvents(instrument);
            };
            _metrics.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Add(instrument.Name, tags.ToArray()));
            _metrics.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Add(instrument.Name, tags.ToArray()));
            _metrics.Start();
        }

        public IEnumerable<string> All => _all;

        public ICollection<string> Names => _names.Keys;

        public void Dispose()
        {
            _spans.Dispose();
            _metrics.Dispose();
        }

        private void Add(string what, IEnumerable<KeyValuePair<string, object?>> tags)
        {
            var line = new StringBuilder(what);
            foreach (var (name, value) in tags)
            {
                _names[name] = true;
                line.Append(' ').Append(name).Append('=').Append(value);
            }

            _all.Enqueue(line.ToString());
        }
    }
}
