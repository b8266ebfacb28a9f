using System.Text.Json;
using System.Text.RegularExpressions;
using HealthMcp.Tests.HouseRules;
using NJsonSchema;

namespace HealthMcp.Tests.ServerJson;

public sealed partial class ServerJsonTests
{
    private const string SchemaFile = "tests/HealthMcp.Tests/ServerJson/server-2025-12-11.schema.json";
    private static readonly string[] Secrets =
    [
        "XCURES_CLIENT_SECRET", "PHENOML_CLIENT_SECRET", "PHENOML_FHIR_PROVIDER_TOKENS", "PATIENTS_API_TOKEN", "DRCLOUD_CLIENT_SECRET",
        "HEALTHMCP_APPROVAL_CODE", "HEALTHMCP_DATABASE", "HEALTHMCP_MASTER_KEY", "HEALTHMCP_AUTH_CLIENT_SECRET",
    ];

    [Fact]
    public void The_variables_are_the_settings_that_the_program_reads() => Settings.Known.ShouldBe(ServerJsonFile.VariableNames, ignoreOrder: true);

    [Fact]
    public async Task Is_valid_against_the_registry_schema() => (await ProblemsAsync(ServerJsonFile.Text)).ShouldBeEmpty();

    [Theory]
    [InlineData("\"name\": \"io.github.healthmcp/healthmcp\"", "\"name\": \"healthmcp\"")]
    [InlineData("\"title\": \"HealthMcp\",", "\"titel\": \"HealthMcp\",")]
    [InlineData("\"type\": \"stdio\"", "\"type\": \"pipe\"")]
    [InlineData("\"format\": \"filepath\"", "\"format\": \"path\"")]
    [InlineData("\"isSecret\": true", "\"isSecret\": \"true\"")]
    [InlineData("\"registryType\": \"oci\",", "")]
    [InlineData("http://127.0.0.1:8765/mcp", "127.0.0.1:8765/mcp")]
    public async Task The_schema_finds_a_planted_fault(string part, string instead)
    {
        ServerJsonFile.Text.ShouldContain(part);
        (await ProblemsAsync(ServerJsonFile.Text.Replace(part, instead, StringComparison.Ordinal))).ShouldNotBeEmpty();
    }

    [Fact]
    public void Every_package_declares_the_same_variables() =>
        ServerJsonFile.Packages.Select(p => p.GetProperty("environmentVariables").GetRawText()).Distinct(StringComparer.Ordinal).Count().ShouldBe(1);

    [Fact]
    public void Both_transports_are_offered() =>
        ServerJsonFile.Packages.Select(p => p.GetProperty("transport").GetProperty("type").GetString()).ShouldBe(["stdio", "streamable-http"]);

    [Fact]
    public void Every_variable_says_what_it_is() =>
        ServerJsonFile.Variables.Where(v => !Says(v)).Select(v => v.GetProperty("name").GetString()).ShouldBeEmpty();

    [Fact]
    public void Secrets_and_nothing_else_are_marked_secret() => ServerJsonFile.SecretNames.ShouldBe(Secrets);

    [Fact]
    public void Nothing_is_required_because_the_sandbox_needs_nothing() => ServerJsonFile.Variables.ShouldAllBe(v => !v.GetProperty("isRequired").GetBoolean());

    [Fact]
    public void The_version_is_that_of_the_program()
    {
        var version = ServerJsonFile.Root.GetProperty("version").GetString();
        Repository.Read("Directory.Build.props").ShouldContain($"<Version>{version}</Version>");
        ServerJsonFile.Packages.ShouldAllBe(p => p.GetProperty("identifier").GetString()!.EndsWith($":{version}", StringComparison.Ordinal));
    }

    [Fact]
    public void The_image_carries_the_name_that_the_registry_checks() =>
        Repository.Read("Dockerfile").ShouldContain($"io.modelcontextprotocol.server.name=\"{ServerJsonFile.Root.GetProperty("name").GetString()}\"");

    [Fact]
    public void The_README_describes_every_variable() =>
        ReadmeRow().Matches(Repository.Read("README.md")).Select(m => m.Groups["name"].Value).ShouldBe(ServerJsonFile.VariableNames, ignoreOrder: true);

    private static bool Says(JsonElement variable) =>
        variable.TryGetProperty("description", out var text)
            && text.GetString()!.Length > 20
            && variable.TryGetProperty("isRequired", out _)
            && variable.TryGetProperty("format", out _);

    private static async Task<IReadOnlyList<string>> ProblemsAsync(string json)
    {
        var schema = await JsonSchema.FromJsonAsync(Repository.Read(SchemaFile));
        return [.. schema.Validate(json).Select(e => $"{e.Path}: {e.Kind}")];
    }

    [GeneratedRegex(@"^\| `(?<name>(XCURES|PHENOML|PATIENTS|DRCLOUD|HEALTHMCP)_[A-Z_]+)` \|", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex ReadmeRow();
}
