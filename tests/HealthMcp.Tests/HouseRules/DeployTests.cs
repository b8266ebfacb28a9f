using System.Text.RegularExpressions;

namespace HealthMcp.Tests.HouseRules;

/// <summary>What src/deploy says of the program is what the program has.</summary>
public sealed partial class DeployTests
{
    private static IReadOnlyList<SourceFile> Deploy => [.. Repository.Files.Where(f => f.Path.StartsWith("src/deploy/", StringComparison.Ordinal))];

    [Fact]
    public void Only_settings_that_there_are_stand_in_it() =>
        Deploy.SelectMany(f => Setting().Matches(f.Text).Select(m => m.Value)).Distinct(StringComparer.Ordinal)
            .Except(HealthMcp.Settings.Known.Append("HEALTHMCP_IMAGE"), StringComparer.Ordinal).ShouldBeEmpty();

    [Fact]
    public void No_value_of_a_secret_stands_in_it() => Deploy.SelectMany(f => Secret().Matches(f.Text).Select(m => $"{f.Path}: {m.Value}")).ShouldBeEmpty();

    [Theory]
    [InlineData("src/deploy/kubernetes/healthmcp.yaml", "path: /readyz", "path: /healthz", "kind: PodDisruptionBudget", "secretRef")]
    [InlineData("src/deploy/kubernetes/migrate.yaml", "args: [db, migrate]", "secretKeyRef")]
    public void Pods_have_no_more_rights_than_they_need(string file, params string[] more)
    {
        var text = Repository.Read(file);
        foreach (var needed in (string[])[
            "runAsNonRoot: true", "readOnlyRootFilesystem: true", "allowPrivilegeEscalation: false", "drop: [ALL]", "seccompProfile: { type: RuntimeDefault }",
            "automountServiceAccountToken: false", .. more])
        {
            text.ShouldContain(needed);
        }
    }

    [GeneratedRegex("HEALTHMCP_[A-Z_]+")]
    private static partial Regex Setting();

    // A value that is neither a variable nor left out.
    [GeneratedRegex(@"(?:Password=|PASSWORD: |MASTER_KEY: )(?!\$|…|')\S+")]
    private static partial Regex Secret();
}
