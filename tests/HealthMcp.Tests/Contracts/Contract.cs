using System.Text.Json;

namespace HealthMcp.Tests.Contracts;

/// <summary>
/// The structure of one vendor's contract: what it names, types and enumerates, without its prose. Written by
/// <c>tests/tables/contract_structures.py</c>; read only.
/// </summary>
internal sealed class Contract
{
    public static readonly IReadOnlyList<string> Systems = ["xcures", "patients", "phenoml"];

    private static readonly Dictionary<string, Lazy<Contract>> Read =
        Systems.ToDictionary(system => system, system => new Lazy<Contract>(() => new Contract(system)), StringComparer.Ordinal);

    private readonly Dictionary<string, ContractOperation> _byKey;

    private Contract(string system)
    {
        using var stream = typeof(Contract).Assembly.GetManifestResourceStream("contracts/" + system)!;
        var root = JsonDocument.Parse(stream).RootElement;
        Schemas = root.GetProperty("schemas");
        Operations = [.. root.GetProperty("operations").EnumerateObject().Select(each => new ContractOperation(this, system, each.Name, each.Value))];
        _byKey = Operations.ToDictionary(operation => operation.Key, StringComparer.Ordinal);
    }

    /// <summary>Every operation of every contract.</summary>
    public static IEnumerable<ContractOperation> All => Systems.SelectMany(system => Of(system).Operations);

    public IReadOnlyList<ContractOperation> Operations { get; }

    /// <summary>Named schemas, to which <c>ref</c> points.</summary>
    public JsonElement Schemas { get; }

    /// <param name="key">"GET /path", as the contract writes it.</param>
    public ContractOperation this[string key] => _byKey[key];

    public static Contract Of(string system) => Read[system].Value;
}
