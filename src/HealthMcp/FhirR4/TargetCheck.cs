using System.Text.Json;

namespace HealthMcp.FhirR4;

/// <summary>
/// The types that references point at, by what the reference itself says, the contained resources of the resource that it stands in, and the entries
/// of the Bundle around it. What is elsewhere is not fetched.
/// </summary>
internal sealed class TargetCheck
{
    private static readonly R4Table Table = R4Table.Default;

    private readonly Stack<Scope> _scopes = new();
    private Dictionary<string, string>? _entries;

    /// <summary>Call on the way into a resource; dispose on the way out.</summary>
    public IDisposable Enter(string type, JsonElement resource)
    {
        // A contained resource refers to what its container contains.
        var container = _scopes.TryPeek(out var above) && above.Type != "Bundle" && above.Type != "Parameters" ? above.Container : (type, resource);
        var scope = new Scope(this, type, container, _entries);
        if (type == "Bundle") _entries = Entries(resource);
        _scopes.Push(scope);
        return scope;
    }

    /// <summary>Null when the reference may point where it does.</summary>
    public string? Problem(R4Type type, JsonElement reference)
    {
        if (reference.ValueKind != JsonValueKind.Object) return null;
        var named = Text(reference, "type");
        if (named is not null && Table.Resource(named) is not null && !IsAllowed(type, named)) return Wrong(type);
        if (Text(reference, "reference") is not { Length: > 0 } text) return null;
        if (ReferenceForm.Read(text) is not { } form) return "is neither Type/id, nor #id, nor a URL";
        var found = form.Type;
        if (form.Local is { } local && (found = TypeOf(local)) is null) return "points at a contained resource that is not there";
        if (form.Key is { } key && _entries?.GetValueOrDefault(key) is { } entry) found = entry;
        if (found is null) return null;
        if (Table.Resource(found) is null) return form.Key is null ? "points at a type that R4 does not have" : null;
        if (named is not null && named != found) return "says another type than it points at";
        return IsAllowed(type, found) ? null : Wrong(type);
    }

    private static bool IsAllowed(R4Type type, string target) => type.Targets.Count == 0 || type.Targets.Contains(target, StringComparer.Ordinal);

    private static string Wrong(R4Type type) => $"points at a type that R4 does not allow there (allowed: {string.Join(", ", type.Targets)})";

    private string? TypeOf(string local)
    {
        if (!_scopes.TryPeek(out var scope)) return null;
        var (type, resource) = scope.Container;
        if (local.Length == 0) return type;
        return Items(resource, "contained").Where(one => Text(one, "id") == local).Select(one => Text(one, "resourceType")).FirstOrDefault();
    }

    private static Dictionary<string, string> Entries(JsonElement bundle)
    {
        var entries = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in Items(bundle, "entry"))
        {
            if (Text(entry, "fullUrl") is { } address && entry.TryGetProperty("resource", out var resource) && Text(resource, "resourceType") is { } type)
                entries[address] = type;
        }

        return entries;
    }

    private static IEnumerable<JsonElement> Items(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray()
            : [];

    private static string? Text(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) ? R4Primitive.Text(value) : null;

    private sealed class Scope(TargetCheck owner, string type, (string Type, JsonElement Resource) container, Dictionary<string, string>? before) : IDisposable
    {
        public string Type { get; } = type;

        public (string Type, JsonElement Resource) Container { get; } = container;

        public void Dispose()
        {
            owner._scopes.Pop();
            owner._entries = before;
        }
    }
}
