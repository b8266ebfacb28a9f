using System.Text.Json;
using HealthMcp.FhirR4;
using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Contracts.Traffic;

/// <summary>
/// Every endpoint of a system is called by a tool in a script of calls, and all that the server sent and the sandbox answered on the way keeps
/// to the contract.
/// </summary>
public sealed class TrafficTests
{
    [Theory]
    [InlineData("xcures")]
    [InlineData("patients")]
    public async Task Requests_and_answers_keep_to_the_contract(string system)
    {
        await using var world = await World.StartAsync(
            new SandboxOptions { KeepAnswers = true },
            ("HEALTHMCP_PRIVACY", "identified"), ("HEALTHMCP_PURPOSE", "treatment"), ("HEALTHMCP_WRITES", "direct"), ("HEALTHMCP_TOOLSETS", "all"));
        await PlayAsync(world, system);

        var entries = world.Sandbox.Journal.Entries.Where(entry => entry.System == system && entry.Template.Length > 0 && !IsStorage(entry)).ToList();
        entries.SelectMany(ExchangeCheck.Of).Distinct().ShouldBeEmpty();
        var met = entries.Where(entry => entry.Status is >= 200 and < 300).Select(entry => $"{system} {entry.Operation}").ToHashSet(StringComparer.Ordinal);
        Composition.Catalog.Endpoints.Where(endpoint => endpoint.System == system).Select(endpoint => endpoint.Key).Except(met).ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_operation_of_the_EHR_is_reached_and_all_that_it_answers_keeps_to_R4()
    {
        await using var run = await ScriptRun.StartAsync("drcloud");
        await run.PlayAsync();

        var entries = run.World.Sandbox.Journal.Entries.Where(entry => entry is { System: "drcloud", Status: >= 200 and < 300 }).ToList();
        var met = entries.Select(entry => CallScripts.KeyOf("drcloud", entry.Operation)).ToHashSet(StringComparer.Ordinal);
        Composition.Catalog.Endpoints.Where(endpoint => endpoint.System == "drcloud").Select(endpoint => endpoint.Key).Except(met)
            .Where(key => !key.Contains("/" + DrCloudCalls.PatientsOnly, StringComparison.Ordinal)).ShouldBeEmpty();
        var resources = entries.SelectMany(entry => new[] { entry.Body, entry.Answer }).OfType<string>()
            .Where(text => text.StartsWith('{') && !text.Contains("}\n{", StringComparison.Ordinal))
            .Where(text => text.Contains("\"resourceType\"", StringComparison.Ordinal));
        resources.SelectMany(text => StructureCheck.Of(JsonElement.Parse(text))).Select(problem => problem.ToString()).Distinct().ShouldBeEmpty();
    }

    // Files lie beside the API, at addresses that its answers sign.
    private static bool IsStorage(JournalEntry entry) => entry.Template.StartsWith("/storage/", StringComparison.Ordinal);

    private static async Task PlayAsync(World world, string system)
    {
        var client = await world.ConnectAsync();
        var kept = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var step in CallScripts.Of(system))
        {
            if (step.LosesAnswerOf is { } operation) world.Sandbox.Faults.Next(system, operation, Fault.AnswerLost());
            var reply = await client.ReplyAsync(step.Tool, step.Fill(kept));
            reply.ErrorCode.ShouldBe(step.Fails, $"{step.Tool} {step.Arguments}: {reply.Text}");
            step.Remember(reply.Content, kept);
        }
    }
}
