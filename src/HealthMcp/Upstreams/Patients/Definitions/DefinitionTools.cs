using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.Patients.Writing;

namespace HealthMcp.Upstreams.Patients.Definitions;

/// <summary>Tools about what the practice has defined for itself.</summary>
internal sealed class DefinitionTools(PatientsApi api, RecordPlans plans) : IToolSet
{
    private const string ReadScope = "patients/settings.read";
    private const string WriteScope = "patients/settings.write";

    private const string Fields = """
        "id":{"type":"string","description":"Handle (adef_…, fdef_… or tdef_…) of the definition."},
        "name":{"type":"string"},"description":{"type":"string"},"category":{"type":"string"},"item_order":{"type":"integer"},
        "field_type":{"type":"string"},"dropdown_options":{"type":"array","items":{"type":"string"}},"is_required":{"type":"boolean"},
        "default_is_urgent":{"type":"boolean"},"default_scope":{"type":"string"},"color":{"type":"string"},"version":{"type":"integer"}
        """;

    private const string Changed = """{"type":["object","null"],"properties":{""" + Fields
        + ""","changes":{"type":"array","items":{"type":"string"}},"before":{"type":"object"},"after":{"type":"object"},"""
        + "\"now\":{\"type\":\"object\"}" + "}}";

    private static readonly ToolDefinition List = new()
    {
        Name = "list_definitions",
        Title = "List the practice's definitions",
        Description = """
            Lists what the practice has defined: alert definitions (for set_patient_alert), custom fields (for set_custom_fields) or tags
            (for search_patients). Give kind; narrow by search or category, or read one by definition_uuid. Archived ones are not listed.
            What a patient's own fields hold is in list_patient_records with kind field-values.
            """,
        Toolset = PatientsEndpoints.System,
        Scopes = [ReadScope],
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false),
        Endpoints = DefinitionEndpoints.Reads,
        Input = DefinitionsJson.Default.ListDefinitionsInput,
        DataSchema = """{"type":["array","object","null"],"items":{"type":"object","properties":{""" + Fields + "}}}",
    };

    private static readonly ToolDefinition Save = new()
    {
        Name = "save_definition",
        Title = "Make or change a definition",
        Description = """
            Makes a new alert definition, custom field or tag of the practice, or changes one (give definition_uuid and only what is to
            change). It affects every patient of the practice, so ask the user first. A change is bound to the version that the preview
            showed: if somebody else was faster, nothing is written and you see both. A new one is never sent twice; if its answer is lost,
            look with list_definitions before trying again. To withdraw one use archive_definition.
            """,
        Toolset = PatientsEndpoints.System,
        Scopes = [WriteScope],
        Hints = new ToolHints(ReadOnly: false, Destructive: true, Idempotent: false, OpenWorld: false),
        Endpoints = DefinitionEndpoints.Saves,
        Input = DefinitionsJson.Default.SaveDefinitionInput,
        DataSchema = Changed,
    };

    private static readonly ToolDefinition Archive = new()
    {
        Name = "archive_definition",
        Title = "Archive a definition",
        Description = """
            Withdraws an alert definition, a custom field or a tag of the practice: it can no longer be chosen, while what was recorded with
            it stays. There is no way back through this API, so ask the user first. It is bound to the version that the preview showed. To
            rename or reorder one instead use save_definition.
            """,
        Toolset = PatientsEndpoints.System,
        Scopes = [WriteScope],
        Hints = new ToolHints(ReadOnly: false, Destructive: true, Idempotent: true, OpenWorld: false),
        NotSigned = "it writes no text",
        Endpoints = DefinitionEndpoints.Archives,
        Input = DefinitionsJson.Default.ArchiveDefinitionInput,
        DataSchema = Changed,
    };

    public IEnumerable<Tool> Tools =>
    [
        Tool.Reading<ListDefinitionsInput>(List, ListAsync),
        Tool.Writing<SaveDefinitionInput>(Save, SaveAsync),
        Tool.Writing<ArchiveDefinitionInput>(Archive, ArchiveAsync),
    ];

    public async Task<UpstreamResult> ListAsync(ListDefinitionsInput input, CallContext call, CancellationToken cancellation)
    {
        var kind = DefinitionEndpoints.Of(input.Kind);
        if (input.DefinitionUuid is { } id) return await OneAsync(kind, id, input, call, cancellation);
        if (kind.Kind == "field" && input.Category is not null)
            throw CallFailureException.Invalid("category", "category does not belong to custom fields: leave it out, or ask for alert or tag.");
        var rows = await api.AllAsync(
            async () => (await api.RequestAsync(kind.List, null, cancellation)).Query("search", input.Search).Query("category", input.Category),
            call,
            cancellation);
        return UpstreamResult.Of(PatientsEndpoints.System, new Section(null, kind.Shape, rows) { Total = rows.Count }) with
        {
            Searched = $"{kind.Kind} definitions of one practice in {api.Source.Kind} Patients that are not archived"
                + $"{(input.Search is null && input.Category is null ? "" : ", by search or category")}.",
        };
    }

    public async Task<WritePlan> SaveAsync(SaveDefinitionInput input, CallContext call, CancellationToken cancellation)
    {
        var kind = DefinitionEndpoints.Of(input.Kind);
        var place = Place(kind);
        var fields = DefinitionBody.Of(input);
        var names = string.Join(", ", fields.Select(field => field.Key));
        if (input.DefinitionUuid is not { } id)
        {
            var made = new NewRecord(place, kind.Create, null, fields.Bytes()) { Narrow = request => request.Query("search", input.Name) };
            return await plans.CreateAsync(made, null, $"Makes one {kind.Kind} definition of the practice with {names}.", [], call, cancellation);
        }

        var seen = await new RecordReader(api, call).ReadAsync(place, null, id, cancellation);
        var change = new RecordChange(place, kind.Update, null, id, seen, fields);
        return await plans.UpdateAsync(change, $"Changes {names} of one {kind.Kind} definition of the practice.", [], call, cancellation);
    }

    public async Task<WritePlan> ArchiveAsync(ArchiveDefinitionInput input, CallContext call, CancellationToken cancellation)
    {
        var kind = DefinitionEndpoints.Of(input.Kind);
        var seen = await new RecordReader(api, call).ReadAsync(Place(kind), null, input.DefinitionUuid, cancellation);
        if (IsArchived(seen)) throw new CallFailureException(FailureCodes.Conflict, "This definition is archived already: there is nothing to do.");
        var change = new RecordChange(Place(kind), kind.Archive, null, input.DefinitionUuid, seen, new JsonObject());
        var action = new RecordAction(change, change.VersionBody(), RecordAction.Archived);
        return await new RecordActing(api, call).PlanAsync(action, $"Archives one {kind.Kind} definition of the practice.", [], cancellation);
    }

    private async Task<UpstreamResult> OneAsync(DefinitionKind kind, string id, ListDefinitionsInput input, CallContext call, CancellationToken cancellation)
    {
        if ((input.Search ?? input.Category) is not null)
            throw CallFailureException.Invalid("definition_uuid", "definition_uuid reads one definition: leave search and category out.");
        var row = await api.RecordAsync((await api.RequestAsync(kind.Get, null, cancellation)).Route("definition_uuid", id), call, cancellation);
        return UpstreamResult.Of(PatientsEndpoints.System, new Section(null, kind.Shape, [row]) { Single = true });
    }

    private static RecordPlace Place(DefinitionKind kind) => new($"{kind.Kind} definition", kind.List, "definition_uuid")
    {
        Get = kind.Get,
        FindOut = $"call list_definitions with kind {kind.Kind}",
        Texts = ["description"],
        Words = ["name", "description", "category", "dropdown_options"],
    };

    private static bool IsArchived(ReadOnlyMemory<byte> row)
    {
        using var json = JsonDocument.Parse(row);
        return json.RootElement.Text("deleted_at") is not null;
    }
}
