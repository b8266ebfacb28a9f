using System.Text.Json.Nodes;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.PhenoML.Writing;

/// <summary>One kind of record that PhenoML keeps: its operations, and how it is called.</summary>
/// <param name="Word">As sentences call it, e.g. agent.</param>
/// <param name="Argument">The argument, and at once the column, that takes its id.</param>
/// <param name="Shape">Privacy shape of one record.</param>
internal sealed record RecordKind(string Word, string Argument, string Shape)
{
    public required Endpoint Get { get; init; }

    public required Endpoint Create { get; init; }

    public required Endpoint Put { get; init; }

    public required Endpoint Delete { get; init; }

    /// <summary>Takes single fields; null where the contract has no such operation.</summary>
    public Endpoint? Patch { get; init; }

    /// <summary>Name of the id in the paths.</summary>
    public string Route { get; init; } = "id";

    /// <summary>Property of an answer that holds the record.</summary>
    public string Member { get; init; } = "data";

    /// <summary>Tool that lists them.</summary>
    public required string List { get; init; }

    /// <summary>Fields that a new one needs.</summary>
    public required IReadOnlyList<string> Needed { get; init; }

    /// <summary>The field of a record that a field of a request becomes; the same name where it is not here.</summary>
    public Func<string, JsonObject, JsonNode?> Stored { get; init; } = (name, record) => record[name];

    public Refusals Refusals => new($"PhenoML has no such {Word} (404): call {List} and use a handle from the answer.", Argument);

    public string FindOut => $"call {List} and look before anything is sent again";
}
