using HealthMcp.Catalog;
using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Contracts.Traffic;

/// <summary>
/// Every tool that writes, over a network that loses what is sent first and a system that then refuses whatever comes. The lost one might have been
/// carried out, so nobody is told that the write failed, or to call again.
/// </summary>
public sealed class LostThenRefusedTests
{
    private static readonly int[] Statuses = [401, 403, 409, 422];

    /// <summary>
    /// What is settled by itself: each subject of a lost batch is then made alone under its own id, and a record that is replaced by what it is already holds
    /// what was sent, whichever send put it there.
    /// </summary>
    private static readonly (string Tool, string Operation)[] Settled =
    [
        ("create_subjects", "POST /api/v1/patient-registry/subject"), ("provider_fhir_write", "PUT /fhir-provider/{fhir_provider_id}/fhir/{fhir_path}"),
    ];

    public static TheoryData<string> Systems => ["xcures", "patients", "drcloud", "phenoml"];

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task It_is_in_doubt(string system)
    {
        var writes = await FirstWritesAsync(system);
        await using var run = await ScriptRun.StartAsync(system);
        var wrong = new List<string>();
        await run.PlayAsync(each: async step =>
        {
            if (!writes.TryGetValue(step, out var operation)) return;
            foreach (var status in Statuses)
            {
                var reply = await TroubledAsync(run, system, step, operation, status);
                if (reply.ErrorCode == FailureCodes.InDoubt || Settled.Contains((step.Tool, operation))) continue;
                wrong.Add($"{step.Tool} {operation} then {status}: {reply.Text}");
            }
        });

        wrong.ShouldBeEmpty();
        writes.Keys.Select(step => step.Tool).Distinct().ShouldBe(
            run.Tools.Where(tool => tool.Definition.Endpoints.Any(endpoint => endpoint.ChangesState)).Select(tool => tool.Name), ignoreOrder: true);
    }

    /// <summary>The operation with which each call of the script begins to write.</summary>
    private static async Task<Dictionary<CallStep, string>> FirstWritesAsync(string system)
    {
        var writes = new Dictionary<CallStep, string>(ReferenceEqualityComparer.Instance);
        await using var run = await ScriptRun.StartAsync(system);
        await run.PlayAsync(reached: (step, operations) =>
        {
            if (operations.Count > 0) writes[step] = operations[0];
        });
        return writes;
    }

    private static async Task<ToolReply> TroubledAsync(ScriptRun run, string system, CallStep step, string operation, int status)
    {
        var before = run.World.Sandbox.Journal.Of(system, operation).Count;
        run.World.Sandbox.Faults.Next(system, operation, Fault.ResetConnection());
        run.World.Sandbox.Faults.Next(system, operation, Fault.Status(status), 50);
        var reply = await run.CallAsync(step.Tool, step.Fill(run.Kept));
        run.World.Sandbox.Faults.Clear();
        run.Rest();
        run.World.Sandbox.Journal.Of(system, operation).Count.ShouldBeGreaterThan(before);
        return reply;
    }
}
