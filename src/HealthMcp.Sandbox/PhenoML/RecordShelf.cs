using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML;

/// <summary>Records of one kind by their id, in the order in which they were made. Thread-safe; what goes in and comes out are copies.</summary>
internal sealed class RecordShelf(params IEnumerable<JsonObject> seeded)
{
    private readonly Lock _gate = new();
    private readonly List<JsonObject> _records = [.. seeded.Select(Copy)];

    public IReadOnlyList<JsonObject> All
    {
        get { lock (_gate) return [.. _records.Select(Copy)]; }
    }

    public JsonObject? Find(string id)
    {
        lock (_gate) return _records.Find(record => record.Text("id") == id) is { } found ? Copy(found) : null;
    }

    public JsonObject Add(JsonObject record)
    {
        lock (_gate) _records.Add(Copy(record));
        return record;
    }

    /// <returns>False when there is no record of this id.</returns>
    public bool Replace(JsonObject record)
    {
        lock (_gate)
        {
            var at = _records.FindIndex(each => each.Text("id") == record.Text("id"));
            if (at >= 0) _records[at] = Copy(record);
            return at >= 0;
        }
    }

    public bool Remove(string id)
    {
        lock (_gate) return _records.RemoveAll(record => record.Text("id") == id) > 0;
    }

    public void RemoveWhere(Predicate<JsonObject> match)
    {
        lock (_gate) _records.RemoveAll(match);
    }

    private static JsonObject Copy(JsonObject record) => record.DeepClone().AsObject();
}
