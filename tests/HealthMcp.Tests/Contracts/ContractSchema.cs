using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HealthMcp.Tests.Contracts;

/// <summary>
/// A schema to walk. Alternatives and parts (oneOf, anyOf, allOf) are laid over each other, so that the members of all of them are met; a
/// schema that names itself is entered once on a path.
/// </summary>
internal sealed class ContractSchema
{
    /// <summary>Name of the one key that a sample gives a map, and of the one member it gives what is open.</summary>
    public const string Unlisted = "unlisted";

    private readonly Contract _contract;
    private readonly ImmutableHashSet<string> _above;
    private readonly List<(string Name, List<ContractSchema> Schemas)> _properties = [];
    private readonly List<ContractSchema> _items = [];
    private readonly List<ContractSchema> _values = [];
    private readonly List<JsonElement> _scalars = [];
    private bool _open;

    public ContractSchema(Contract contract, JsonElement schema)
        : this(contract, [])
    {
        Lay(schema, _above);
    }

    private ContractSchema(Contract contract, ImmutableHashSet<string> above) => (_contract, _above) = (contract, above);

    public IEnumerable<string> Properties => _properties.Select(property => property.Name);

    public IEnumerable<ContractLeaf> Leaves(string path = "")
    {
        foreach (var scalar in _scalars) yield return ContractLeaf.Of(path, scalar);
        var inner = _properties.SelectMany(property => property.Schemas.SelectMany(schema => schema.Leaves(Join(path, property.Name))))
            .Concat(_items.SelectMany(item => item.Leaves(path + "[]")))
            .Concat(_values.SelectMany(value => value.Leaves(path + "{}")));
        foreach (var leaf in inner.DistinctBy(leaf => (leaf.Path, leaf.Type))) yield return leaf;
        if (_open) yield return ContractLeaf.Open(path);
    }

    /// <summary>See <see cref="ContractOperation.Sample"/>. Where an object, an array and a scalar may stand, it is the first of these.</summary>
    public JsonNode? Sample(Func<ContractLeaf, JsonNode?> value, string path = "")
    {
        if (_properties.Count > 0 || _values.Count > 0 || _open) return Object(value, path);
        if (_items.Count > 0) return new JsonArray(Merged(_items).Sample(value, path + "[]"));
        return _scalars.Count > 0 ? value(ContractLeaf.Of(path, _scalars[0])) : new JsonObject();
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private JsonObject Object(Func<ContractLeaf, JsonNode?> value, string path)
    {
        var made = new JsonObject();
        foreach (var (name, schemas) in _properties) made[name] = Merged(schemas).Sample(value, Join(path, name));
        if (_values.Count > 0) made[Unlisted] = Merged(_values).Sample(value, path + "{}");
        if (_open) made[Unlisted] = value(ContractLeaf.Open(path));
        return made;
    }

    private ContractSchema Merged(List<ContractSchema> schemas)
    {
        if (schemas.Count == 1) return schemas[0];
        var all = new ContractSchema(_contract, _above);
        foreach (var schema in schemas)
        {
            foreach (var (name, inner) in schema._properties) inner.ForEach(one => all.Add(name, one));
            all._items.AddRange(schema._items);
            all._values.AddRange(schema._values);
            all._scalars.AddRange(schema._scalars);
            all._open |= schema._open;
        }

        return all;
    }

    private void Lay(JsonElement schema, ImmutableHashSet<string> above)
    {
        if (schema.TryGetProperty("ref", out var name))
        {
            if (above.Contains(name.GetString()!)) return;
            Lay(_contract.Schemas.GetProperty(name.GetString()!), above.Add(name.GetString()!));
            return;
        }

        var parts = ((string[])["oneOf", "anyOf", "allOf"]).Where(word => schema.TryGetProperty(word, out _)).ToList();
        foreach (var part in parts.SelectMany(word => schema.GetProperty(word).EnumerateArray())) Lay(part, above);
        if (parts.Count == 0 || schema.TryGetProperty("properties", out _)) Own(schema, above);
    }

    private void Own(JsonElement schema, ImmutableHashSet<string> above)
    {
        var type = schema.TryGetProperty("type", out var given) ? given.GetString() : null;
        var named = schema.TryGetProperty("properties", out var properties);
        var mapped = schema.TryGetProperty("more", out var more);
        if (named)
            foreach (var property in properties.EnumerateObject()) Add(property.Name, Below(property.Value, above));
        if (mapped && more.ValueKind == JsonValueKind.Object && more.EnumerateObject().Any()) _values.Add(Below(more, above));
        else if (mapped && more.ValueKind != JsonValueKind.False) _open = true;
        if (type == "array") _items.Add(Below(schema.GetProperty("items"), above));
        else if (named || mapped) return;
        else if (type == "object" || (type is null && !schema.TryGetProperty("enum", out _))) _open = true;
        else _scalars.Add(schema);
    }

    private ContractSchema Below(JsonElement schema, ImmutableHashSet<string> above)
    {
        var below = new ContractSchema(_contract, above);
        below.Lay(schema, above);
        return below;
    }

    private void Add(string name, ContractSchema schema)
    {
        var at = _properties.FindIndex(property => property.Name == name);
        if (at < 0) _properties.Add((name, [schema]));
        else _properties[at].Schemas.Add(schema);
    }
}
