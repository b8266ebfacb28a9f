using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HealthMcp.Tests.Upstreams.Patients;

/// <summary>What the network does with one request.</summary>
public enum Fate
{
    Arrives,

    /// <summary>Carried out, and then the connection breaks.</summary>
    AnswerLost,

    /// <summary>Carried out, and then something in between says 502.</summary>
    AnswerBroken,

    /// <summary>The connection breaks before anything is done.</summary>
    RequestLost,
}

/// <summary>
/// The Patients API over a network that loses requests and answers, built from the contract: a create takes an Idempotency-Key, a repeat of
/// which answers 409; an update of another version than base_version answers 409. Not the sandbox, so that the two cannot be wrong alike.
/// </summary>
internal sealed class ForgetfulPatients : HttpMessageHandler
{
    private static readonly string[] Keyed =
        ["patients", "alerts", "allergies", "communication-logs", "diseases", "medications", "relationships", "vital-signs"];

    private readonly Lock _gate = new();
    private readonly Queue<Fate> _fates = new();
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private int _made;

    /// <summary>Records by list path, in the order in which they were made.</summary>
    public Dictionary<string, List<JsonObject>> Records { get; } = new(StringComparer.Ordinal);

    /// <summary>Paths of the writes that were tried.</summary>
    public List<string> Writes { get; } = [];

    /// <summary>Called before each write is carried out: somebody else may be faster.</summary>
    public Action? Before { get; set; }

    /// <summary>What becomes of the next writes; those after them arrive.</summary>
    public void Next(IEnumerable<Fate> fates)
    {
        lock (_gate)
        {
            _fates.Clear();
            Writes.Clear();
            foreach (var fate in fates) _fates.Enqueue(fate);
        }
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : await request.Content.ReadAsStringAsync(cancellationToken);
        lock (_gate)
        {
            var path = request.RequestUri!.AbsolutePath;
            if (request.Method == HttpMethod.Get) return Get(path);
            if (path.EndsWith("/check-duplicates", StringComparison.Ordinal)) return Json(PatientsHarness.Page(0));
            Writes.Add(path);
            Before?.Invoke();
            var fate = _fates.TryDequeue(out var next) ? next : Fate.Arrives;
            if (fate == Fate.RequestLost) throw new HttpRequestException(HttpRequestError.ResponseEnded, "lost");
            var answer = request.Method == HttpMethod.Patch ? Update(path, body!) : Create(path, body!, Key(request));
            return fate switch
            {
                Fate.AnswerLost => throw new HttpRequestException(HttpRequestError.ResponseEnded, "lost"),
                Fate.AnswerBroken => Json("{}", HttpStatusCode.BadGateway),
                _ => answer,
            };
        }
    }

    private static string? Key(HttpRequestMessage request) =>
        request.Headers.TryGetValues("Idempotency-Key", out var values) ? values.Single() : null;

    private HttpResponseMessage Create(string path, string body, string? key)
    {
        if (Keyed.Contains(path[(path.LastIndexOf('/') + 1)..]) != key is not null) return Json("{}", HttpStatusCode.UnprocessableEntity);
        if (key is not null && !_keys.Add(key)) return Json("{}", HttpStatusCode.Conflict);
        var sent = JsonNode.Parse(body)!.AsObject();
        var row = new JsonObject { ["id"] = $"r-{++_made}", ["created_at"] = "2026-03-10T12:00:00Z", ["version"] = 1L };
        Put(row, sent);
        Rows(path).Add(row);
        return Json(row.ToJsonString(), HttpStatusCode.Created);
    }

    private HttpResponseMessage Update(string path, string body)
    {
        var row = Rows(path[..path.LastIndexOf('/')]).Single(one => path.EndsWith((string)one["id"]!, StringComparison.Ordinal));
        var sent = JsonNode.Parse(body)!.AsObject();
        if ((long)sent["base_version"]! != (long)row["version"]!) return Json("{}", HttpStatusCode.Conflict);
        sent.Remove("base_version");
        Put(row, sent);
        row["version"] = (long)row["version"]! + 1;
        return Json(row.ToJsonString());
    }

    private static void Put(JsonObject row, JsonObject sent)
    {
        foreach (var (name, value) in sent)
        {
            if (name.EndsWith("_uuid", StringComparison.Ordinal)) row[name[..^5]] = new JsonObject { ["uuid"] = value?.DeepClone() };
            else if (value?.GetValueKind() == JsonValueKind.Number && !value.ToJsonString().All(char.IsDigit)) row[name] = value.ToJsonString();
            else row[name] = value?.DeepClone();
        }
    }

    private HttpResponseMessage Get(string path)
    {
        if (path == PatientsHarness.One || path.StartsWith($"{PatientsHarness.List}/p-", StringComparison.Ordinal))
            return Json(PatientsHarness.Patient(path[(path.LastIndexOf('/') + 1)..]));
        if (path == $"{PatientsHarness.List}/cursor") return Json("""{"data":[],"page_info":{"has_next_page":false}}""");
        if (Keyed.Append("referral-attributions").Contains(path[(path.LastIndexOf('/') + 1)..]))
            return Json(PatientsHarness.Page(Rows(path).Count, [.. Rows(path).Select(row => row.ToJsonString())]));
        var one = Rows(path[..path.LastIndexOf('/')]).FirstOrDefault(row => path.EndsWith((string)row["id"]!, StringComparison.Ordinal));
        return one is null ? Json("{}", HttpStatusCode.NotFound) : Json(one.ToJsonString());
    }

    private List<JsonObject> Rows(string path)
    {
        if (!Records.TryGetValue(path, out var rows)) Records[path] = rows = [];
        return rows;
    }

    private static HttpResponseMessage Json(string json, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
}
