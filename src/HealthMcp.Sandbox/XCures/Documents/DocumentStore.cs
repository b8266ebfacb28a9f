using System.Globalization;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.XCures.Documents;

/// <summary>The documents, in the order in which they came. Bodies are replaced and never changed, so that readers need no lock.</summary>
internal sealed class DocumentStore
{
    private readonly Lock _gate = new();
    private readonly FileStorage _files;
    private readonly Lazy<List<JsonObject>> _documents;
    private int _made;

    public DocumentStore(FileStorage files)
    {
        _files = files;
        _documents = new(Seed);
    }

    public FileStorage Files => _files;

    public IReadOnlyList<JsonObject> Of(string subjectId)
    {
        lock (_gate)
        {
            return [.. _documents.Value.Where(document => document.Text("subjectId") == subjectId)];
        }
    }

    public JsonObject? Find(string id)
    {
        lock (_gate)
        {
            return _documents.Value.Find(document => document.Text("id")!.Equals(id, StringComparison.OrdinalIgnoreCase));
        }
    }

    /// <summary>Adds one under a new id.</summary>
    public string Add(JsonObject body, DateTimeOffset now)
    {
        lock (_gate)
        {
            var id = DeterministicId.Of("xcures", "document", "made", (++_made).ToString(CultureInfo.InvariantCulture));
            var made = new JsonObject { ["id"] = id, ["created"] = Json.Stamp(now), ["updated"] = Json.Stamp(now) };
            foreach (var (name, value) in body)
            {
                made[name] = value?.DeepClone();
            }

            _documents.Value.Add(made);
            return id;
        }
    }

    public JsonObject Change(JsonObject document, Action<JsonObject> change, DateTimeOffset now)
    {
        lock (_gate)
        {
            var changed = (JsonObject)document.DeepClone();
            change(changed);
            changed["updated"] = Json.Stamp(now);
            _documents.Value[_documents.Value.IndexOf(document)] = changed;
            return changed;
        }
    }

    private List<JsonObject> Seed()
    {
        var all = new List<JsonObject>();
        foreach (var (body, file) in Person.Charted.SelectMany(SeededDocuments.Of))
        {
            _files.Seed(body.Text("id")!, file);
            all.Add(body);
        }

        return all;
    }
}
