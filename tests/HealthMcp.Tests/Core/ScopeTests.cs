using System.Text.Json;
using HealthMcp.Access;
using HealthMcp.Pipeline;
using HealthMcp.Prompts;
using HealthMcp.Tests.Support;
using ModelContextProtocol;

namespace HealthMcp.Tests.Core;

/// <summary>Without its scope a tool is neither listed nor callable, and the attempt is on record.</summary>
public sealed class ScopeTests
{
    [Fact]
    public async Task A_tool_that_is_closed_to_a_caller_is_absent_refused_and_audited_whatever_its_scopes()
    {
        await using var world = await World.StartAsync();
        var open = new HashSet<string>(StringComparer.Ordinal) { "search_subjects" };
        var caller = new Caller("c", "http", new ScopeSet(world.App.Scopes.Known)) { AllowedTools = open };

        world.App.Tools.For(caller).Select(tool => tool.Name).ShouldBe(["search_subjects"]);
        world.App.Tools.For(caller with { CanObtainMore = true }).Select(tool => tool.Name).ShouldBe(["search_subjects"]);
        foreach (var tool in world.App.Tools.On.Where(tool => tool.Name != "search_subjects"))
        {
            var answer = await world.App.Pipeline.InvokeAsync(new CallRequest(tool.Name, JsonElement.Parse("{}"), caller), CancellationToken.None);
            answer.Outcome.ShouldBe("insufficient_scope");
        }

        (await DeniedAsync(world)).Count.ShouldBe(world.App.Tools.On.Count - 1);
    }

    [Fact]
    public async Task Each_prompt_without_its_scopes_is_absent_refused_and_audited()
    {
        await using var world = await World.StartAsync(("HEALTHMCP_SCOPES", "phi/limited"));
        var client = await world.ConnectAsync();
        var prompts = PromptBook.Embedded().Templates;

        (await client.ListPromptsAsync()).ShouldBeEmpty();
        foreach (var prompt in prompts)
        {
            var refused = await Should.ThrowAsync<McpProtocolException>(async () => await client.GetPromptAsync(prompt.Name));
            foreach (var scope in prompt.Scopes) refused.Message.ShouldContain(scope);
            prompt.Scopes.ShouldBeSubsetOf(world.App.Scopes.Known);
        }

        (await DeniedAsync(world)).ShouldBe(prompts.Select(prompt => $"prompt:{prompt.Name}"));
    }

    [Fact]
    public async Task A_refusal_can_be_asked_for_but_never_runs_what_is_allowed()
    {
        await using var world = await World.StartAsync();
        var allowed = new CallRequest("search_subjects", JsonElement.Parse("{}"), world.App.LocalCaller("http"));

        await Should.ThrowAsync<InvalidOperationException>(() => world.App.Pipeline.RefuseAsync(allowed, CancellationToken.None));
        world.Sandbox.Journal.Entries.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""[{"name":"category","value":"http://terminology.hl7.org/CodeSystem/observation-category|laboratory"}]""", true)]
    [InlineData("""[{"name":"category","values":["http://terminology.hl7.org/CodeSystem/observation-category|laboratory"]}]""", true)]
    [InlineData("""[{"name":"status","value":"final"},{"name":"category","value":"http://terminology.hl7.org/CodeSystem/observation-category|laboratory"}]""", true)]
    [InlineData("""[{"name":"category","value":"laboratory"}]""", false)]
    [InlineData("""[{"name":"category","value":"http://terminology.hl7.org/CodeSystem/observation-category|vital-signs"}]""", false)]
    [InlineData("""[{"name":"category","values":["http://terminology.hl7.org/CodeSystem/observation-category|laboratory","vital-signs"]}]""", false)]
    [InlineData("""[{"name":"category","modifier":"not","value":"http://terminology.hl7.org/CodeSystem/observation-category|laboratory"}]""", false)]
    [InlineData("""[{"name":"category:not","value":"http://terminology.hl7.org/CodeSystem/observation-category|laboratory"}]""", false)]
    [InlineData("""[{"name":"code","value":"http://terminology.hl7.org/CodeSystem/observation-category|laboratory"}]""", false)]
    [InlineData("[]", false)]
    [InlineData("5", false)]
    public async Task A_scope_narrowed_to_a_category_opens_a_search_of_that_category_only(string parameters, bool open)
    {
        const string Laboratory = "http://terminology.hl7.org/CodeSystem/observation-category|laboratory";
        await using var world = await World.StartAsync(("HEALTHMCP_SCOPES", $"drcloud/fhir.read user/Observation.rs?category={Laboratory}"));
        var reply = await world.CallAsync(
            "drcloud_fhir_search",
            $$"""{"type":"Observation","patient":"f1f3c73d-bb2a-4c72-b09b-885520ec7812","parameters":{{parameters}}}""");

        if (!open)
        {
            reply.Content.GetProperty("error").GetProperty("missingScopes").EnumerateArray().Select(s => s.GetString()).ShouldBe(["user/Observation.rs"]);
            return;
        }

        reply.Resources().ShouldNotBeEmpty();
        reply.Resources().ShouldAllBe(resource => resource.GetProperty("category").GetRawText().Contains("laboratory"));
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

    private static async Task<IReadOnlyList<string>> DeniedAsync(World world) =>
        [.. (await File.ReadAllLinesAsync(Path.Combine(world.DataDirectory, "audit.jsonl"))).Skip(1)
            .Select(line => JsonElement.Parse(line))
            .Where(line => line.GetProperty("outcome").GetString() == "insufficient_scope")
            .Select(line => line.GetProperty("tool").GetString()!)];
}
