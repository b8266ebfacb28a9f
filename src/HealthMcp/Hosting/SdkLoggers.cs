using Microsoft.Extensions.Logging;

namespace HealthMcp.Hosting;

/// <summary>
/// What the SDK and ASP.NET Core may log. Their messages hold paths, method names and exception texts that come from clients
/// and upstreams, so only the event's name and the exception's type go through, and only from warnings on.
/// </summary>
internal sealed class SdkLoggers(ILoggerFactory inner) : ILoggerFactory
{
    /// <summary>Says where the server listens and that it stops, and nothing about requests.</summary>
    private const string Lifetime = "Microsoft.Hosting.Lifetime";

    public ILogger CreateLogger(string categoryName)
    {
        var logger = inner.CreateLogger(categoryName);
        return string.Equals(categoryName, Lifetime, StringComparison.Ordinal) ? logger : new NamesOnly(logger);
    }

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    /// <summary>The inner factory belongs to whoever made it.</summary>
    public void Dispose()
    {
    }

    private sealed class NamesOnly(ILogger inner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning && inner.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                var text = exception is null ? $"{eventId.Name}" : $"{eventId.Name}: {exception.GetType().Name}";
                inner.Log(logLevel, eventId, text, null, static (text, _) => text);
            }
        }
    }
}
