using HealthMcp.Catalog;
using HealthMcp.Privacy;

namespace HealthMcp.Pipeline;

/// <summary>Makes the view, projects, fits the answer into its budget in whole rows, seals the cursor and writes the structured content.</summary>
internal sealed class ShapeStage(Cursors cursors, AnswerWriter writer) : IStage
{
    public async Task InvokeAsync(CallState state, Step next, CancellationToken cancellation)
    {
        await next(state, cancellation);
        var redacted = state.Redacted! with { Sections = Views.Of(state.Redacted!.View, state.Redacted.Sections) };
        var bound = state.Bound!;

        // Pages are counted in the rows that are shown.
        state.Redacted = redacted;
        var sections = Compacted(Projected(redacted.Sections, bound.Fields), redacted.Write is not null);
        var (cut, content) = Fit(sections, Budget.Envelope, state);

        // What stands around the rows is longer in some answers than in others: what it took too much, the rows give back.
        if (content.Length > bound.MaxBytes && cut.Taken > 1) (_, content) = Fit(sections, Budget.Envelope + content.Length - bound.MaxBytes, state);
        state.Answer = new CallAnswer(content, System.Text.Encoding.UTF8.GetString(content), Outcome(redacted.Write?.Status))
        {
            Approval = state.Approval,
        };
    }

    // A write that lost against another is a failure, although its answer has data to go on with.
    private static string Outcome(string? write) => write switch
    {
        "preview" => "preview",
        CallAnswer.ApprovalNeeded => CallAnswer.ApprovalNeeded,
        FailureCodes.Conflict => FailureCodes.Conflict,
        _ => "ok",
    };

    private (CutAnswer Cut, byte[] Content) Fit(IReadOnlyList<RedactedSection> sections, int envelope, CallState state)
    {
        var (redacted, bound) = (state.Redacted!, state.Bound!);
        var given = RowMark.Resume(redacted.Sections, bound.Given, bound.LastGiven);
        var cut = Budget.Cut(sections, given, bound.MaxBytes - envelope);
        var at = cut.LeftOut
            ? new CursorPosition(redacted.ThisPage ?? bound.Context.Page, given + cut.Taken, RowMark.At(redacted.Sections, given + cut.Taken - 1))
            : redacted.NextPage is { } page ? new CursorPosition(page, 0) : null;
        return (cut, writer.Write(new AnswerContent(
            redacted,
            cut,
            at is null ? null : cursors.Seal(at, bound.QueryDigest),
            state.Level,
            state.Tool!.Definition,
            bound.Fields is { Count: > 0 })));
    }

    private static IReadOnlyList<RedactedSection> Projected(IReadOnlyList<RedactedSection> sections, IReadOnlyList<string>? fields) =>
        [.. sections.Select(section => Cut(Cut(section, section.Fields), fields ?? []))];

    private static RedactedSection Cut(RedactedSection section, IReadOnlyList<string> fields) =>
        fields.Count == 0 ? section : section with { Rows = [.. section.Rows.Select(row => Projection.Of(row, fields))] };

    // Of a write all is shown: a null may be what is written.
    private static IReadOnlyList<RedactedSection> Compacted(IReadOnlyList<RedactedSection> sections, bool isWrite) =>
        isWrite ? sections : [.. sections.Select(section => section with { Rows = [.. section.Rows.Select(Compaction.Of)] })];
}
