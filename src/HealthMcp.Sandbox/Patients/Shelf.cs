using System.Globalization;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.Patients;

/// <summary>
/// Records of one kind by whom they belong to: what was seeded, and what is written since. Thread-safe; what it gives out are copies.
/// </summary>
/// <param name="kind">Goes into the ids, which are the same at every start.</param>
/// <param name="time">Clock of the stamps.</param>
/// <param name="seed">Records of an owner at the start.</param>
internal sealed class Shelf(string kind, TimeProvider time, Func<string, IEnumerable<JsonObject>> seed)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<JsonObject>> _rows = new(StringComparer.Ordinal);
    private readonly HashSet<string> _usedKeys = new(StringComparer.Ordinal);

    public IReadOnlyList<JsonObject> Of(string owner)
    {
        lock (_gate)
        {
            return [.. Rows(owner).Select(Copy)];
        }
    }

    public JsonObject? Find(string owner, string id) => Of(owner).FirstOrDefault(row => row.Text("id") == id.ToLowerInvariant());

    /// <summary>Null when the key was used before: the documented answer to a repeat is a conflict, not the first answer again.</summary>
    /// <param name="owner">Whose record it becomes.</param>
    /// <param name="idempotencyKey">As sent; null where none was.</param>
    /// <param name="fields">The record without id, stamps and version.</param>
    /// <param name="refuse">Looks at the owner's other records first; what it says is answered instead.</param>
    public Answer Add(string owner, string? idempotencyKey, JsonObject fields, Func<IReadOnlyList<JsonObject>, Answer?>? refuse = null)
    {
        lock (_gate)
        {
            var rows = Rows(owner);
            if (refuse?.Invoke(rows) is { } refusal)
            {
                return refusal;
            }

            if (idempotencyKey is not null && !_usedKeys.Add(idempotencyKey))
            {
                return Problem.Conflict("Idempotency conflict: this Idempotency-Key was used before");
            }

            var id = DeterministicId.Of("patients", kind, owner, "recorded", rows.Count.ToString(CultureInfo.InvariantCulture));
            var row = Stamped(id, fields, time.GetUtcNow());
            rows.Add(row);
            return Answer.Json(Copy(row), 201);
        }
    }

    /// <param name="owner">Whose record it is.</param>
    /// <param name="id">Which.</param>
    /// <param name="baseVersion">Version that the caller saw; null where the contract asks for none.</param>
    /// <param name="change">Changes it, or gives the refusal.</param>
    /// <param name="missing">What a record of this kind is called when there is none.</param>
    public Answer Change(string owner, string id, long? baseVersion, Func<JsonObject, Answer?> change, string missing)
    {
        lock (_gate)
        {
            var rows = Rows(owner);
            var at = rows.FindIndex(row => row.Text("id") == id.ToLowerInvariant());
            if (at < 0)
            {
                return Problem.NotFound(missing);
            }

            if (baseVersion is not null && baseVersion != (long)rows[at]["version"]!)
            {
                return Problem.Conflict("Version conflict: the record was modified since it was read");
            }

            var copy = Copy(rows[at]);
            if (change(copy) is { } refusal)
            {
                return refusal;
            }

            copy["version"] = (long)rows[at]["version"]! + 1;
            copy["updated_at"] = Json.Stamp(time.GetUtcNow());
            rows[at] = copy;
            return Answer.Json(Copy(copy));
        }
    }

    /// <summary>A record with what every one has.</summary>
    public static JsonObject Stamped(string id, JsonObject fields, DateTimeOffset at)
    {
        var row = new JsonObject { ["id"] = id };
        foreach (var (name, value) in fields)
        {
            row.Maybe(name, value?.DeepClone());
        }

        row["created_at"] = Json.Stamp(at);
        row["updated_at"] = Json.Stamp(at);
        row["version"] = 1L;
        return row;
    }

    private List<JsonObject> Rows(string owner)
    {
        if (!_rows.TryGetValue(owner, out var rows))
        {
            _rows[owner] = rows = [.. seed(owner)];
        }

        return rows;
    }

    private static JsonObject Copy(JsonObject row) => (JsonObject)row.DeepClone();
}
