using System.Text.Json;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Core;

/// <summary>Without its scope a tool is neither listed nor callable, and the attempt is on record.</summary>
public sealed class ScopeTests
{
    [Fact]
    public async Task Each_tool_without_its_scope_is_absent_refused_and_audited()
    {
        await using var world = await World.StartAsync(("HEALTHMCP_SCOPES", "phi/limited"));
        var client = await world.ConnectAsync();

        (await client.ListToolsAsync()).ShouldBeEmpty();
        foreach (var tool in world.App.Tools.On)
        {
            var reply = await client.ReplyAsync(tool.Name, "{}");
            reply.ErrorCode.ShouldBe("insufficient_scope");
            foreach (var scope in tool.Definition.Scopes) reply.Text.ShouldContain(scope);
        }

        var denied = (await File.ReadAllLinesAsync(Path.Combine(world.DataDirectory, "audit.jsonl"))).Skip(1)
            .Select(line => JsonElement.Parse(line))
            .Where(line => line.GetProperty("outcome").GetString() == "insufficient_scope")
            .Select(line => line.GetProperty("tool").GetString());
        denied.ShouldBe(world.App.Tools.On.Select(t => t.Name), ignoreOrder: true);
    }

    [Theory]
    [InlineData("drcloud/fhir.read", "Observation", "user/Observation.rs")]
    [InlineData("drcloud/fhir.read user/Condition.rs", "Observation", "user/Observation.rs")]
    [InlineData("drcloud/fhir.read patient/Observation.rs", "Observation", "user/Observation.rs")]
    [InlineData("user/Observation.rs", "Observation", "drcloud/fhir.read")]
    public async Task A_type_of_the_ehr_needs_its_smart_scope(string held, string type, string missing)
    {
        await using var world = await World.StartAsync(("HEALTHMCP_SCOPES", held));

        var reply = await world.CallAsync("drcloud_fhir_search", $$"""{"type":"{{type}}","patient":"f1f3c73d-bb2a-4c72-b09b-885520ec7812"}""");

        reply.Content.GetProperty("error").GetProperty("missingScopes").EnumerateArray().Select(s => s.GetString()).ShouldBe([missing]);
    }

    [Fact]
    public async Task With_both_it_answers()
    {
        await using var world = await World.StartAsync(("HEALTHMCP_SCOPES", "drcloud/fhir.read user/Observation.rs"));

        (await world.CallAsync("drcloud_fhir_search", """{"type":"Observation","patient":"f1f3c73d-bb2a-4c72-b09b-885520ec7812"}"""))
            .Resources().Count
            .ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_denied_caller_learns_nothing_of_schema_or_handle()
    {
        await using var world = await World.StartAsync(("HEALTHMCP_SCOPES", "phi/limited"));

        (await world.CallAsync("get_clinical_concepts", """{"subject":"subj_x","nonsense":1,"cursor":"cur_x"}""")).ErrorCode.ShouldBe("insufficient_scope");
    }

    [Theory]
    [InlineData("HEALTHMCP_PRIVACY=identified HEALTHMCP_PURPOSE=treatment", "", "identified")]
    [InlineData("HEALTHMCP_PRIVACY=identified HEALTHMCP_PURPOSE=treatment", "limited", "limited")]
    [InlineData("HEALTHMCP_PRIVACY=limited", "identified", "limited")]
    [InlineData("HEALTHMCP_PRIVACY=limited", "deidentified", "deidentified")]
    [InlineData("", "identified", "deidentified")]
    [InlineData("HEALTHMCP_PRIVACY=identified HEALTHMCP_PURPOSE=treatment HEALTHMCP_SCOPES=xcures/subjects.read", "", "deidentified")]
    [InlineData("HEALTHMCP_PRIVACY=identified HEALTHMCP_PURPOSE=treatment HEALTHMCP_SCOPES=xcures/subjects.read,phi/limited", "", "limited")]
    public async Task The_level_is_the_lowest_of_configuration_scopes_and_argument(string settings, string argument, string level)
    {
        await using var world =
            await World.StartAsync([.. settings.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(s => s.Split('=')).Select(s => (s[0], s[1]))]);

        var reply = await world.CallAsync("search_subjects", $$"""{"labels":["demo"]{{(argument.Length == 0 ? "" : $",\"privacy\":\"{argument}\"")}}}""");

        reply.Content.GetProperty("privacy").GetProperty("level").GetString().ShouldBe(level);
    }
}
