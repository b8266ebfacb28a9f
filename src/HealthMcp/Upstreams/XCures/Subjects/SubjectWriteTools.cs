using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.XCures.Subjects;

/// <summary>Tools that write persons into the registry.</summary>
internal sealed class SubjectWriteTools(UpstreamClient xcures, TimeProvider time) : IToolSet
{
    private static readonly ToolDefinition Create = new()
    {
        Name = "create_subjects",
        Title = "Create xCures subjects",
        Description = """
            Adds one to ten persons to the xCures registry and answers their handles (subj_…). First search with search_subjects, so that
            nobody is added twice; change a person who is there with update_subject. Each needs firstName and lastName; birthDate, gender,
            addressPostalCode and phoneNumber let record networks find the person. Nothing is requested from the networks unless
            initiateEhrQueries is true: use request_records when the records are wanted. Writes once, also after a lost answer, and
            reads each record back; a subject that was refused has failureReason.
            """,
        Toolset = XCuresEndpoints.System,
        Scopes = ["xcures/subjects.write"],
        ScopesOf = arguments => SubjectScopes.Of(arguments),
        ScopesByArgument = new Dictionary<string, string>(StringComparer.Ordinal) { ["initiateEhrQueries"] = SubjectScopes.Records },
        Hints = new ToolHints(ReadOnly: false, Destructive: false, Idempotent: false, OpenWorld: false),
        NotSigned = "a subject has no free text; others select by its labels and tags",
        Endpoints = [PeopleEndpoints.CreateSubject, PeopleEndpoints.CreateSubjects, PeopleEndpoints.GetSubject],
        Input = XCuresJson.Default.CreateSubjectsInput,
        DataSchema = SubjectSchemas.Created,
    };

    private static readonly ToolDefinition Update = new()
    {
        Name = "update_subject",
        Title = "Update an xCures subject",
        Description = """
            Changes fields of one person in the xCures registry, e.g. {"subject":"subj_…","changes":{"addressCity":"Hamilton"},"clear":["email"]}.
            The record is read, the changes are put in, and all of it is sent, so that nothing else is lost. The preview shows the changed
            fields before and after, and its confirmation is good only while the record stays as it was read. A list (labels,
            externalIdentifiers, additionalNames, additionalAddresses, tags) is replaced as a whole: read it with get_subject first.
            """,
        Toolset = XCuresEndpoints.System,
        Scopes = ["xcures/subjects.write"],
        Hints = new ToolHints(ReadOnly: false, Destructive: true, Idempotent: true, OpenWorld: false),
        NotSigned = "a subject has no free text; others select by its labels and tags",
        Endpoints = [PeopleEndpoints.GetSubject, PeopleEndpoints.UpdateSubject],
        Input = XCuresJson.Default.UpdateSubjectInput,
        DataSchema = SubjectSchemas.Changed,
    };

    public IEnumerable<Tool> Tools => [Tool.Writing<CreateSubjectsInput>(Create, PlanCreateAsync), Tool.Writing<UpdateSubjectInput>(Update, PlanUpdateAsync)];

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    public Task<WritePlan> PlanCreateAsync(CreateSubjectsInput input, CallContext call, CancellationToken cancellation)
    {
        for (var i = 0; i < input.Subjects.Count; i++) SubjectCheck.Of(input.Subjects[i], $"subjects[{i}]", Today, call.IdentifiersVisible);
        if (input.Subjects.Where(subject => subject.Id is not null).GroupBy(subject => subject.Id!.ToLowerInvariant()).Any(same => same.Count() > 1))
            throw CallFailureException.Invalid("subjects", "Two subjects have the same id: give each its own, or leave it out.");
        var drafts = input.Subjects.Select(SubjectDraft.Of).ToList();
        var queries = input.InitiateEhrQueries == true;
        var endpoint = drafts.Count == 1 ? PeopleEndpoints.CreateSubject : PeopleEndpoints.CreateSubjects;
        var fields = new JsonArray([.. drafts.Select(draft => draft.Fields.DeepClone())]);
        var forPerson = SubjectDraft.Bytes(new JsonObject { ["subjects"] = fields.DeepClone(), ["initiateEhrQueries"] = queries });
        var shown = new JsonObject { ["subjects"] = new JsonArray([.. drafts.Select(draft => draft.Preview(call.IdentifiersVisible))]) };
        return Task.FromResult(new WritePlan(
            endpoint, endpoint.Path, SubjectDraft.Bytes(new JsonObject { ["subjects"] = fields, ["initiateEhrQueries"] = queries }))
        {
            Preview = SubjectDraft.Bytes(shown),
            PreviewShape = SubjectSchemas.BatchShape,
            ForPerson = forPerson,
            FindOut = "look each person up with search_subjects",
            RepeatIsSafe = true,
            Warnings = SubjectWarnings.OfCreate(input.Subjects, queries),
            Says = $"Creates {drafts.Count} subject(s) in {xcures.Source.Kind} xCures, "
                + (queries ? "and starts a request for each one's records." : "and requests no records."),
            Execute = async (key, inner) =>
                CreatedAnswer.Of(await new SubjectCreator(xcures, call, queries).CreateAsync(drafts, key, inner), call.IdentifiersVisible),
        });
    }

