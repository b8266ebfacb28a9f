using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML.Summaries;

/// <summary>fhir2summary: templates, and summaries made with and without one.</summary>
internal sealed class SummaryOperations
{
    private readonly ConcurrentDictionary<string, StoredTemplate> _templates = new(StringComparer.OrdinalIgnoreCase);
    private int _made;

    public IEnumerable<Operation> All =>
    [
        new("POST", "/fhir2summary/template", Make),
        new("GET", "/fhir2summary/template/{id}", exchange => One(exchange, template => Done(null, template))),
        new("PUT", "/fhir2summary/template/{id}", exchange => One(exchange, template => Change(exchange, template))),
        new("DELETE", "/fhir2summary/template/{id}", exchange => One(exchange, Delete)),
        new("GET", "/fhir2summary/templates", List),
        new("POST", "/fhir2summary/create", Create),
    ];

    public static Answer Refuse(string message) => Answer.Json(new JsonObject { ["success"] = false, ["message"] = $"{message}. {FaultPlan.Canary}" }, 400);

    private Answer One(Exchange exchange, Func<StoredTemplate, Answer> answer) =>
        _templates.TryGetValue(exchange.Route("id"), out var template) ? answer(template) : PhenoMlSystem.NotFound("Template not found");

    private Answer List(Exchange exchange) => Answer.Json(new JsonObject
    {
        ["success"] = true,
        ["templates"] = Json.Array(_templates.Values.OrderBy(template => template.Created).ThenBy(template => template.Id).Select(template => template.Row)),
    });

    private Answer Make(Exchange exchange)
    {
        if (exchange.JsonBody() is not { } body || body.Text("name") is not { Length: > 0 } name || body.Text("example_summary") is not { Length: > 0 } example
            || Targets(body) is not { } targets || body.Text("mode") is not { Length: > 0 } mode)
        {
            return PhenoMlSystem.BadRequest("name, example_summary, target_resources and mode are required");
        }

        var id = DeterministicId.Of("phenoml", "template", Interlocked.Increment(ref _made).ToString(CultureInfo.InvariantCulture));
        var template = new StoredTemplate(id, name, body.Text("description"), TemplateText.From(example, targets), targets, mode, exchange.Now)
        {
            Updated = exchange.Now,
        };
        _templates[id] = template;
        return Done("Template created successfully", template, id);
    }

    private Answer Change(Exchange exchange, StoredTemplate template)
    {
        if (exchange.JsonBody() is not { } body || body.Text("name") is not { Length: > 0 } name || body.Text("template") is not { Length: > 0 } text
            || Targets(body) is not { } targets || body.Text("mode") is not { Length: > 0 } mode)
        {
            return PhenoMlSystem.BadRequest("name, template, target_resources and mode are required");
        }

        var changed = template with
        {
            Name = name, Description = body.Text("description"), Text = text, Targets = targets, Mode = mode, Updated = exchange.Now,
        };
        _templates[template.Id] = changed;
        return Done("Template updated successfully", changed);
    }

    private Answer Delete(StoredTemplate template)
    {
        _templates.TryRemove(template.Id, out _);
        return Answer.Json(new JsonObject { ["success"] = true, ["message"] = "Template deleted successfully" });
    }

    private Answer Create(Exchange exchange)
    {
        if (exchange.JsonBody() is not { } body || Resources.Of(body["fhir_resources"]) is not { } resources)
        {
            return Refuse("fhir_resources must be a FHIR resource or Bundle");
        }

        return (body.Text("mode") ?? "narrative") switch
        {
            "flatten" => Summary(FlatText.Of(resources), []),
            "ips" => body["fhir_resources"]!.AsObject().Type() != "Bundle"
                ? Refuse("IPS requires a Bundle")
                : PatientSummary.Of(resources, out var problem) is { } text ? Summary(text, []) : Refuse(problem),
            "narrative" when body.Text("template_id") is not { } => Refuse("template_id is required for narrative mode"),
            "narrative" => _templates.TryGetValue(body.Text("template_id")!, out var template)
                ? Summary(TemplateText.Fill(template.Text, resources, exchange.Now, out var warnings), warnings)
                : PhenoMlSystem.NotFound("Template not found"),
            _ => Refuse("mode must be narrative, flatten or ips"),
        };
    }

    private static Answer Summary(string text, IReadOnlyList<string> warnings) => Answer.Json(new JsonObject
    {
        ["success"] = true,
        ["summary"] = text,
        ["warnings"] = Json.Strings(warnings),
    });

    private static Answer Done(string? message, StoredTemplate template, string? id = null) => Answer.Json(
        new JsonObject { ["success"] = true }.Maybe("message", message).Maybe("template_id", id).Set("template", template.Row));

    private static IReadOnlyList<string>? Targets(JsonObject body) =>
        body["target_resources"] is JsonArray { Count: > 0 } list && list.All(item => item is JsonValue value && value.TryGetValue<string>(out _))
            ? [.. list.Select(item => item!.ToString())]
            : null;
}
