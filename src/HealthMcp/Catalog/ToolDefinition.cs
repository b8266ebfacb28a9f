using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace HealthMcp.Catalog;

/// <summary>MCP tool annotations. All four are always written out: a client's default must never decide what a tool may do.</summary>
internal sealed record ToolHints(bool ReadOnly, bool Destructive, bool Idempotent, bool OpenWorld);

/// <summary>All that is known of a tool before it is called; what tools/list, the manifest and the README are made from.</summary>
internal sealed record ToolDefinition
{
    public required string Name { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    /// <summary>Toolset (system) that the tool is switched on with.</summary>
    public required string Toolset { get; init; }

    /// <summary>Listed whatever the toolsets.</summary>
    public bool Core { get; init; }

    /// <summary>Scopes that every call needs, all of them.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Further scopes that depend on the arguments, such as the SMART scope of a FHIR type. Sees raw arguments: must not throw.</summary>
    public Func<JsonElement, IEnumerable<string>> ScopesOf { get; init; } = _ => [];

    /// <summary>How <see cref="ScopesOf"/> reads in the manifest, by argument.</summary>
    public IReadOnlyDictionary<string, string> ScopesByArgument { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public required ToolHints Hints { get; init; }

    /// <summary>Every endpoint the tool may call. The upstream client refuses others.</summary>
    public required IReadOnlyList<Endpoint> Endpoints { get; init; }

    /// <summary>It may change something at its system, so it answers the plan of a write, which the write gate lets through or not.</summary>
    public bool ChangesState => Endpoints.Any(endpoint => endpoint.ChangesState);

    /// <summary>
    /// Why what the tool writes does not say that an AI wrote it; a clause without a full stop. Null where it does, or where the tool writes nothing.
    /// </summary>
    public string? NotSigned { get; init; }

    /// <summary>It puts a private file on this server's machine.</summary>
    public bool KeepsFile { get; init; }

    /// <summary>What a call may do: the effects of its endpoints, in the words of <see cref="Effect"/>, and <c>file</c>.</summary>
    public IReadOnlyList<string> Effects =>
    [
        .. Endpoints.Select(endpoint => endpoint.Effect).Distinct().Order().Select(effect => effect.ToString().ToLowerInvariant()),
        .. KeepsFile ? ["file"] : Array.Empty<string>(),
    ];

    /// <summary>
    /// Reads a person's own record. Where nothing is known of a person whom the call names by a handle, it is read before the method runs, so that the names
    /// in the texts of the answer are known. Null where the answer has no texts of a chart, or the method reads the record itself.
    /// </summary>
    public Endpoint? PersonRecord { get; init; }

    public required JsonTypeInfo Input { get; init; }

    /// <summary>JSON Schema of <c>data</c> in the answer.</summary>
    public required string DataSchema { get; init; }
}
