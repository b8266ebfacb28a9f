using System.Globalization;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.DrCloud.Search;

namespace HealthMcp.Upstreams.DrCloud.Exporting;

/// <summary>Bulk export: one tool, because every action is about the same job.</summary>
internal sealed class ExportTools(UpstreamClient client, ServerProbe probe, Func<ExportBook> open, TimeProvider time) : IToolSet
{
    private static readonly ToolDefinition Export = new()
    {
        Name = "drcloud_export",
        Title = "Export many FHIR records of DrCloudEHR",
        Description = """
            Exports FHIR R4 records in bulk, for whole populations; for one patient use drcloud_fhir_search. Call with action start (of, types), then status
            until the state is ready, then either read (some records of one type, page by page, to look at) or save (all records, one JSON object a line, into a
            private file of this server's machine, for the operator; it holds what your privacy level shows, ids replaced by codes of that file). save works
            for wait_seconds at a time: call it again until the state is saved; nothing is lost or doubled in between. cancel ends the job and removes the
            file, which is otherwise kept for a day.
            """,
        Toolset = DrCloudEndpoints.System,
        Scopes = ["drcloud/fhir.read", "drcloud/export.read"],
        ScopesOf = ExportScopes.Of,
        ScopesByArgument = new Dictionary<string, string>(StringComparer.Ordinal) { ["types"] = "user/{type}.rs" },

        // No record changes, so nobody need let it through; but a job is started at the EHR, and save puts a file on this machine.
        Hints = new ToolHints(ReadOnly: false, Destructive: false, Idempotent: false, OpenWorld: true),
        KeepsFile = true,
        Endpoints = [.. ExportEndpoints.All, ExportEndpoints.File, DrCloudEndpoints.Metadata],
        Input = DrCloudJson.Default.ExportInput,
        DataSchema = """
            {"type":"object","properties":{"export":{"type":"object","properties":{
            "export":{"type":"string"},"of":{"type":"string"},
            "state":{"enum":["running","ready","saving","saved","cancelled"]},"percent":{"type":"integer"},"askAgainInSeconds":{"type":"integer"},
            "dataAsOf":{"type":"string"},"readyUntil":{"type":"string"},
            "types":{"type":"array","items":{"type":"object","properties":{"type":{"type":"string"},
            "files":{"type":"integer"},"count":{"type":"integer"}}}},"copy":{"type":"object","properties":{"file":{"type":"string"},"level":{"type":"string"},
            "records":{"type":"integer"},"leftOut":{"type":"integer"},"bytes":{"type":"integer"},"keptUntil":{"type":"string"}}}},
            "required":["export","state"]},
            "resources":{"type":"array","description":"Records, with read","items":{"type":"object"}}},"required":["export"]}
            """,
    };

    private readonly ExportServer _server = new(client, probe, time);
    private readonly Lazy<ExportBook> _book = new(open);

    public IEnumerable<Tool> Tools => [new(Export, async (input, call, cancellation) => await RunAsync((ExportInput)input, call, cancellation))];

    private Task<ToolOutcome> RunAsync(ExportInput input, CallContext call, CancellationToken cancellation)
    {
        ExportArguments.Check(input);
        return input.Action == "start" ? StartAsync(input, call, cancellation) : GoOnAsync(input, call, cancellation);
    }

    private async Task<ToolOutcome> StartAsync(ExportInput input, CallContext call, CancellationToken cancellation)
    {
        var since = call.DatesVisible ? input.Since : WholeYears.Start(input.Since);
        var question = new ExportQuestion(input.Of ?? "patients", input.Group, input.Types ?? [], since);
        var link = await _server.StartAsync(question, call, cancellation);
        var job = new ExportJob
        {
            Id = _book.Value.NewId(),
            Owner = call.Caller,
            Source = client.Source.Namespace,
            Link = link,
            Of = question.Of,
            Types = question.Types,
            Expires = time.GetUtcNow() + ExportJob.Kept,
        };
        _book.Value.Add(job);
        return Answer(job, since == input.Since ? [] : ["Days are withheld at this level, so since means the whole year."]);
    }

