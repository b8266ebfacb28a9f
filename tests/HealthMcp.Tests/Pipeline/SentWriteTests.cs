using System.Text.Json;
using HealthMcp.Access;
using HealthMcp.Audit;
using HealthMcp.Catalog;
using HealthMcp.Pipeline;
using HealthMcp.Privacy;
using HealthMcp.Storage;
using HealthMcp.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace HealthMcp.Tests.Pipeline;

/// <summary>Whatever breaks after a write was sent, nobody is told to call again: a second write could follow.</summary>
public sealed class SentWriteTests
{
    public static TheoryData<string> Breaks => ["unexpected", "storage", "redaction", "cancelled"];

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task A_break_after_sending_is_in_doubt(string how)
    {
        var answer = await AnswerAsync(how, sent: true);

        answer.Outcome.ShouldBe(FailureCodes.InDoubt);
        answer.Text.ShouldContain("look for the record");
        answer.Text.ShouldNotContain("all again");
    }

    [Theory]
    [MemberData(nameof(Breaks))]
    public async Task A_break_before_sending_is_not(string how) => (await AnswerAsync(how, sent: false)).Outcome.ShouldNotBe(FailureCodes.InDoubt);

    [Fact]
    public async Task A_failure_that_knows_what_became_of_the_write_says_so_itself()
    {
        var state = State(sent: true);
        await Errors().InvokeAsync(state, (_, _) => throw new CallFailureException(FailureCodes.UpstreamRejected, "It was refused."), CancellationToken.None);

        state.Answer!.Outcome.ShouldBe(FailureCodes.UpstreamRejected);
    }

    [Theory]
    [InlineData(true, FailureCodes.InDoubt)]
    [InlineData(false, FailureCodes.AuditUnavailable)]
    public async Task An_end_that_cannot_be_recorded_tells_of_a_write_that_was_sent(bool sent, string outcome)
    {
        using var folder = new TempFolder();
        var directory = DataDirectory.Open(folder.Path);
        var (entropy, time) = (new SeededEntropy(1), new ManualTime(jumps: true));
        var keys = KeyFile.OpenOrCreate(directory, entropy, time);
        var log = new AuditLog(directory, keys, entropy, time);
        var stage = new AuditStage(
            log,
            new SubjectMarks(keys),
            new Dictionary<string, SystemSource>(),
            new PrivacySettings(PrivacyLevel.Deidentified, null),
            time,
            NullLogger<AuditStage>.Instance);
        var state = State(sent);
        Directory.CreateDirectory(directory.PathOf(AuditLog.FileName));

        await stage.InvokeAsync(state, (_, _) => Task.CompletedTask, CancellationToken.None);

        state.Answer!.Outcome.ShouldBe(outcome);
    }

    private static async Task<CallAnswer> AnswerAsync(string how, bool sent)
    {
        using var cancel = new CancellationTokenSource();
        if (how == "cancelled") await cancel.CancelAsync();
        var state = State(sent);
        await Errors().InvokeAsync(state, (_, _) => throw Broken(how), cancel.Token);
        return state.Answer!;
    }

    private static Exception Broken(string how) => how switch
    {
        "storage" => new StorageException("x"),
        "redaction" => new RedactionException(),
        "cancelled" => new OperationCanceledException(),
        _ => new InvalidOperationException("x"),
    };

    private static ErrorStage Errors() => new(NullLogger<ErrorStage>.Instance);

    private static CallState State(bool sent) =>
        new(new CallRequest("t", JsonElement.Parse("{}"), new Caller("ann", "stdio", ScopeSet.None)), null, "call") { WriteSent = sent };
}
