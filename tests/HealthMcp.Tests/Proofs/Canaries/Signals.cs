using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;

namespace HealthMcp.Tests.Proofs.Canaries;

/// <summary>Listens to all traces and measurements of the process, but those of the upstream's own server, which runs in it too.</summary>
internal sealed class Signals : IDisposable
{
    private const string Upstream = "Microsoft.AspNetCore";

    private readonly ActivityListener _traces;
    private readonly MeterListener _meters = new();

    public Signals(Action<string, string> keep)
    {
        _traces = new ActivityListener
        {
            ShouldListenTo = source => source.Name != Upstream,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => keep("traces", $"{activity.DisplayName} {Tags([.. activity.TagObjects])}"),
        };
        ActivitySource.AddActivityListener(_traces);
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (!instrument.Meter.Name.StartsWith(Upstream, StringComparison.Ordinal)) listener.EnableMeasurementEvents(instrument);
        };
        _meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => keep("measurements", $"{instrument.Name} {Tags(tags)}"));
        _meters.SetMeasurementEventCallback<int>((instrument, _, tags, _) => keep("measurements", $"{instrument.Name} {Tags(tags)}"));
        _meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => keep("measurements", $"{instrument.Name} {Tags(tags)}"));
        _meters.Start();
    }

    public void Dispose()
    {
        _meters.Dispose();
        _traces.Dispose();
    }

    // A port of this machine is five digits, as is a ZIP code.
    private static string Tags(ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        string.Join(' ', tags.ToArray().Where(tag => !tag.Key.EndsWith(".port", StringComparison.Ordinal))
            .Select(tag => $"{tag.Key}={WithoutPort(tag.Value)}"));

    private static string WithoutPort(object? value) => Regex.Replace(value?.ToString() ?? "", @"127\.0\.0\.1:\d+", "127.0.0.1");
}
