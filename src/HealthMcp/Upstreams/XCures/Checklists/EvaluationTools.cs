using HealthMcp.Catalog;
using HealthMcp.Documents;
using HealthMcp.Http;
using HealthMcp.Upstreams.XCures.Writing;

namespace HealthMcp.Upstreams.XCures.Checklists;

/// <summary>
/// Answers of a checklist for one subject. A recent answer is only read; one that is made anew takes the place of what others were shown, and stays there, so
/// it is a write.
/// </summary>
internal sealed class EvaluationTools(UpstreamClient xcures) : IToolSet
{
    private const string MadeAnew = "call without regenerate, which gives the new evaluation if there is one";
    private const string Kept = "xCures keeps this evaluation and gives it to others too; it was not read a second time.";

    private static readonly ToolDefinition Evaluate = new()
    {
        Name = "evaluate_checklist",
        Title = "Evaluate an xCures checklist for a subject",
        Description = """
            Answers each question of a checklist from the records of one subject: whether the criterion is met, why, and from which concepts (cc_…) and documents
            (doc_…). xCures' language model does it; check what matters with get_clinical_concepts or get_document before anybody acts on it. "Not met" also
            means that nothing was found. xCures keeps what it answers and gives a recent answer again. With regenerate true it makes a new one, which others see
            in its place: that answers a preview first, like every write. A notice says when the records are not all prepared yet. If an answer is wrong,
            submit_checklist_feedback says so.
            """,
        Toolset = XCuresEndpoints.System,
        Scopes = ["xcures/checklists.read"],
        ScopesOf = ChecklistScopes.Of,
        ScopesByArgument = new Dictionary<string, string>(StringComparer.Ordinal) { ["regenerate"] = ChecklistScopes.Write },
        Hints = new ToolHints(ReadOnly: false, Destructive: true, Idempotent: false, OpenWorld: false),
        NotSigned = "what is made anew xCures itself writes",
        Endpoints = [ChecklistEndpoints.Evaluate, ChecklistEndpoints.Renew, XCuresEndpoints.ConceptsStatus, PeopleEndpoints.GetSubject],
        PersonRecord = PeopleEndpoints.GetSubject,
        Input = XCuresJson.Default.EvaluateChecklistInput,
        DataSchema = ChecklistSchemas.Evaluation,
    };

    public IEnumerable<Tool> Tools =>
        [new(Evaluate, async (input, call, cancellation) => await RunAsync((EvaluateChecklistInput)input, call, cancellation))];

    private async Task<ToolOutcome> RunAsync(EvaluateChecklistInput input, CallContext call, CancellationToken cancellation) =>
        input.Regenerate == true ? await RenewingAsync(input, call, cancellation) : await RecentAsync(input, call, cancellation);

    private async Task<UpstreamResult> RecentAsync(EvaluateChecklistInput input, CallContext call, CancellationToken cancellation)
    {
        var status = ConceptsLoaded.NoticeAsync(xcures, input.Subject, call, cancellation);
        var answer = xcures.SendAsync(Request(ChecklistEndpoints.Evaluate, input), call, cancellation);
        await Task.WhenAll(status, answer);
        return Answer((await answer).Read(ChecklistAnswers.Of), await status is { } notice ? [notice] : []);
    }

    private async Task<WritePlan> RenewingAsync(EvaluateChecklistInput input, CallContext call, CancellationToken cancellation)
    {
        var request = Request(ChecklistEndpoints.Renew, input);
        return new WritePlan(request.Endpoint, request.Path(), request.Body)
        {
            Preview = XCuresRow.Of(json =>
            {
                json.WriteString("checklistId", input.ChecklistId);
                json.WriteString("subjectId", input.Subject);
            }),
            PreviewShape = "xcures.checklist.feedback",
            FindOut = MadeAnew,
            Warnings = await ConceptsLoaded.NoticeAsync(xcures, input.Subject, call, cancellation) is { } notice ? [notice] : [],
            Says = $"Has {xcures.Source.Kind} xCures answer one checklist anew for one subject; the new evaluation takes the place of the recent one "
                + "for everybody.",
            Execute = async (_, inner) => Answer(await new OnceWriter(xcures, call).SendAsync(request, ChecklistAnswers.Of, MadeAnew, inner), [Kept]) with
            {
                Write = new WriteOutcome(WrittenRecord.Done, Verified: false),
            },
        };
    }

    private static UpstreamRequest Request(Endpoint endpoint, EvaluateChecklistInput input) => new UpstreamRequest(endpoint)
    {
        Body = XCuresRow.Of(json =>
        {
            json.WriteString("subjectId", input.Subject);
            if (input.Regenerate is { } anew) json.WriteBoolean("regenerate", anew);
        }),
    }.Route("checklistId", input.ChecklistId);

    private static UpstreamResult Answer(
        (ReadOnlyMemory<byte> Evaluation, IReadOnlyList<ReadOnlyMemory<byte>> Items) made, IReadOnlyList<string> notices) => new(
            XCuresEndpoints.System,
            [
                new Section("evaluation", ChecklistEndpoints.Evaluate.Shape, [made.Evaluation]) { Single = true },
                new Section("items", "xcures.checklist.answer", made.Items) { Total = made.Items.Count },
            ])
        {
            Notices = notices,
        };
}
