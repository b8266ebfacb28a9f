using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.DrCloud;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML.Providers;

/// <summary>A FHIR server that PhenoML knows, with what it needs to sign in there.</summary>
internal sealed record Provider(string Id, string Name, string Kind, FhirShelf Records)
{
    public string? Description { get; init; }

    public string BaseUrl { get; init; } = "";

    /// <summary>Authentication configurations by id, as answers show them: without secrets.</summary>
    public Dictionary<string, JsonObject> Auth { get; } = new(StringComparer.Ordinal);

    public DateTimeOffset LastUpdated { get; set; }

    /// <summary>Shared, and never to be changed.</summary>
    public bool IsSandbox => Kind == "sandbox";

    public JsonObject? Active => Auth.Values.FirstOrDefault(config => config["is_active_auth_config"]!.GetValue<bool>());

    public JsonObject Json()
    {
        var row = new JsonObject { ["id"] = Id, ["name"] = Name }.Maybe("description", Description).Set("provider", Kind);
        return IsSandbox ? row : row.Set("base_url", BaseUrl)
            .Set("auth_configs", new JsonObject(Auth.Select(pair => new KeyValuePair<string, JsonNode?>(pair.Key, pair.Value.DeepClone()))))
            .Set("last_updated", Serving.Json.Stamp(LastUpdated));
    }
}

/// <summary>The providers of this instance: a shared sandbox, and one that its owner set up; both with the demo patients.</summary>
internal sealed class ProviderBook
{
    private readonly Lock _gate = new();
    private readonly List<Provider> _providers;
    private readonly TimeProvider _time;
    private int _made;

    public ProviderBook(TimeProvider time)
    {
        _time = time;
        // Ids of the vendor's own examples, so that they work as they are written.
        var demo = new Provider("550e8400-e29b-41d4-a716-446655440000", "medplum", "medplum", Shelf("demo", seeded: true))
        {
            Description = "The demonstration practice",
            BaseUrl = "https://api.medplum.example/fhir/R4",
            LastUpdated = time.GetUtcNow(),
        };
        foreach (var (id, method, client) in new[] { ("auth-config-123", "client_secret", "demo-client"), ("auth-config-456", "jwt", "demo-key-client") })
        {
            var config = AuthConfigs.Of(new JsonObject { ["auth_method"] = method, ["client_id"] = client, ["role"] = "admin" }, id, time.GetUtcNow());
            config["is_active_auth_config"] = method == "client_secret";
            demo.Auth.Add(id, config);
        }

        var shared = new Provider("4da196da-5cf1-4574-9e65-f97d7ea20b38", "PhenoML Sandbox", "sandbox", Shelf("sandbox", seeded: true))
        {
            Description = "Shared sandbox environment for experimentation",
        };
        _providers = [demo, shared];
    }

    public DateTimeOffset Now => _time.GetUtcNow();

    public IReadOnlyList<Provider> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _providers];
            }
        }
    }

    /// <summary>By id.</summary>
    public Provider? Get(string id) => All.FirstOrDefault(provider => provider.Id == id);

    /// <summary>By id, or the one of this name that was changed last.</summary>
    public Provider? Find(string? named) => named is null ? All.FirstOrDefault() : Get(named)
        ?? All.Where(provider => provider.Name.Equals(named, StringComparison.OrdinalIgnoreCase)).MaxBy(provider => provider.LastUpdated);

    public Provider Add(Func<string, FhirShelf, Provider> make)
    {
        var id = NewId("provider");
        var provider = make(id, Shelf(id, seeded: false));
        lock (_gate)
        {
            _providers.Add(provider);
        }

        return provider;
    }

    public void Remove(Provider provider)
    {
        lock (_gate)
        {
            _providers.Remove(provider);
        }
    }

    public string NewId(string kind) =>
        DeterministicId.Of("phenoml", kind, Interlocked.Increment(ref _made).ToString(System.Globalization.CultureInfo.InvariantCulture));

    private FhirShelf Shelf(string name, bool seeded) => new(name, _time, seeded ? () => FhirStore.Instance.Value.All : () => []);
}