    private Task<ToolOutcome> GoOnAsync(ExportInput input, CallContext call, CancellationToken cancellation)
    {
        var job = _book.Value.Find(input.Export, call.Caller, client.Source.Namespace);
        return input.Action switch
        {
            "cancel" => CancelAsync(job, call, cancellation),
            "status" => StatusAsync(job, Wait(input), call, cancellation),
            _ when job.Parts is null => throw ExportFailures.NotReady(),
            "read" => ReadAsync(job, input, call, cancellation),
            _ => Task.FromResult(Save(job, Wait(input), call)),
        };
    }

    private async Task<ToolOutcome> StatusAsync(ExportJob job, TimeSpan wait, CallContext call, CancellationToken cancellation)
    {
        var seen = await _server.FollowAsync(job, wait, _book.Value.Update, call, cancellation);
        return Answer(seen, ExportArguments.Next(seen));
    }

    private async Task<ToolOutcome> CancelAsync(ExportJob job, CallContext call, CancellationToken cancellation)
    {
        // The copy goes first: whatever the EHR says, it must not outlive the wish to be rid of it. What is known of the job stays until it says something.
        _book.Value.RemoveCopy(job);
        var known = await _server.CancelAsync(job, call, cancellation);
        _book.Value.Remove(job.Id);
        return Answer(job, known ? [] : ["The EHR knew the export no more; what was here is removed."], "cancelled");
    }

    private async Task<ToolOutcome> ReadAsync(ExportJob job, ExportInput input, CallContext call, CancellationToken cancellation)
    {
        var (at, from) = ExportArguments.Place(call.Page);
        var parts = job.Parts!.Where(part => part.Type == input.Types![0]).ToList();
        if (at >= parts.Count)
            return new UpstreamResult(DrCloudEndpoints.System, [Said(job), Records([])]) { Searched = "the files of this export" };
        var (rows, more) = await ExportFile.PageAsync(ExportFile.Of(parts[at], client, time), from, call, cancellation);
        var next = more ? (at, from + rows.Count) : (at + 1, 0);
        return new UpstreamResult(DrCloudEndpoints.System, [Said(job), Records(rows)])
        {
            Searched = "the files of this export",
            NextPage = next.Item1 < parts.Count ? string.Create(CultureInfo.InvariantCulture, $"{next.Item1}:{next.Item2}") : null,
        };
    }

    private ToolOutcome Save(ExportJob job, TimeSpan wait, CallContext call)
    {
        var level = call.IdentifiersVisible ? "identified" : call.DatesVisible ? "limited" : "deidentified";
        if (job.Copy.Level is { } begun && begun != level)
            throw CallFailureException.Invalid("privacy", $"The file was begun at the level {begun}: go on at that level, or cancel and start anew.");
        if (job.IsSaved && job.Copy.Level is not null) return Answer(job, []);
        job = job with { Copy = job.Copy with { Level = level } };
        _book.Value.Update(job);
        var rows = new ExportRows(client, job, call, time);
        return new RowCopy(DrCloudEndpoints.System, DrCloudEndpoints.AnyResource, job.File)
        {
            From = new CopyMark(job.Copy.Rows, job.Copy.LeftOut, job.Copy.Bytes),
            Rows = cancellation => rows.ReadAsync(wait, cancellation),
            Kept = mark => _book.Value.Update(rows.At(mark)),
            Answer = mark => Answer(rows.At(mark), ExportArguments.Next(rows.At(mark))),
        };
    }

    private UpstreamResult Answer(ExportJob job, IReadOnlyList<string> notices, string? ended = null) =>
        new(DrCloudEndpoints.System, [Said(job, ended)]) { Notices = notices };

    private Section Said(ExportJob job, string? ended = null) =>
        new("export", ExportEndpoints.Shape, [ExportReport.Write(job, time.GetUtcNow(), ended)]) { Single = true };

    private static Section Records(IReadOnlyList<ReadOnlyMemory<byte>> rows) => new("resources", DrCloudEndpoints.AnyResource, rows);

    private static TimeSpan Wait(ExportInput input) => TimeSpan.FromSeconds(input.WaitSeconds ?? 30);
}
