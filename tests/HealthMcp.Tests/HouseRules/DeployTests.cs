using System.Text.RegularExpressions;

namespace HealthMcp.Tests.HouseRules;

/// <summary>What src/deploy says of the program is what the program has.</summary>
public sealed partial class DeployTests
{
    // Names of Docker Compose's own values.
    private static readonly string[] Compose = ["HEALTHMCP_IMAGE", "POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD"];

    private static IReadOnlyList<SourceFile> Deploy =>
        [.. Repository.Files.Where(f => f.Path.StartsWith("src/deploy/", StringComparison.Ordinal) && !f.Path.EndsWith(".env", StringComparison.Ordinal))];

    [Fact]
    public void Only_settings_that_there_are_stand_in_it() => Deploy
        .Concat(Repository.Files.Where(f => f.Path is "Dockerfile" or "server.json" or "README.md"))
        .SelectMany(f => Setting().Matches(f.Text).Concat(Assigned().Matches(f.Path.EndsWith(".yaml", StringComparison.Ordinal) ? f.Text : "")))
        .Select(m => m.Groups["name"].Value)
        .Distinct(StringComparer.Ordinal)
        .Except([.. HealthMcp.Settings.Known, .. Compose], StringComparer.Ordinal)
        .ShouldBeEmpty();

    [Fact]
    public void Secrets_beside_it_are_not_committed() => Repository.Read(".gitignore").Split('\n').ShouldContain(".env");

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

    [GeneratedRegex(@"\b(?<name>(XCURES|PHENOML|PATIENTS|DRCLOUD|HEALTHMCP)_[A-Z_]*[A-Z])\b", RegexOptions.ExplicitCapture)]
    private static partial Regex Setting();

    // What a container is given, whatever it is called: a name of ours that is misspelt starts like none of them.
    [GeneratedRegex(@"^\s+(- \{ name: |- name: |)(?<name>[A-Z][A-Z_]{3,})(?=:|, value|$)", RegexOptions.ExplicitCapture | RegexOptions.Multiline)]
    private static partial Regex Assigned();

    // A value that is neither a variable nor left out.
    [GeneratedRegex(@"(?:Password=|PASSWORD: |MASTER_KEY: )(?!\$|…|')\S+")]
    private static partial Regex Secret();
}
