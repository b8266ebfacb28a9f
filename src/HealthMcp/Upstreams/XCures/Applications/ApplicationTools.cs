using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.XCures.Subjects;
using HealthMcp.Upstreams.XCures.Writing;

namespace HealthMcp.Upstreams.XCures.Applications;

/// <summary>Tools about persons who ask for their own records: they are invited by e-mail, and become subjects once they consent.</summary>
internal sealed class ApplicationTools(UpstreamClient xcures, TimeProvider time) : IToolSet
{
    private const string Schema = """
        {"type":["object","null"],"properties":{
        "id":{"type":"string","description":"Handle (app_…) that get_application and resend_application_invite take."},
        "subjectId":{"type":"string","description":"Handle (subj_…), once the applicant has become a subject."},
        "consentAccepted":{"type":"boolean","description":"Absent: not answered yet."},
        "firstName":{"type":"string"},"middleName":{"type":"string"},"lastName":{"type":"string"},"birthDate":{"type":"string"},
        "sexAtBirth":{"type":"string"},"emailAddress":{"type":"string"},"phoneNumber":{"type":"string"},
        "addressLine1":{"type":"string"},"addressLine2":{"type":"string"},"addressCity":{"type":"string"},
        "addressState":{"type":"string"},"addressPostalCode":{"type":"string"},"cohortId":{"type":"string"},"cohortName":{"type":"string"},
        "onConsentWebhookUrl":{"type":"string"},"onIdentityValidationWebhookUrl":{"type":"string"},"onQueryResultWebhookUrl":{"type":"string"},
        "created":{"type":"string"},"updated":{"type":"string"}}}
        """;

