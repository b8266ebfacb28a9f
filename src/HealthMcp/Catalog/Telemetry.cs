using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace HealthMcp.Catalog;

/// <summary>
/// What may be measured and leave the program: names that this program gave itself, codes, counts and times. No argument, handle, caller, record or
/// address ever comes here, so there is nothing to filter on the way out. Without a listener it costs next to nothing.
/// </summary>
internal static class Telemetry
{
    /// <summary>Name of the source of spans and of the meter.</summary>
    public const string Name = "HealthMcp";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Histogram<double> Calls =
        Meter.CreateHistogram<double>("healthmcp.call.duration", "s", "Tool calls, by tool, toolset and outcome.");

    private static readonly Histogram<double> Upstream =
        Meter.CreateHistogram<double>("healthmcp.upstream.duration", "s", "Requests to a system, by system, endpoint and status.");

    private static readonly UpDownCounter<long> Open = Meter.CreateUpDownCounter<long>("healthmcp.call.active", "{call}", "Tool calls under way.");

    /// <summary>
    /// The span of a call. It begins a trace of its own: ids and state of a trace that the caller sent are the caller's words.
    /// </summary>
    /// <param name="tool">The definition that was found; null for a name that no tool has, which is not repeated.</param>
    public static Measured Call(ToolDefinition? tool)
    {
        var tags = new TagList { { "healthmcp.tool", tool?.Name ?? "unknown" }, { "healthmcp.toolset", tool?.Toolset ?? "" } };
        Open.Add(1);
        var outer = Activity.Current;
        Activity.Current = null;
        var span = Source.StartActivity(ActivityKind.Server, tags: tags, name: $"tools/call {tool?.Name ?? "unknown"}");
        if (span is null) Activity.Current = outer;
        return new Measured(span, Calls, tags, "healthmcp.outcome", () => Open.Add(-1));
    }

    /// <summary>The span of one request to a system, named by the template of its path.</summary>
    public static Measured Request(Endpoint endpoint)
    {
        var tags = new TagList
        {
            { "healthmcp.system", endpoint.System }, { "http.request.method", endpoint.Method }, { "url.template", endpoint.Path },
        };
        return new Measured(Source.StartActivity(ActivityKind.Client, tags: tags, name: endpoint.Key), Upstream, tags, "http.response.status_code", null);
    }
}

/// <summary>Something that is being measured; what it came to is said once, before it is disposed.</summary>
internal sealed class Measured(Activity? span, Histogram<double> times, TagList tags, string outcomeTag, Action? end) : IDisposable
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private object _outcome = "none";
    private bool _failed = true;

    /// <param name="code">A code of this program, or a status of HTTP.</param>
    /// <param name="failed">Whether that is an error.</param>
    public void Came(object code, bool failed) => (_outcome, _failed) = (code, failed);

    public void Dispose()
    {
        tags.Add(outcomeTag, _outcome);
        times.Record(Stopwatch.GetElapsedTime(_started).TotalSeconds, tags);
        span?.SetTag(outcomeTag, _outcome);
        span?.SetStatus(_failed ? ActivityStatusCode.Error : ActivityStatusCode.Ok);
        span?.Dispose();
        end?.Invoke();
    }
}