    public async Task<WritePlan> PlanUpdateAsync(UpdateSubjectInput input, CallContext call, CancellationToken cancellation)
    {
        var changes = input.Changes is null ? [] : SubjectJson.Of(input.Changes);
        var clear = input.Clear ?? [];
        SubjectMerge.Check(changes, clear);
        if (input.Changes is { } given) SubjectCheck.Of(given, "changes", Today, call.IdentifiersVisible);
        var request = new UpstreamRequest(PeopleEndpoints.GetSubject).Route("id", input.Subject);
        var raw = (await xcures.SendAsync(request, call, cancellation)).Read(body => XCuresRecord.Of(input.Subject, body));
        call.Read.Add(PeopleEndpoints.GetSubject.Shape, raw);
        var record = XCuresRecord.Fields(raw);
        DemoSubjects.Refuse(xcures.Source, record);
        var merge = SubjectMerge.Of(record, changes, clear);
        var forPerson = SubjectDraft.Bytes(new JsonObject { ["before"] = merge.Before.DeepClone(), ["after"] = merge.After.DeepClone() });
        return new WritePlan(
            PeopleEndpoints.UpdateSubject,
            new UpstreamRequest(PeopleEndpoints.UpdateSubject).Route("id", input.Subject).Path(),
            SubjectDraft.Bytes(merge.Body))
        {
            Preview = SubjectDraft.Bytes(Diff(merge, call.IdentifiersVisible)),
            PreviewShape = SubjectSchemas.ChangeShape,
            ForPerson = forPerson,
            FindOut = "read the subject with get_subject",
            RecordVersion = merge.Version,
            Warnings = SubjectWarnings.OfUpdate(changes, clear),
            Says = $"Changes {string.Join(", ", SubjectMerge.Named(changes, clear))} of one subject in {xcures.Source.Kind} xCures "
                + "and keeps the rest as it was read.",
            Execute = (key, inner) => UpdateAsync(input.Subject, merge, clear, key, call, inner),
        };
    }

    private async Task<UpstreamResult> UpdateAsync(
        string id, SubjectMerge merge, IReadOnlyList<string> clear, Guid key, CallContext call, CancellationToken cancellation)
    {
        var body = merge.Body.DeepClone().AsObject();
        SubjectDraft.TagIds(body, key, 0);
        var written = await new SubjectUpdater(xcures, call).UpdateAsync(id, body, clear, cancellation);
        var row = call.IdentifiersVisible ? written.Row : SubjectRow.WithoutTexts(written.Row);
        return UpstreamResult.Of(XCuresEndpoints.System, new Section("subject", PeopleEndpoints.GetSubject.Shape, [row]) { Single = true }) with
        {
            Write = new WriteOutcome(written.Status, written.Verified),
            Notices = written.Notice is { } notice ? [notice] : [],
        };
    }

    private static JsonObject Diff(SubjectMerge merge, bool texts) => new()
    {
        ["before"] = texts ? merge.Before : SubjectRow.WithoutTexts(merge.Before),
        ["after"] = texts ? merge.After : SubjectRow.WithoutTexts(merge.After),
    };
}
