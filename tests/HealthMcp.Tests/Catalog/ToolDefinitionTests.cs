using System.Text.Json;
using System.Text.Encodings.Web;
using HealthMcp.Access;
using HealthMcp.Catalog;
using HealthMcp.Pipeline;
using HealthMcp.Tests.HouseRules;
using HealthMcp.Tests.Support;
using ModelContextProtocol;

namespace HealthMcp.Tests.Catalog;

/// <summary>What every tool must declare, and a snapshot of each definition: a change of what agents see is made on purpose.</summary>
public sealed class ToolDefinitionTests : IDisposable
{
    private const string Update = "HEALTHMCP_UPDATE_SNAPSHOTS";
    private readonly App _app = OneApp.Build();

    public static TheoryData<string> Names
    {
        get
        {
            using var app = OneApp.Build();
            return new TheoryData<string>(app.Tools.All.Select(t => t.Name));
        }
    }

    public void Dispose() => _app.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void The_definition_is_the_one_in_the_snapshot(string name)
    {
        var path = Path.Combine(Repository.Root, "tests", "HealthMcp.Tests", "Catalog", "Snapshots", $"{name}.json");
        var now = Snapshot(_app.Tools.All.Single(tool => tool.Name == name).Definition);
        if (Environment.GetEnvironmentVariable(Update) == "1") File.WriteAllText(path, now);

        File.Exists(path).ShouldBeTrue($"run the tests once with {Update}=1 and look at what it wrote");
        now.ShouldBe(File.ReadAllText(path), $"the definition changed: if that is wanted, run the tests once with {Update}=1 and commit the snapshot");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_declares_scopes_endpoints_and_what_agents_need(string name)
    {
        var definition = _app.Tools.All.Single(tool => tool.Name == name).Definition;

        definition.Scopes.ShouldNotBeEmpty();
        definition.Scopes.ShouldAllBe(scope => System.Text.RegularExpressions.Regex.IsMatch(scope, "^[a-z]+/[a-z]+\\.(read|write|create|publish)$"));
        definition.Endpoints.ShouldNotBeEmpty();
        definition.Endpoints.ShouldAllBe(e => e.System == definition.Toolset);
        definition.Description.Length.ShouldBeInRange(80, 2000);
        (definition.Hints.ReadOnly && definition.Endpoints.Any(e => e.ChangesState)).ShouldBeFalse();
        InputSchema.Of(definition.Input)
            .GetProperty("properties")
            .EnumerateObject()
            .Where(p => !p.Value.TryGetProperty("description", out _))
            .Select(p => p.Name)
            .ShouldBeEmpty();
    }

    [Fact]
    public void The_six_core_tools_are_there() => _app.Tools.On.Where(t => t.Definition.Core).Select(t => t.Name).ShouldBe(
        ["drcloud_fhir_search", "record_vitals", "extract_codes", "lang2fhir_create", "get_clinical_concepts", "search_subjects"], ignoreOrder: true);

    [Fact]
    public void Every_endpoint_that_is_known_is_called_by_a_tool_and_none_is_excluded_too()
    {
        var called = _app.Tools.All.SelectMany(t => t.Definition.Endpoints).Select(e => e.Key).ToHashSet(StringComparer.Ordinal);

        Composition.Catalog.Endpoints.Select(e => e.Key).Except(called.Concat(OwnUse)).ShouldBeEmpty();
        called.Except(Composition.Catalog.Endpoints.Select(e => e.Key)).ShouldBeEmpty();
        Composition.Catalog.Exclusions.Select(e => e.Endpoint).Intersect(called).ShouldBeEmpty();
        Composition.Catalog.Endpoints.Select(e => e.Key).ShouldBeUnique();
    }

    [Theory]
    [InlineData("xcures", 69)]
    [InlineData("patients", 67)]
    [InlineData("phenoml", 73)]
    public void Every_operation_of_the_contract_is_called_by_a_tool_or_excluded_with_a_reason(string system, int count)
    {
        var called = _app.Tools.All.SelectMany(t => t.Definition.Endpoints).Where(e => e.System == system).Select(e => $"{e.Method} {e.Path}");
        var excluded = Composition.Catalog.Exclusions.Where(e => e.Endpoint.StartsWith(system + " ", StringComparison.Ordinal)).ToList();

        excluded.ShouldAllBe(exclusion => exclusion.Reason.Length > 10);
        called.Concat(excluded.Select(exclusion => exclusion.Endpoint[(system.Length + 1)..])).Distinct()
            .ShouldBe(Contracts.Contract.Of(system).Operations.Select(operation => operation.Key), ignoreOrder: true);
        Contracts.Contract.Of(system).Operations.Count.ShouldBe(count);
    }

    [Fact]
    public void Every_endpoint_has_a_privacy_shape() =>
        Composition.Catalog.Endpoints.Where(e => !HealthMcp.Privacy.ShapeCatalog.Load().Contains(e.Shape)).Select(e => $"{e.Key}: {e.Shape}").ShouldBeEmpty();

    [Fact]
    public void Read_only_leaves_no_tool_that_writes() =>
        new ToolBook(_app.Tools.All, new ToolSelection(["all"], ReadOnly: true)).On.ShouldAllBe(t => t.Definition.Hints.ReadOnly);

    [Fact]
    public void Default_scopes_on_live_systems_hold_no_write() =>
        _app.Scopes.Default(sandboxOnly: false).All.ShouldNotContain(scope => scope.EndsWith(".write", StringComparison.Ordinal));

    // The server's own use: project discovery when signing in.
    private static IEnumerable<string> OwnUse => [];

    private static string Snapshot(ToolDefinition definition)
    {
        var tool = McpTools.Describe(definition);
        using var document = JsonDocument.Parse(JsonSerializer.Serialize(tool, McpJsonUtilities.DefaultOptions));
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WritePropertyName("tool");
            document.RootElement.WriteTo(json);
            json.WritePropertyName("manifest");
            ToolManifest.Write(json, [definition], []);
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }
}
