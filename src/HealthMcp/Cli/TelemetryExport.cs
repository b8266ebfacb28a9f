using HealthMcp.Catalog;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace HealthMcp.Cli;

/// <summary>
/// Sends traces and metrics by OTLP, only where OpenTelemetry's own variable names a collector; its other variables (headers, protocol, resource) hold as
/// its specification says. Only this program's own source is sent: those of the web server and of HTTP clients name whole addresses.
/// </summary>
internal sealed class TelemetryExport : IDisposable
{
    public const string Setting = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private readonly TracerProvider _traces;
    private readonly MeterProvider _metrics;

    private TelemetryExport(TracerProvider traces, MeterProvider metrics) => (_traces, _metrics) = (traces, metrics);

    /// <returns>Null where no collector is named.</returns>
    public static TelemetryExport? Start(Func<string, string?> get)
    {
        return string.IsNullOrWhiteSpace(get(Setting)) ? null : Start();
    }

    // By itself, so that the libraries are not even loaded where nothing is sent.
    private static TelemetryExport Start()
    {
        var resource = ResourceBuilder.CreateDefault().AddService("healthmcp", serviceVersion: App.Version);
        return new TelemetryExport(
            Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(Telemetry.Name).AddOtlpExporter().Build(),
            Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Telemetry.Name).AddOtlpExporter().Build());
    }

    /// <summary>Sends what is left, for five seconds at most.</summary>
    public void Dispose()
    {
        _traces.Dispose();
        _metrics.Dispose();
    }
}
