using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.DrCloud;
using HealthMcp.Privacy;
using HealthMcp.Storage;
using HealthMcp.Tests.Support;
using ModelContextProtocol.Client;

namespace HealthMcp.Tests.Upstreams.DrCloud.Oracle;

/// <summary>The program on a sandbox with generated patients, a client at the identified level, and the oracle that knows the same records.</summary>
internal sealed class OracleWorld : IAsyncDisposable
{
    public const int Patients = 200;

    private static readonly string[] Tables = ["vital-signs", "social-history", "laboratory"];

    private readonly World _world;
    private readonly McpClient _client;
    private readonly bool _conformant;
    private readonly string _source;
    private readonly HandleVault _vault;
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);

    private OracleWorld(World world, McpClient client, bool conformant, Uri? foreign = null)
    {
        (_world, _client, _conformant) = (world, client, conformant);
        _source = Composition.SourceOf("drcloud", foreign).Namespace;
        var directory = DataDirectory.Open(world.DataDirectory);
        _vault = HandleVault.Open(directory, KeyFile.OpenOrCreate(directory, Entropy.System, TimeProvider.System), Entropy.System);
        Server = (foreign ?? new Uri(world.Sandbox.Addresses.DrCloud.BaseUri, "apis/default/fhir")).AbsoluteUri;
        Oracle = new Oracle(Served, Server, TimeProvider.System.GetUtcNow());
    }

    public string Server { get; }

    public Oracle Oracle { get; }

    public static async Task<OracleWorld> StartAsync(bool conformant)
    {
        var world = await World.StartAsync(
            new SandboxOptions { Conformant = conformant, SyntheticPatients = Patients }, ("HEALTHMCP_PRIVACY", "identified"), ("HEALTHMCP_PURPOSE",
                "treatment"));
        return new OracleWorld(world, await world.ConnectAsync(), conformant);
    }

    /// <summary>On a server of somebody else's that has the same records; its token endpoint takes any key.</summary>
    public static async Task<OracleWorld> StartAsync(Uri server, string keyFile)
    {
        var world = await World.StartAsync(
            new SandboxOptions { SyntheticPatients = Patients },
            ("HEALTHMCP_PRIVACY", "identified"), ("HEALTHMCP_PURPOSE", "treatment"), ("DRCLOUD_BASE_URL", server.AbsoluteUri),
            ("DRCLOUD_FHIR_URL", server.AbsoluteUri), ("DRCLOUD_TOKEN_URL", new Uri(server, "/oauth2/token").AbsoluteUri),
            ("DRCLOUD_CLIENT_ID", "oracle"), ("DRCLOUD_PRIVATE_KEY_FILE", keyFile));
        return new OracleWorld(world, await world.ConnectAsync(), conformant: true, server);
    }

    /// <summary>Every record, one JSON object to a line.</summary>
    public static IEnumerable<string> Lines() => Records.All.Select(record => record.ToJsonString());

    /// <summary>What the server shows at all: the vendor's lists no observation outside its three tables, whatever it is asked.</summary>
    public IReadOnlyList<JsonObject> Served(string type) => type == "Observation" && !_conformant
        ? [.. Records.Of(type).Where(row => Tables.Contains(row["category"]![0]!["coding"]![0]!["code"]!.ToString(), StringComparer.Ordinal))]
        : Records.Of(type);

    public async Task<OracleAnswer> AskAsync(string arguments)
    {
        var given = JsonNode.Parse(arguments)!.AsObject();
        given.TryAdd("max_bytes", 262144);
        var answer = new OracleAnswer { IdOf = IdOf };
        do
        {
            var reply = await _client.ReplyAsync("drcloud_fhir_search", given.ToJsonString());
            if (reply.IsError) return answer with { Refusal = reply.Content.GetProperty("error").GetProperty("message").GetString() };
            answer.Add(reply.Content);
            given["cursor"] = reply.Content.GetProperty("page").TryGetProperty("cursor", out var cursor) ? cursor.GetString() : null;
        }
        while (given["cursor"] is not null);
        return answer;
    }

    /// <summary>Puts ids of the generated records into a question.</summary>
    public string Filled(string text)
    {
        var filled = text.Replace("{server}", Server, StringComparison.Ordinal);
        foreach (var (key, type) in new[] { ("p", "Patient"), ("e", "Encounter"), ("obs", "Observation"), ("d", "Practitioner"), ("o", "Organization"),
            ("l", "Location") })
        {
            for (var number = 0; filled.Contains($"{{{key}", StringComparison.Ordinal) && number < 60; number++)
            {
                var mark = $"{{{key}{number.ToString(CultureInfo.InvariantCulture)}}}";
                if (filled.Contains(mark, StringComparison.Ordinal)) filled = filled.Replace(mark, Id(type, number), StringComparison.Ordinal);
            }
        }

        return filled;
    }

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    // Answers show handles at every level; the vault of the same folder says what they stand for.
    private string IdOf(string handle)
    {
        if (_ids.TryGetValue(handle, out var known)) return known;
        var id = _vault.Resolve(handle, handle[..handle.IndexOf('_', StringComparison.Ordinal)],
            _source).Value ?? throw new InvalidOperationException(handle);
        return _ids[handle] = id[(id.LastIndexOf('/') + 1)..];
    }

    private static FhirStore Records => FhirStore.With(Patients).Value;

    private static string Id(string type, int number)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        var patient = DeterministicId.Of("synthetic", "Patient", text);
        return type switch
        {
            "Patient" => patient,
            "Encounter" or "Observation" => Records.Of(type, "subject", patient).First()["id"]!.ToString(),
            _ => DeterministicId.Of("synthetic", type, "shared", text),
        };
    }
}

/// <summary>All pages of an answer together.</summary>
internal sealed record OracleAnswer
{
    public List<JsonElement> Rows { get; } = [];

    public HashSet<string> Included { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Provenance { get; } = new(StringComparer.Ordinal);

    public List<long> Totals { get; } = [];

    public int Pages => Totals.Count;

    public required Func<string, string> IdOf { get; init; }

    /// <summary>Why the question was refused; null when it was answered.</summary>
    public string? Refusal { get; init; }

    public IEnumerable<string> Ids => Rows.Select(row => IdOf(row.GetProperty("id").GetString()!));

    public void Add(JsonElement content)
    {
        var data = content.GetProperty("data");
        Rows.AddRange(data.GetProperty("resources").EnumerateArray());
        Totals.Add(content.GetProperty("page").GetProperty("totals").GetProperty("resources").GetInt64());
        foreach (var row in Of(data, "included")) Included.Add($"{row.GetProperty("resourceType").GetString()}/{IdOf(row.GetProperty("id").GetString()!)}");
        foreach (var row in Of(data, "provenance")) Provenance.Add(IdOf(row.GetProperty("id").GetString()!));
    }

    private static IEnumerable<JsonElement> Of(JsonElement data, string name) => data.TryGetProperty(name, out var rows) ? rows.EnumerateArray() : [];
}
