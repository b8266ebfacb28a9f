namespace HealthMcp.EndToEndTests.ManyMachines;

/// <summary>
/// A test that needs PostgreSQL. Where <c>HEALTHMCP_TEST_DATABASE</c> names none it is reported as not run, never as passed; <c>.ci/postgres</c> starts one
/// and counts a test that was left out as a failure.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DatabaseFactAttribute : FactAttribute
{
    public const string Setting = "HEALTHMCP_TEST_DATABASE";

    public override string? Skip => Environment.GetEnvironmentVariable(Setting) is { Length: > 0 }
        ? null
        : $"not run: {Setting} names no PostgreSQL; .ci/postgres starts one and runs this";
}
