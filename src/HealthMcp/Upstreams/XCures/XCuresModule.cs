using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.XCures.Applications;
using HealthMcp.Upstreams.XCures.Checklists;
using HealthMcp.Upstreams.XCures.Documents;
using HealthMcp.Upstreams.XCures.Fhir;
using HealthMcp.Upstreams.XCures.Records;
using HealthMcp.Upstreams.XCures.Subjects;

namespace HealthMcp.Upstreams.XCures;

/// <summary>Puts the xCures system together: connection and tools.</summary>
internal static class XCuresModule
{
    /// <param name="source">Which machine answers, for answers and handles.</param>
    /// <param name="account">Address and credentials; on the sandbox they are known only once it has started.</param>
    /// <param name="http">Sends; must neither follow redirects nor keep cookies.</param>
    /// <param name="time">Clock for expiry and time limits.</param>
    public static SystemConnection Connect(
        SystemSource source, Func<CancellationToken, ValueTask<XCuresAccount>> account, HttpMessageInvoker http, TimeProvider time)
    {
        var signIn = new XCuresSignIn(account, http, time);
        var tokens = new TokenSource(signIn.TokenAsync, time);
        var project = new XCuresProject(account, signIn, tokens);
        return new SystemConnection(source, async cancellation => (await account(cancellation)).BaseAddress, tokens) 
        {
            CommonHeaders = project.HeadersAsync,
            Explain = project.ExplainAsync,
        };
    }

    /// <summary>Reads a subject's own record, for whom a handle stands of whom nothing is known yet.</summary>
    public static PersonReader Person(UpstreamClient client) => async (id, call, cancellation) =>
        (await client.SendAsync(new UpstreamRequest(PeopleEndpoints.GetSubject).Route("id", id), call, cancellation)).Read(body => XCuresRecord.Of(id, body));

    /// <param name="client">Calls the API.</param>
    /// <param name="files">Fetches and stores files at the addresses that the API signs.</param>
    /// <param name="time">Clock for time limits and for what today is.</param>
    public static IReadOnlyList<IToolSet> ToolSets(UpstreamClient client, FileTransfer files, TimeProvider time) =>
    [
        new SubjectTools(client, time, new LookupGuesses(time)), new ConceptTools(client), new ProjectTools(client),
        new SubjectRecordTools(client), new SubjectWriteTools(client, time), new RecordRequestTools(client, time), new ApplicationTools(client, time),
        new DocumentTools(client, files), new DocumentWriteTools(client, files), new PublishingTools(client),
        new FhirTools(client, files), new ChecklistTools(client), new EvaluationTools(client),
    ];
}
