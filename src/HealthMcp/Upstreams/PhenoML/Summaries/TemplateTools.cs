using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.PhenoML.Outbound;

namespace HealthMcp.Upstreams.PhenoML.Summaries;

/// <summary>Tools for the templates of summaries.</summary>
internal sealed class TemplateTools(UpstreamClient client, OutboundPolicy outbound) : IToolSet
{
    private static readonly string[] Writes = ["phenoml/analysis.write"];

    private static readonly ToolDefinition List = new()
    {
        Name = "list_summary_templates",
        Title = "List summary templates",
        Description = """
            Lists the templates of this PhenoML account with their text and placeholders, or reads one by template_id. summarize_fhir fills one with the values
            of FHIR resources; save_summary_template makes or changes one.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = ["phenoml/analysis.read"],
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: true),
        Endpoints = [TemplateEndpoints.List, TemplateEndpoints.Get],
        Input = TemplatesJson.Default.ListSummaryTemplatesInput,
        DataSchema = TemplateSchemas.List,
    };

    private static readonly ToolDefinition Save = new()
    {
        Name = "save_summary_template",
        Title = "Make or change a summary template",
        Description = """
            Makes a template from an example of the summary you want (name, example_summary, target_resources), or changes one (template_id and only what is to
            change: the rest is read and sent as it is). PhenoML's language model makes the placeholders of a new one: read them afterwards. Everything is sent
            to PhenoML, a third party, and kept there, so use a made-up patient in the example. A new one is sent once and never again by itself.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = Writes,
        Hints = new ToolHints(ReadOnly: false, Destructive: true, Idempotent: false, OpenWorld: true),
        NotSigned = "it is a setting of PhenoML, which programs read and no chart holds",
        Endpoints = [TemplateEndpoints.List, TemplateEndpoints.Get, TemplateEndpoints.Create, TemplateEndpoints.Update],
        Input = TemplatesJson.Default.SaveSummaryTemplateInput,
        DataSchema = TemplateSchemas.Change,
    };

    private static readonly ToolDefinition Delete = new()
    {
        Name = "delete_summary_template",
        Title = "Delete a summary template",
        Description = """
            Deletes one template for good. The preview shows it; keep its text if it may be needed again. Summaries that were made with it are not touched. If
            somebody else changes it in between, the confirmation no longer holds.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = Writes,
        Hints = new ToolHints(ReadOnly: false, Destructive: true, Idempotent: true, OpenWorld: true),
        NotSigned = "it is a setting of PhenoML, which programs read and no chart holds",
        Endpoints = [TemplateEndpoints.Get, TemplateEndpoints.Delete],
        Input = TemplatesJson.Default.DeleteSummaryTemplateInput,
        DataSchema = TemplateSchemas.Change,
    };

    public IEnumerable<Tool> Tools =>
    [
        Tool.Reading<ListSummaryTemplatesInput>(List, ListAsync), Tool.Writing<SaveSummaryTemplateInput>(Save, SaveAsync),
        Tool.Writing<DeleteSummaryTemplateInput>(Delete, DeleteAsync),
    ];

    public async Task<UpstreamResult> ListAsync(ListSummaryTemplatesInput input, CallContext call, CancellationToken cancellation)
    {
        var store = new TemplateStore(client, call);
        if (input.TemplateId is { } id)
        {
            var one = await store.FindAsync(id, cancellation) ?? throw TemplateStore.Missing();
            return UpstreamResult.Of(PhenoMLEndpoints.System, new Section(null, TemplateEndpoints.List.Shape, [one.Row]) { Single = true });
        }

        var rows = await store.AllAsync(cancellation);
        return UpstreamResult.Of(PhenoMLEndpoints.System, new Section(null, TemplateEndpoints.List.Shape, rows) { Total = rows.Count }) with
        {
            Searched = $"Summary templates of one {client.Source.Kind} PhenoML account.",
        };
    }

    public Task<WritePlan> SaveAsync(SaveSummaryTemplateInput input, CallContext call, CancellationToken cancellation)
    {
        outbound.RequireAsIs(input.TemplateId is null ? "example_summary" : "template", "a template is kept there as it is sent");
        return input.TemplateId is { } id ? UpdateAsync(id, input, call, cancellation) : CreateAsync(input, call, cancellation);
    }

    private async Task<WritePlan> CreateAsync(SaveSummaryTemplateInput input, CallContext call, CancellationToken cancellation)
    {
        var body = TemplateRules.New(input);
        var rows = await new TemplateStore(client, call).AllAsync(cancellation);
        var known = rows.Select(TemplateRecord.Of).Select(one => one.Id).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var writer = new TemplateWriter(client, call);
        var sent = JsonSerializer.SerializeToUtf8Bytes(body, TemplatesJson.Default.NewTemplateBody);
        return new WritePlan(TemplateEndpoints.Create, TemplateEndpoints.Create.Path, sent)
        {
            Preview = writer.View(null, TemplateRules.Preview(body), ["name", "example_summary", "target_resources", "mode"]),
            PreviewShape = TemplateWriter.ChangeShape,
            ForPerson = sent,
            Says = $"Makes a summary template over {body.TargetResources.Count} resource type(s) in {client.Source.Kind} PhenoML, which keeps the example.",
            Execute = (_, inner) => writer.CreateAsync(body, known, inner),
        };
    }

    private async Task<WritePlan> UpdateAsync(string id, SaveSummaryTemplateInput input, CallContext call, CancellationToken cancellation)
    {
        TemplateRules.Check(input);
        var seen = await new TemplateStore(client, call).FindAsync(id, cancellation) ?? throw TemplateStore.Missing();
        var body = TemplateRules.Merged(seen.Body, input);
        var changed = seen.Changed(body);
        if (changed.Count == 0) throw CallFailureException.Invalid("template_id", "The template is like this already: say what is to change.");
        var writer = new TemplateWriter(client, call);
        var sent = JsonSerializer.SerializeToUtf8Bytes(body, TemplatesJson.Default.TemplateBody);
        return new WritePlan(TemplateEndpoints.Update, new UpstreamRequest(TemplateEndpoints.Update).Route("id", id).Path(), sent)
        {
            Preview = writer.View(seen, sent, changed),
            PreviewShape = TemplateWriter.ChangeShape,
            ForPerson = TemplateWriter.Change(JsonSerializer.SerializeToUtf8Bytes(seen.Body, TemplatesJson.Default.TemplateBody), sent),
            RecordVersion = seen.Updated ?? "none",
            Says = $"Changes {string.Join(", ", changed)} of one summary template of {client.Source.Kind} PhenoML.",
            Execute = (_, inner) => writer.UpdateAsync(id, seen, body, inner),
        };
    }

    public async Task<WritePlan> DeleteAsync(DeleteSummaryTemplateInput input, CallContext call, CancellationToken cancellation)
    {
        var seen = await new TemplateStore(client, call).FindAsync(input.TemplateId, cancellation) ?? throw TemplateStore.Missing();
        var writer = new TemplateWriter(client, call);
        var path = new UpstreamRequest(TemplateEndpoints.Delete).Route("id", input.TemplateId).Path();
        return new WritePlan(TemplateEndpoints.Delete, path, ReadOnlyMemory<byte>.Empty)
        {
            Preview = writer.View(seen, default),
            PreviewShape = TemplateWriter.ChangeShape,
            RecordVersion = seen.Updated ?? "none",
            Says = $"Deletes one summary template of {client.Source.Kind} PhenoML; there is no way back.",
            Execute = (_, inner) => writer.DeleteAsync(input.TemplateId, seen, inner),
        };
    }
}
