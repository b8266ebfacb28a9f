using HealthMcp.Tests.Contracts.Traffic;

namespace HealthMcp.Tests.Approvals;

/// <summary>Every tool that writes, by the scripts that have a good call of each.</summary>
public sealed class EveryWriteTests
{
    public static TheoryData<string> Systems => ["xcures", "patients", "drcloud", "phenoml"];

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task It_waits_for_a_person_who_sees_whose_record_it_is_and_all_that_is_sent(string system)
    {
        await using var run = await ScriptRun.StartAsync(system);
        await using var watch = new PageWatch(run, system);
        await run.PlayAsync(each: watch.AskAsync, answered: (step, _) => watch.Compare(step));

        watch.Wrong.ShouldBeEmpty();
        watch.Asked.ShouldBe(
            run.Tools.Where(tool => tool.Definition.ChangesState).Select(tool => tool.Name), ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task It_was_read_back_or_the_answer_says_why_not(string system)
    {
        await using var run = await ScriptRun.StartAsync(system);
        var wrong = new List<string>();
        await run.PlayAsync(answered: (step, reply) =>
        {
            if (reply.IsError || !reply.Content.TryGetProperty("write", out var write)) return;
            if (!write.TryGetProperty("verified", out var verified)) wrong.Add($"{step.Tool} does not say");
            else if (!verified.GetBoolean() && reply.Notices.Count == 0) wrong.Add($"{step.Tool} does not say why not");
        });

        wrong.ShouldBeEmpty();
    }
}
