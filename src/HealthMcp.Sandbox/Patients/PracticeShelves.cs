using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.Patients;

/// <summary>Everything about patients that is not the patient's own row and not clinical.</summary>
internal sealed class PracticeShelves(TimeProvider time)
{
    private readonly Shelf _definitions = new("definition", time, SeededPractice.Definitions);

    public Shelf Alerts { get; } = new("alert", time, SeededPractice.Alerts);

    public Shelf Communications { get; } = new("communication", time, SeededPractice.Communications);

    public Shelf Relationships { get; } = new("relationship", time, SeededPractice.Relationships);

    public Shelf Attributions { get; } = new("attribution", time, SeededPractice.Attributions);

    public Shelf FieldValues { get; } = new("field-value", time, SeededPractice.FieldValues);

    /// <summary>Archived or not, as the single read gives it.</summary>
    public JsonObject? AnyDefinition(string kind, string id) => _definitions.Find(kind, id);

    public IReadOnlyList<JsonObject> Definitions(string kind) => _definitions.Of(kind);

    public JsonObject? Definition(string kind, string id) => _definitions.Find(kind, id) is { } row && row.Text("deleted_at") is null ? row : null;

    public Answer Add(string kind, JsonObject fields) => _definitions.Add(kind, null, fields);

    public Answer Change(string kind, string id, long version, Func<JsonObject, Answer?> change) =>
        _definitions.Change(kind, id, version, change, "Definition");
}
