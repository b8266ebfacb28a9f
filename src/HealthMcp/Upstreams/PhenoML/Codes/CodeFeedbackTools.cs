using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Documents;
using HealthMcp.Http;
using HealthMcp.Upstreams.PhenoML.Outbound;
using HealthMcp.Upstreams.PhenoML.Writing;

namespace HealthMcp.Upstreams.PhenoML.Codes;

/// <summary>Tells PhenoML what an extraction should have found.</summary>
internal sealed class CodeFeedbackTools(UpstreamClient client, OutboundPolicy outbound) : IToolSet
{
    private const string PreviewShape = "phenoml.feedback.preview";

    private const string FindOut =
        "PhenoML has no operation that shows feedback, so tell the user, and send it again only if a second one does no harm";

    private static readonly ToolDefinition Feedback = new()
    {
        Name = "submit_code_feedback",
        Title = "Say which codes PhenoML should have found",
        Description = """
            Tells PhenoML that an answer of extract_codes was wrong: the text, what it answered, and what it should have answered. People at the vendor read and
            keep it; it cannot be taken back. Only after the user has judged the codes, never on your own, and with a text that identifies nobody.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = ["phenoml/codes.write"],
        Hints = new ToolHints(ReadOnly: false, Destructive: false, Idempotent: false, OpenWorld: true),
        Endpoints = [CodeEndpoints.Feedback],
        Input = CodesJson.Default.SubmitCodeFeedbackInput,
        DataSchema = CodeSchemas.Feedback,
    };

    public IEnumerable<Tool> Tools => [Tool.Writing<SubmitCodeFeedbackInput>(Feedback, SubmitAsync)];

    public Task<WritePlan> SubmitAsync(SubmitCodeFeedbackInput input, CallContext call, CancellationToken cancellation)
    {
        outbound.RequireAsIs("text", "feedback is kept there as it is sent");
        if (string.IsNullOrWhiteSpace(input.Text))
            throw CallFailureException.Invalid("text", "text holds nothing but white space: give the text that was coded.");
        var body = JsonRow.Of(json =>
        {
            json.WriteString("text", input.Text);
            Results(json, input);
            json.Maybe("detail", call.Author is { } author ? author.Sign(input.Detail) : input.Detail);
        });
        var request = new UpstreamRequest(CodeEndpoints.Feedback) { Body = body };
        return Task.FromResult(new WritePlan(CodeEndpoints.Feedback, request.Path(), body)
        {
            // The text is the caller's own: the preview does not repeat it.
            Preview = JsonRow.Of(json => Results(json, input)),
            PreviewShape = PreviewShape,
            Says = $"Sends a text and feedback on its codes to {client.Source.Kind} PhenoML, which keeps them; it cannot be taken back.",
            Authorship = call.Author is { } signing ? $"detail will end in {signing.Mark}" : null,
            Execute = (_, inner) => SendAsync(request, call, inner),
        });
    }

    private async Task<UpstreamResult> SendAsync(UpstreamRequest request, CallContext call, CancellationToken cancellation)
    {
        var answer = await new SentOnce(client, call).TryAsync(request, PhenoMLFailures.IsOwn, cancellation)
            ?? throw UpstreamFailures.InDoubt(PhenoMLEndpoints.System, FindOut);
        if (answer.Status >= 400) throw PhenoMLFailures.Of(answer, "PhenoML does not take feedback here (404): tell the operator.", "text");
        return UpstreamResult.Of(PhenoMLEndpoints.System, new Section(null, CodeEndpoints.Feedback.Shape, [answer.Body]) { Single = true }) with
        {
            Write = new WriteOutcome(SentOnce.Done, Verified: false),
            Notices = ["PhenoML took the feedback; it has no operation that shows feedback, so this could not be read back."],
        };
    }

    private static void Results(Utf8JsonWriter json, SubmitCodeFeedbackInput input)
    {
        Result(json, "received_result", input.ReceivedResult);
        Result(json, "expected_result", input.ExpectedResult);
    }

    private static void Result(Utf8JsonWriter json, string name, CodeResultInput result)
    {
        json.WriteStartObject(name);
        json.WriteStartObject("system");
        json.Maybe("name", result.System.Name);
        json.Maybe("version", result.System.Version);
        json.WriteEndObject();
        json.WriteStartArray("codes");
        foreach (var one in result.Codes)
        {
            json.WriteStartObject();
            json.WriteString("code", one.Code);
            json.WriteString("description", one.Description);
            json.WriteBoolean("valid", one.Valid ?? true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
