using System.Reflection;
using Xunit.Sdk;

namespace HealthMcp.Tests.Storage.Stores;

/// <summary>Where the tests that need a database find one.</summary>
internal static class TestDatabase
{
    public const string Setting = "HEALTHMCP_TEST_DATABASE";

    /// <summary>
    /// Why those tests are not run, which a test's report then says. They are never reported as passed: <c>.ci/postgres</c>, a step of <c>.ci/run</c>, starts
    /// a database, runs them, and counts one that was left out as a failure.
    /// </summary>
    public static string? NotRun { get; } = Address is null ? $"not run: {Setting} names no PostgreSQL; .ci/postgres starts one and runs this" : null;

    public static string? Address => Environment.GetEnvironmentVariable(Setting) is { Length: > 0 } address ? address : null;
}

/// <summary>Runs the theory on files of a data directory. Always.</summary>
internal sealed class OnFilesAttribute : DataAttribute
{
    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[StoreKind.Files]];
}

/// <summary>Runs the same theory on tables of a database, where there is one.</summary>
internal sealed class OnPostgresAttribute : DataAttribute
{
    public override string? Skip => TestDatabase.NotRun;

    public override IEnumerable<object[]> GetData(MethodInfo testMethod) => [[StoreKind.Postgres]];
}

/// <summary>A test that makes sense on a database only.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PostgresFactAttribute : FactAttribute
{
    public override string? Skip => TestDatabase.NotRun;
}

public enum StoreKind
{
    Files,
    Postgres,
}
