namespace HealthMcp.EndToEndTests.ManyMachines;

/// <summary>
/// A test that needs nginx, and maybe the database of <see cref="DatabaseFactAttribute"/>. Reported as not run where <c>HEALTHMCP_TEST_NGINX</c> names no
/// program or there is no database; <c>.ci/postgres</c> has both, and counts a test that was left out as a failure.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BalancerFactAttribute : FactAttribute
{
    public const string Setting = "HEALTHMCP_TEST_NGINX";

    public override string? Skip => Named(Setting) && Named(DatabaseFactAttribute.Setting)
        ? null
        : $"not run: {Setting} names no nginx or {DatabaseFactAttribute.Setting} no PostgreSQL; .ci/postgres has both and runs this";

    private static bool Named(string setting) => Environment.GetEnvironmentVariable(setting) is { Length: > 0 };
}
