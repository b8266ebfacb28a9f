namespace HealthMcp.EndToEndTests.ManyMachines;

/// <summary>
/// A test that needs PostgreSQL. Where <c>HEALTHMCP_TEST_DATABASE</c> names none it is reported as not run, never as passed; <c>.ci/postgres</c> starts one
/// and counts a test that was left out as a failure.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DatabaseFactAttribute : FactAttribute
{
    public const string Setting = "HEALTHMCP_TEST_DATABASE";

    /// <summary>The program nginx, which <c>.ci/postgres</c> has too.</summary>
    public const string Nginx = "HEALTHMCP_TEST_NGINX";

    /// <summary>Needs nginx as well, by the same rule.</summary>
    public bool Balanced { get; set; }

    public override string? Skip => Missing(Setting) ?? (Balanced ? Missing(Nginx) : null);

    private static string? Missing(string setting) => Environment.GetEnvironmentVariable(setting) is { Length: > 0 }
        ? null
        : $"not run: {setting} is not set; .ci/postgres starts what it stands for, and runs this";
}
