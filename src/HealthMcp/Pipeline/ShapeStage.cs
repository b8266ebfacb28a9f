using HealthMcp.Catalog;
using HealthMcp.Privacy;

namespace HealthMcp.Pipeline;

/// <summary>Projects, fits the answer into its budget in whole rows, seals the cursor and writes the structured content.</summary>
internal sealed class ShapeStage(Cursors cursors, AnswerWriter writer) : IStage
{
    public async Task InvokeAsync(CallState state, Step next, CancellationToken cancellation)
    {
        await next(state, cancellation);
        var redacted = state.Redacted!;
        var bound = state.Bound!;
        var cut = Budget.Cut(Projected(redacted.Sections, bound.Fields), bound.Given, bound.MaxBytes);
        var at = cut.LeftOut
            ? new CursorPosition(bound.Context.Page, bound.Given + cut.Taken)
            : redacted.NextPage is { } page ? new CursorPosition(page, 0) : null;
        var content = writer.Write(new AnswerContent(redacted, cut, at is null ? null : cursors.Seal(at, bound.QueryDigest), state.Level, state.Tool!.Definition));
        state.Answer = new CallAnswer(content, System.Text.Encoding.UTF8.GetString(content), redacted.Write?.Status == "preview" ? "preview" : "ok");
    }

    private static IReadOnlyList<RedactedSection> Projected(IReadOnlyList<RedactedSection> sections, IReadOnlyList<string>? fields) =>
        fields is not { Count: > 0 } ? sections : [.. sections.Select(s => s with { Rows = [.. s.Rows.Select(row => Projection.Of(row, fields))] })];
}
