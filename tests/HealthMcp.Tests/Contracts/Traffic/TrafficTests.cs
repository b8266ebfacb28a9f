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
    [InlineData("phenoml")]
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

    // Files lie beside the API, at addresses that its answers sign.
    private static bool IsStorage(JournalEntry entry) => entry.Template.StartsWith("/storage/", StringComparison.Ordinal);

    private static async Task PlayAsync(World world, string system)
    {
        var client = await world.ConnectAsync();
        var kept = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var step in CallScripts.Of(system))
        {
            if (step.LosesAnswerOf is { } operation) world.Sandbox.Faults.Next(system, operation, Fault.AnswerLost());
            var reply = await client.ReplyAsync(step.Tool, step.Fill(kept), step.Listens);
            reply.ErrorCode.ShouldBe(step.Fails, $"{step.Tool} {step.Arguments}: {reply.Text}");
            step.Remember(reply.Content, kept);
        }
    }
}
