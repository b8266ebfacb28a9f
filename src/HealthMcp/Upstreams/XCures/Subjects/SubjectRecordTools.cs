using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.XCures.Subjects;

/// <summary>Tools that read one person of the registry.</summary>
internal sealed class SubjectRecordTools(UpstreamClient xcures) : IToolSet
{
    private static readonly ToolDefinition Get = new()
    {
        Name = "get_subject",
        Title = "Get an xCures subject",
        Description = """
            Reads one person's registry record in full: demographics, identifiers, labels, tags, other names and addresses; and says whether
            the clinical concepts are prepared. Use search_subjects to find the person, get_clinical_concepts for what the medical records
            say, and get_subject_summary for a summary of them. Read a record here before update_subject replaces one of its lists.
            """,
        Toolset = XCuresEndpoints.System,
        Scopes = ["xcures/subjects.read"],
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false),
        Endpoints = [PeopleEndpoints.GetSubject, XCuresEndpoints.ConceptsStatus],
        Input = XCuresJson.Default.OneSubjectInput,
        DataSchema = SubjectSchemas.One,
    };

    private static readonly ToolDefinition Summarise = new()
    {
        Name = "get_subject_summary",
        Title = "Get the summary of an xCures subject",
        Description = """
            Reads the summary that xCures keeps of one subject's records: an overview in prose, and the documents that it rests on with the
            passages used. It is written by a machine: check what matters with get_clinical_concepts, which has codes and dates, or in the
            documents themselves. A project may have summaries switched off; the answer then says so.
            """,
        Toolset = XCuresEndpoints.System,
        Scopes = ["xcures/subjects.read"],
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false),
        Endpoints = [PeopleEndpoints.Summary, PeopleEndpoints.GetSubject],
        Input = XCuresJson.Default.OneSubjectInput,
        DataSchema = SubjectSchemas.Summary,
    };

    public IEnumerable<Tool> Tools => [Tool.Reading<OneSubjectInput>(Get, GetAsync), Tool.Reading<OneSubjectInput>(Summarise, SummariseAsync)];

    public async Task<UpstreamResult> GetAsync(OneSubjectInput input, CallContext call, CancellationToken cancellation)
    {
        var status = StatusAsync(input.Subject, call, cancellation);
        var read = xcures.SendAsync(new UpstreamRequest(PeopleEndpoints.GetSubject).Route("id", input.Subject), call, cancellation);
        await Task.WhenAll(read, status);
        var subject = (await read).Read(body => XCuresRecord.Of(input.Subject, body));
        var loaded = await status;
        return new UpstreamResult(
            XCuresEndpoints.System,
            [
                new Section("subject", PeopleEndpoints.GetSubject.Shape, [subject]) { Single = true },
                new Section("clinicalConcepts", XCuresEndpoints.ConceptsStatus.Shape, loaded is { } row ? [row] : []) { Single = true },
            ])
        {
            Notices = loaded is null ? ["Whether the clinical concepts are prepared could not be checked."] : [],
        };
    }

    public async Task<UpstreamResult> SummariseAsync(OneSubjectInput input, CallContext call, CancellationToken cancellation)
    {
        // Prose names the person; what her own record says is known to redaction once it was read.
        if (!call.IdentifiersVisible) await ReadAsync(input, call, cancellation);
        var summary = (await AskAsync(input, call, cancellation)).Read(XCuresRecord.Of);
        return UpstreamResult.Of(XCuresEndpoints.System, new Section(null, PeopleEndpoints.Summary.Shape, [summary]) { Single = true }) with
        {
            Notices = IsEmpty(summary)
                ? ["xCures has no summary of this subject: none of the records may have arrived yet; get_record_requests says how far a request is."]
                : [],
        };
    }

    private async Task ReadAsync(OneSubjectInput input, CallContext call, CancellationToken cancellation)
    {
        var answer = await xcures.SendAsync(new UpstreamRequest(PeopleEndpoints.GetSubject).Route("id", input.Subject), call, cancellation);
        call.Read.Add(PeopleEndpoints.GetSubject.Shape, answer.Read(body => XCuresRecord.Of(input.Subject, body)));
    }

    private async Task<UpstreamResponse> AskAsync(OneSubjectInput input, CallContext call, CancellationToken cancellation)
    {
        try
        {
            return await xcures.SendAsync(new UpstreamRequest(PeopleEndpoints.Summary).Route("subjectId", input.Subject), call, cancellation);
        }
        catch (CallFailureException failure) when (failure.Code == FailureCodes.UpstreamRejected)
        {
            // The contract declares no 404 here, and a lone id can only be refused for naming nothing.
            throw UpstreamFailures.Of(XCuresEndpoints.System, 404);
        }
        catch (CallFailureException failure) when (failure.Code == FailureCodes.UpstreamForbidden)
        {
            throw new CallFailureException(
                FailureCodes.UpstreamForbidden,
                "xCures does not give summaries in this project (403): read get_clinical_concepts instead, or ask the operator to have them switched on.");
        }
    }

    // A side question: its own failure must not cost the record.
    private async Task<ReadOnlyMemory<byte>?> StatusAsync(string subject, CallContext call, CancellationToken cancellation)
    {
        try
        {
            var answer = await xcures.SendAsync(new UpstreamRequest(XCuresEndpoints.ConceptsStatus).Route("id", subject), call, cancellation);
            return answer.Read(XCuresRecord.Of);
        }
        catch (CallFailureException)
        {
            return default(ReadOnlyMemory<byte>?);
        }
    }

    private static bool IsEmpty(ReadOnlyMemory<byte> summary)
    {
        using var json = JsonDocument.Parse(summary);
        return !json.RootElement.TryGetProperty("overview", out var text) || string.IsNullOrWhiteSpace(text.ToString());
    }
}
