using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HealthMcp.Tests.Contracts;

/// <summary>A parameter of an operation.</summary>
internal sealed record ContractParameter(string Name, string In, bool Required, string Type, string? Format, IReadOnlyList<string> Enum);

/// <summary>One operation. Its answer is the one of success.</summary>
internal sealed class ContractOperation
{
    private readonly Contract _contract;
    private readonly JsonElement _given;

    public ContractOperation(Contract contract, string system, string key, JsonElement given)
    {
        (_contract, System, Key, _given) = (contract, system, key, given);
        Status = int.Parse(given.GetProperty("success").GetString()!, CultureInfo.InvariantCulture);
        if (given.GetProperty("responses").GetProperty(given.GetProperty("success").GetString()!) is { ValueKind: JsonValueKind.Object } answer)
            (Media, Answer) = (answer.GetProperty("media").GetString(), Schema(answer));
        if (given.TryGetProperty("body", out var body)) Body = Schema(body);
    }

    public string System { get; }

    /// <summary>"GET /path".</summary>
    public string Key { get; }

    public string Method => Key.Split(' ')[0];

    public string Path => Key.Split(' ')[1];

    /// <summary>HTTP status of success.</summary>
    public int Status { get; }

    /// <summary>Media type of the answer; null when it has no body. In these contracts it is JSON, FHIR, or events of a stream.</summary>
    public string? Media { get; }

    /// <summary>The answer is a stream of server-sent events: schema, leaves and sample are those of one event's data.</summary>
    public bool IsEvents => Media == "text/event-stream";

    /// <summary>The contract names no member of the answer: FHIR in application/json+fhir and behind a provider.</summary>
    public bool IsOpen => Leaves().All(leaf => leaf.IsOpen && leaf.Path is "*");

    /// <summary>Schema of the answer; null when it has no body.</summary>
    public ContractSchema? Answer { get; }

    /// <summary>Schema of the request body; null when it takes none.</summary>
    public ContractSchema? Body { get; }

    /// <summary>The request body's schema as written; null when it takes none.</summary>
    public JsonElement? BodySchema => _given.TryGetProperty("body", out var body) ? body.GetProperty("schema") : null;

    /// <summary>Media types of the request body, the one of the schema first.</summary>
    public IReadOnlyList<string> BodyMedia => !_given.TryGetProperty("body", out var body) ? [] : [body.GetProperty("media").ToString(), .. OtherMedia];

    /// <summary>Media types that the body may have beside the one whose schema this is.</summary>
    public IEnumerable<string> OtherMedia => _given.TryGetProperty("body", out var body) && body.TryGetProperty("others", out var others)
        ? others.EnumerateArray().Select(other => other.GetString()!) : [];

    public bool BodyRequired => _given.TryGetProperty("body", out var body) && body.GetProperty("required").GetBoolean();

    public IEnumerable<ContractParameter> Parameters => _given.GetProperty("parameters").EnumerateArray().Select(Parameter);

    /// <summary>Declared statuses, that of success among them.</summary>
    public IEnumerable<string> Statuses => _given.GetProperty("responses").EnumerateObject().Select(response => response.Name);

    /// <summary>Schema, as written, of the answer with this status; null when the contract declares no body for it.</summary>
    public JsonElement? AnswerSchema(int status)
    {
        var responses = _given.GetProperty("responses");
        var found = responses.TryGetProperty(status.ToString(CultureInfo.InvariantCulture), out var answer) || responses.TryGetProperty("default", out answer);
        return found && answer.ValueKind == JsonValueKind.Object ? answer.GetProperty("schema") : null;
    }

    /// <summary>Schemas of the error answers that the contract declares with a body.</summary>
    public IEnumerable<ContractSchema> Errors => _given.GetProperty("responses").EnumerateObject()
        .Where(response => response.Name[0] is '4' or '5' && response.Value.ValueKind == JsonValueKind.Object)
        .Select(response => Schema(response.Value));

    /// <summary>Every leaf of the answer.</summary>
    public IEnumerable<ContractLeaf> Leaves() => Answer?.Leaves() ?? [];

    /// <summary>
    /// A full answer: every property is there, arrays have one item, maps one key, and each leaf is what <paramref name="value"/> makes of
    /// it. Null when the answer has no body. A FHIR answer is open: a test that wants a resource there brings its own.
    /// </summary>
    public JsonNode? Sample(Func<ContractLeaf, JsonNode?> value) => Answer?.Sample(value);

    public override string ToString() => $"{System} {Key}";

    private static ContractParameter Parameter(JsonElement given) => new(
        given.GetProperty("name").GetString()!,
        given.GetProperty("in").GetString()!,
        given.GetProperty("required").GetBoolean(),
        given.TryGetProperty("type", out var type) ? type.GetString()! : "string",
        given.TryGetProperty("format", out var format) ? format.GetString() : null,
        ContractLeaf.Words(given));

    private ContractSchema Schema(JsonElement holder) => new(_contract, holder.GetProperty("schema"));
}
