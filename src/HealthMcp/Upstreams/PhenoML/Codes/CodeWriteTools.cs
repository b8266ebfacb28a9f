using HealthMcp.Catalog;
using HealthMcp.Documents;
using HealthMcp.Http;
using HealthMcp.Upstreams.PhenoML.Writing;

namespace HealthMcp.Upstreams.PhenoML.Codes;

/// <summary>Tools for a customer's own code systems.</summary>
internal sealed class CodeWriteTools(UpstreamClient client, TimeProvider time) : IToolSet
{
    private const string PreviewShape = "phenoml.upload.preview";
    private const string Gone = "read it with list_code_systems and its name; where it is still there, delete it again with a new preview";

    private static readonly string[] Scopes = ["phenoml/codes.write"];

    private static readonly ToolDefinition Upload = new()
    {
        Name = "upload_code_system",
        Title = "Upload a code system",
        Description = """
            Puts a code system of your own into this PhenoML instance, so that extract_codes and search_codes can use it: as codes, or as a CSV or JSON file
            (text, or base64 in file). The whole file is checked before anything is sent; the preview shows the first codes, so that you see whether the right
            columns were taken. It is sent once; PhenoML then processes it, and the call waits for that up to wait_seconds. A code system of the same name and
            version is replaced only with replace true. Needs a paid plan. It goes to PhenoML, a third party: no data of patients in it.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = Scopes,
        Hints = new ToolHints(ReadOnly: false, Destructive: true, Idempotent: false, OpenWorld: true),
        NotSigned = "it is a setting of PhenoML, which programs read and no chart holds",
        Endpoints = [CodeEndpoints.Find, CodeEndpoints.Upload],
        Input = CodesJson.Default.UploadCodeSystemInput,
        DataSchema = CodeSchemas.System,
    };

    private static readonly ToolDefinition Export = new()
    {
        Name = "export_code_system",
        Title = "Export a code system",
        Description = """
            Reads all codes of an uploaded code system, page by page, in the form that upload_code_system takes as codes: to keep a copy before it is replaced
            or deleted. Built-in code systems cannot be exported: use list_codes or search_codes there.
            """,
        Toolset = PhenoMLEndpoints.System,

        // It only reads. Its scope is all the same the one that changes code systems, so that nobody is granted it for reading (decision 0029).
        Scopes = Scopes,
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: true),
        Endpoints = [CodeEndpoints.Export],
        Input = CodesJson.Default.ExportCodeSystemInput,
        DataSchema = CodeSchemas.Codes,
    };

    private static readonly ToolDefinition Delete = new()
    {
        Name = "delete_code_system",
        Title = "Delete a code system",
        Description = """
            Deletes an uploaded code system with all its codes, for everybody who uses this PhenoML instance. There is no way back but a new upload: keep a copy
            with export_code_system first, and ask the user. Built-in code systems cannot be deleted.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = Scopes,
        Hints = new ToolHints(ReadOnly: false, Destructive: true, Idempotent: true, OpenWorld: true),
        NotSigned = "it is a setting of PhenoML, which programs read and no chart holds",
        Endpoints = [CodeEndpoints.Find, CodeEndpoints.Delete],
        Input = CodesJson.Default.DeleteCodeSystemInput,
        DataSchema = CodeSchemas.System,
    };

    public IEnumerable<Tool> Tools =>
    [
        Tool.Writing<UploadCodeSystemInput>(Upload, UploadAsync), Tool.Reading<ExportCodeSystemInput>(Export, ExportAsync),
        Tool.Writing<DeleteCodeSystemInput>(Delete, DeleteAsync),
    ];

    public async Task<WritePlan> UploadAsync(UploadCodeSystemInput input, CallContext call, CancellationToken cancellation)
    {
        var name = CodeNames.System(input.Name, "name").ToUpperInvariant();
        if (CodeNames.Known(name) is not null)
            throw CallFailureException.Invalid("name", "name is that of a built-in code system, which cannot be uploaded or replaced: choose another.");
        var version = input.Version.Trim();
        if (version.Length == 0) throw CallFailureException.Invalid("version", "version is empty: give one, e.g. 1.0.");
        var file = CodeFile.Read(input);
        var before = await new CodeCatalog(client, call).FindAsync(name, version, "name", cancellation);
        if (before is not null && input.Replace != true)
            throw new CallFailureException(
                FailureCodes.Conflict,
                "A code system of this name and version is there already: give another version, or replace true to replace it.") { Argument = "replace" };
        var body = UploadBody.Of(input, file);
        var upload = new CodeFileName(name, version, file.Codes.Count);
        return new WritePlan(CodeEndpoints.Upload, CodeEndpoints.Upload.Path, body)
        {
            Preview = UploadBody.Preview(input, file),
            PreviewShape = PreviewShape,
            RecordVersion = before?.Updated ?? "none",
            Warnings = before is null ? [] : [$"It replaces a code system of {before.Codes} codes that is there: export_code_system keeps a copy."],
            Says = $"Uploads a code system of {file.Codes.Count} codes to {client.Source.Kind} PhenoML.",
            Execute = (_, inner) => new CodeUpload(client, call, time).WriteAsync(
                upload, body, before, TimeSpan.FromSeconds(input.WaitSeconds ?? 60), inner),
        };
    }