    private static readonly ToolDefinition Get = new()
    {
        Name = "get_application",
        Title = "Get an xCures application",
        Description = """
            Reads one application: whether the applicant has consented, and the subject (subj_…) that came of it. An application is a
            person's own request for her records, made with create_application; it becomes a subject after consent and a check of identity.
            xCures may have called webhooks with news of it: this is how it really stands.
            """,
        Toolset = XCuresEndpoints.System,
        Scopes = ["xcures/applications.read"],
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false),
        Endpoints = [PeopleEndpoints.GetApplication],
        Input = XCuresJson.Default.GetApplicationInput,
        DataSchema = Schema,
    };

    private static readonly ToolDefinition Create = new()
    {
        Name = "create_application",
        Title = "Invite a person to apply in xCures",
        Description = """
            Makes an application for a person who wants her own records, and e-mails her at once to ask for consent. Use it where the person
            herself must consent; where consent is on file, use create_subjects. Keep the handle (app_…): there is no list of applications.
            It is sent once; if the answer is lost it is looked for, and never e-mailed a second time by itself. To send the e-mail again
            use resend_application_invite.
            """,
        Toolset = XCuresEndpoints.System,
        Scopes = ["xcures/applications.write"],
        Hints = new ToolHints(ReadOnly: false, Destructive: false, Idempotent: false, OpenWorld: true),
        NotSigned = "an application holds what identifies a person, and no free text",
        Endpoints = [PeopleEndpoints.CreateApplication, PeopleEndpoints.GetApplication],
        Input = XCuresJson.Default.CreateApplicationInput,
        DataSchema = Schema,
    };

    private static readonly ToolDefinition Resend = new()
    {
        Name = "resend_application_invite",
        Title = "Send an xCures invitation again",
        Description = """
            E-mails the applicant of an application once more to ask for consent, and sets its webhooks where given; those left out may be
            emptied by xCures. Use it when the first e-mail did not arrive; get_application says whether consent was given since. Each call
            that is confirmed sends one more e-mail, so never repeat it to find out whether the first one went.
            """,
        Toolset = XCuresEndpoints.System,
        Scopes = ["xcures/applications.write"],
        Hints = new ToolHints(ReadOnly: false, Destructive: false, Idempotent: false, OpenWorld: true),
        NotSigned = "an application holds what identifies a person, and no free text",
        Endpoints = [PeopleEndpoints.ResendInvite, PeopleEndpoints.GetApplication],
        Input = XCuresJson.Default.ResendApplicationInviteInput,
        DataSchema = Schema,
    };

    public IEnumerable<Tool> Tools =>
    [
        Tool.Reading<GetApplicationInput>(Get, GetAsync),
        Tool.Writing<CreateApplicationInput>(Create, PlanCreateAsync),
        Tool.Writing<ResendApplicationInviteInput>(Resend, PlanResendAsync),
    ];

    public async Task<UpstreamResult> GetAsync(GetApplicationInput input, CallContext call, CancellationToken cancellation) =>
        Answer(await ReadAsync(input.Id, call, cancellation));

    public Task<WritePlan> PlanCreateAsync(CreateApplicationInput input, CallContext call, CancellationToken cancellation)
    {
        var fields = ApplicationFields.Of(input, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
        var shown = fields.DeepClone().AsObject();
        shown.Remove("id");
        return Task.FromResult(new WritePlan(PeopleEndpoints.CreateApplication, PeopleEndpoints.CreateApplication.Path, SubjectDraft.Bytes(fields))
        {
            Preview = SubjectDraft.Bytes(shown),
            ForPerson = SubjectDraft.Bytes(shown),
            PreviewShape = PeopleEndpoints.CreateApplication.Shape,
            FindOut = "ask the applicant whether the e-mail came before anything is sent again",
            Warnings = ["xCures e-mails the applicant at once: check that the address is hers.", .. Warnings(input)],
            Says = $"Makes an application in {xcures.Source.Kind} xCures and e-mails one person to ask for consent.",
            Execute = (key, inner) => CreateAsync(fields, key, call, inner),
        });
    }

    public async Task<WritePlan> PlanResendAsync(ResendApplicationInviteInput input, CallContext call, CancellationToken cancellation)
    {
        var body = new JsonObject();
        foreach (var (name, url) in Webhooks.Of(input)) body[name] = url;
        var record = XCuresRecord.Fields(await ReadAsync(input.Id, call, cancellation));
        var consented = record["consentAccepted"] is JsonValue accepted && accepted.TryGetValue<bool>(out var yes) && yes;
        var path = new UpstreamRequest(PeopleEndpoints.ResendInvite).Route("id", input.Id).Path();
        return new WritePlan(PeopleEndpoints.ResendInvite, path, SubjectDraft.Bytes(body))
        {
            Preview = SubjectDraft.Bytes(new JsonObject { ["id"] = input.Id, ["consentAccepted"] = record["consentAccepted"]?.DeepClone() }),
            PreviewShape = PeopleEndpoints.GetApplication.Shape,
            FindOut = "ask the applicant whether the e-mail came before it is sent again",
            RecordVersion = record.Text("updated"),
            Warnings = [.. consented ? ["The applicant has consented already: another e-mail is hardly wanted."] : Array.Empty<string>(), .. Warnings(input)],
            Says = $"E-mails the applicant of one application in {xcures.Source.Kind} xCures once more.",
            Execute = (_, inner) => ResendAsync(input.Id, body, call, inner),
        };
    }

    private async Task<UpstreamResult> CreateAsync(JsonObject fields, Guid key, CallContext call, CancellationToken cancellation)
    {
        var body = fields.DeepClone().AsObject();
        var given = body.ContainsKey("id");
        if (!given) body["id"] = DerivedId.Of(key, "application");
        var create = new ClientIdCreate(
            body.Text("id")!,
            new UpstreamRequest(PeopleEndpoints.CreateApplication) { Body = SubjectDraft.Bytes(body) },
            new UpstreamRequest(PeopleEndpoints.GetApplication).Route("id", body.Text("id")!),
            row => SubjectMatch.Holds(body, row))
        {
            IdGiven = given,
            ComparisonTells = !call.IdentifiersVisible,
            FindOut = given
                ? "read it with get_application and the same id, or ask the applicant whether the e-mail came"
                : "ask the applicant whether the e-mail came before anything is sent again",
        };
        var written = await new ClientIdWriter(xcures, call).WriteAsync(create, lostBefore: false, cancellation);
        var row = given && written.Status == WrittenRecord.AlreadyWritten ? SubjectRow.OnlyId(body.Text("id")!) : written.Row;
        return Answer(row) with
        {
            Write = new WriteOutcome(written.Status, written.Verified),
            Notices = written.Notice is { } notice ? [notice] : [],
        };
    }

    private async Task<UpstreamResult> ResendAsync(string id, JsonObject body, CallContext call, CancellationToken cancellation)
    {
        var request = new UpstreamRequest(PeopleEndpoints.ResendInvite) { Body = SubjectDraft.Bytes(body) }.Route("id", id);
        const string FindOut = "ask the applicant whether the e-mail came before it is sent again";
        await new OnceWriter(xcures, call).SendAsync(request, answer => answer, FindOut, cancellation);
        var sent = "The e-mail was handed to xCures; whether it arrives, only the applicant can say.";
        try
        {
            var row = await ReadAsync(id, call, cancellation);
            return Answer(row) with { Write = new WriteOutcome(WrittenRecord.Done, SubjectMatch.Holds(body, row)), Notices = [sent] };
        }
        catch (CallFailureException)
        {
            // It is sent: failing to read the application must not look like a failed write.
            return Answer(SubjectRow.OnlyId(id)) with { Write = new WriteOutcome(WrittenRecord.Done, false), Notices = [sent] };
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(string id, CallContext call, CancellationToken cancellation)
    {
        try
        {
            var answer = await xcures.SendAsync(new UpstreamRequest(PeopleEndpoints.GetApplication).Route("id", id), call, cancellation);
            return answer.Read(body => XCuresRecord.Of(id, body));
        }
        catch (CallFailureException failure) when (failure.Code == FailureCodes.UpstreamRejected)
        {
            // The contract declares no 404 here, and a lone id can only be refused for naming nothing.
            throw UpstreamFailures.Of(XCuresEndpoints.System, 404);
        }
    }

    private static IReadOnlyList<string> Warnings(IWebhooks given) => Webhooks.Of(given).Count > 0 ? [Webhooks.Warning] : [];

    private static UpstreamResult Answer(ReadOnlyMemory<byte> row) =>
        UpstreamResult.Of(XCuresEndpoints.System, new Section(null, PeopleEndpoints.GetApplication.Shape, [row]) { Single = true });
}
