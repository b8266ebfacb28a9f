using HealthMcp.Catalog;
using HealthMcp.Documents;
using HealthMcp.Http;
using HealthMcp.Upstreams.XCures.Writing;

namespace HealthMcp.Upstreams.XCures.Checklists;

/// <summary>Tools about the questions that a project asks of every record.</summary>
internal sealed class ChecklistTools(UpstreamClient xcures) : IToolSet
{
    private const string FeedbackShape = "xcures.checklist.feedback";
    private const string FindOut = "xCures has no operation that shows feedback, so tell the user, and send it again only if a second one does no harm";

    private static readonly ToolDefinition List = new()
    {
        Name = "list_checklists",
        Title = "List the xCures checklists",
        Description = """
            Lists the checklists of the project with their questions: sets of yes-or-no criteria, such as the eligibility for a study, that xCures answers from a
            subject's records. The list is complete. evaluate_checklist answers one for one subject.
            """,
        Toolset = XCuresEndpoints.System,
        Scopes = ["xcures/checklists.read"],
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false),
        Endpoints = [ChecklistEndpoints.List],
        Input = XCuresJson.Default.ListChecklistsInput,
        DataSchema = ChecklistSchemas.Checklists,
    };

    private static readonly ToolDefinition Feedback = new()
    {
        Name = "submit_checklist_feedback",
        Title = "Say whether an xCures checklist answer is right",
        Description = """
            Tells xCures that its answer to one question of a checklist for one subject was right, wrong, or wrong in a harmful way. People at the vendor read it;
            it does not change the answer. Only after the user has judged the answer, never on your own. It cannot be taken back.
            """,
        Toolset = XCuresEndpoints.System,
        Scopes = ["xcures/checklists.write"],
        Hints = new ToolHints(ReadOnly: false, Destructive: false, Idempotent: false, OpenWorld: false),
        Endpoints = [ChecklistEndpoints.Feedback],
        Input = XCuresJson.Default.SubmitChecklistFeedbackInput,
        DataSchema = ChecklistSchemas.Feedback,
    };

    public IEnumerable<Tool> Tools =>
    [
        Tool.Reading<ListChecklistsInput>(List, ListAsync),
        Tool.Writing<SubmitChecklistFeedbackInput>(Feedback, FeedbackAsync),
    ];

    public async Task<UpstreamResult> ListAsync(ListChecklistsInput input, CallContext call, CancellationToken cancellation)
    {
        var rows = (await xcures.SendAsync(new UpstreamRequest(ChecklistEndpoints.List).Query("type", input.Type), call, cancellation)).Read(Rows.Of);
        return UpstreamResult.Of(XCuresEndpoints.System, new Section(null, ChecklistEndpoints.List.Shape, rows) { Total = rows.Count }) with
        {
            Searched = $"Checklists of one {xcures.Source.Kind} xCures project.",
        };
    }

    public Task<WritePlan> FeedbackAsync(SubmitChecklistFeedbackInput input, CallContext call, CancellationToken cancellation)
    {
        var words = input.Comment?.Trim() is { Length: > 0 } said ? said : null;
        var comment = words is null ? null : call.Author?.Sign(words) ?? words;
        if (input.FeedbackType == "harmful" && comment is null)
            throw CallFailureException.Invalid("comment", "comment is needed when feedbackType is harmful: say in a sentence what could hurt the patient.");
        var body = XCuresRow.Of(json =>
        {
            json.WriteString("subjectId", input.Subject);
            json.WriteString("feedbackType", input.FeedbackType);
            json.Maybe("comment", comment);
        });
        var request = new UpstreamRequest(ChecklistEndpoints.Feedback) { Body = body }
            .Route("checklistId", input.ChecklistId).Route("checklistItemId", input.ChecklistItemId);
        var shown = XCuresRow.Of(json =>
        {
            json.WriteString("checklistId", input.ChecklistId);
            json.WriteString("checklistItemId", input.ChecklistItemId);
            json.WriteString("subjectId", input.Subject);
            json.WriteString("feedbackType", input.FeedbackType);
        });
        return Task.FromResult(new WritePlan(ChecklistEndpoints.Feedback, request.Path(), body)
        {
            Preview = shown,
            PreviewShape = FeedbackShape,
            ForPerson = XCuresRow.Of(json =>
            {
                json.WriteString("checklistItemId", input.ChecklistItemId);
                json.WriteString("feedbackType", input.FeedbackType);
                json.Maybe("comment", comment);
            }),
            FindOut = FindOut,
            Says = $"Sends {input.FeedbackType} feedback{(comment is null ? "" : ", with a comment,")} on one checklist answer to {xcures.Source.Kind} xCures; "
                + "it cannot be taken back.",
            Authorship = call.Author is not { } author ? null
                : comment is null ? $"{Authorship.NotCarried}: there is no comment." : $"comment will end in {author.Mark}",
            Execute = async (_, inner) =>
            {
                await new OnceWriter(xcures, call).SendAsync(request, answer => answer.Length, FindOut, inner);
                return UpstreamResult.Of(XCuresEndpoints.System, new Section(null, FeedbackShape, [shown]) { Single = true }) with
                {
                    Write = new WriteOutcome(WrittenRecord.Done, Verified: false),
                    Notices = ["xCures took the feedback; it has no operation that shows feedback, so this could not be read back."],
                };
            },
        });
    }
}
