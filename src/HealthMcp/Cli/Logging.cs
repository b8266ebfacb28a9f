using HealthMcp.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Logging;

namespace HealthMcp.Cli;

/// <summary>Logs go to a rolling file, warnings to stderr too; stdout belongs to the protocol. What is logged names safe fields only.</summary>
internal static class Logging
{
    private const string Line = "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffzzz} {Level:u3} {SourceContext} {Message:lj}{NewLine}";

    public static ILoggerFactory Quiet => NullLoggerFactory.Instance;

    /// <exception cref="StorageException">The data directory cannot be used.</exception>
    public static ILoggerFactory ToFile(Settings settings, TextWriter error)
    {
        // The data directory first: made on the way to the log files, it would be open to others and refused later.
        DataDirectory.Open(settings.DataDirectory);

        // An exception's text may hold data, so no template here writes it.
        var logger = new LoggerConfiguration()
            .MinimumLevel.Information()
            .WriteTo.File(
                Path.Combine(settings.LogDirectory, "healthmcp-.log"),
                outputTemplate: Line,
                formatProvider: System.Globalization.CultureInfo.InvariantCulture,
                rollingInterval: RollingInterval.Day, retainedFileCountLimit: 14, fileSizeLimitBytes: 20_000_000, rollOnFileSizeLimit: true, shared: true)
            .WriteTo.Sink(new ErrorSink(error), LogEventLevel.Warning)
            .CreateLogger();
        return new SerilogLoggerFactory(logger, dispose: true);
    }

    private sealed class ErrorSink(TextWriter error) : ILogEventSink
    {
        public void Emit(LogEvent logEvent) =>
            error.WriteLine($"{logEvent.Level}: {logEvent.RenderMessage(System.Globalization.CultureInfo.InvariantCulture)}");
    }
}