    public async Task<UpstreamResult> ExportAsync(ExportCodeSystemInput input, CallContext call, CancellationToken cancellation)
    {
        var name = CodeNames.System(input.Name, "name");
        if (CodeNames.Known(name) is not null)
            throw CallFailureException.Invalid("name", "Built-in code systems cannot be exported: list_codes and search_codes read them.");
        var answer = await new CodeCatalog(client, call).AskAsync(CodeCatalog.About(CodeEndpoints.Export, name, input.Version), "name", cancellation);
        var rows = answer.Read(json => Rows.At(json, "codes"));
        return UpstreamResult.Of(PhenoMLEndpoints.System, new Section(null, CodeEndpoints.Export.Shape, rows) { Total = rows.Count }) with
        {
            Searched = $"All codes of one uploaded code system of {client.Source.Kind} PhenoML.",
        };
    }

    public async Task<WritePlan> DeleteAsync(DeleteCodeSystemInput input, CallContext call, CancellationToken cancellation)
    {
        var name = CodeNames.System(input.Name, "name");
        const string Refused = "Built-in code systems cannot be deleted: list_code_systems shows which are uploaded (builtin false).";
        if (CodeNames.Known(name) is not null) throw CallFailureException.Invalid("name", Refused);
        var state = await new CodeCatalog(client, call).FindAsync(name, input.Version, "name", cancellation) ?? throw CodeFailures.Missing("name");
        if (state.IsBuiltIn) throw CallFailureException.Invalid("name", Refused);
        var request = CodeCatalog.About(CodeEndpoints.Delete, name, input.Version);
        return new WritePlan(CodeEndpoints.Delete, request.Path(), JsonRow.Of(json => json.Maybe("version", input.Version)))
        {
            Preview = state.Row,
            PreviewShape = CodeEndpoints.Find.Shape,
            RecordVersion = state.Updated ?? "none",
            Says = $"Deletes a code system of {state.Codes} codes from {client.Source.Kind} PhenoML, for all who use it; there is no way back.",
            Execute = (_, inner) => DeleteAsync(request, state, name, input.Version, call, inner),
        };
    }

    private async Task<UpstreamResult> DeleteAsync(
        UpstreamRequest request, CodeSystemState state, string name, string? version, CallContext call, CancellationToken cancellation)
    {
        var answer = await new SentOnce(client, call).TryAsync(request, CodeFailures.IsOwn, cancellation);
        if (answer is { Status: >= 400 and not 404 }) throw CodeFailures.Of(answer, "name");
        var gone = await IsGoneAsync(name, version, call, cancellation);
        if (answer is null && gone != true) throw UpstreamFailures.InDoubt(PhenoMLEndpoints.System, Gone);
        return UpstreamResult.Of(PhenoMLEndpoints.System, new Section(null, CodeEndpoints.Find.Shape, [state.Row]) { Single = true }) with
        {
            Write = new WriteOutcome(answer is { Status: < 400 } ? SentOnce.Done : SentOnce.AlreadyWritten, gone == true),
            Notices = gone switch
            {
                true => ["The code system is no longer there; what is shown is what it was."],
                false => ["PhenoML accepted the deletion, but the code system is still listed: look again with list_code_systems."],
                null => ["PhenoML accepted the deletion; it could not be read back to check it."],
            },
        };
    }

    private async Task<bool?> IsGoneAsync(string name, string? version, CallContext call, CancellationToken cancellation)
    {
        try
        {
            return await new CodeCatalog(client, call).FindAsync(name, version, "name", cancellation) is null;
        }
        catch (CallFailureException)
        {
            // It may be gone all the same: failing to read must not look like a failed write.
            return null;
        }
    }
}
