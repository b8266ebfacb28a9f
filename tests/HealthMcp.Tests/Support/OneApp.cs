using Microsoft.Extensions.Logging.Abstractions;

namespace HealthMcp.Tests.Support;

/// <summary>The program as it is without any setting, for what needs no call.</summary>
internal static class OneApp
{
    public static App Build()
    {
        var problems = new List<string>();
        var app = Composition.Build(Composition.Configure(_ => null, problems), NullLoggerFactory.Instance);
        problems.ShouldBeEmpty();
        return app;
    }
}
