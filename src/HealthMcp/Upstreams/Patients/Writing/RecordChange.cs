using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.Patients.Writing;

/// <summary>An update of the version of a record that was seen. The version makes a repeat recognisable, and a change in between visible.</summary>
/// <param name="Place">Where the record is found.</param>
/// <param name="Update">Changes it.</param>
/// <param name="Patient">Id of the patient whose record it is part of; null for what belongs to the practice.</param>
/// <param name="Id">Id of the record.</param>
/// <param name="Seen">The record as it was fetched for the preview.</param>
/// <param name="Fields">Fields to change, as the contract names them; all others stay.</param>
internal sealed record RecordChange(RecordPlace Place, Endpoint Update, string? Patient, string Id, ReadOnlyMemory<byte> Seen, JsonObject Fields)
{
    /// <summary>What the stored record itself says that a caller must hear, most urgent first.</summary>
    public Func<ReadOnlyMemory<byte>, IReadOnlyList<string>> Notices { get; init; } = _ => [];

    /// <summary>Names of what the change refers to, by id, for the preview.</summary>
    public IReadOnlyDictionary<string, string> Names { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="CallFailureException">The record has no version.</exception>
    public long Version => VersionOf(Seen);

    public IReadOnlyList<string> Changed => [.. Fields.Select(one => one.Key)];

    public byte[] Body()
    {
        var body = (JsonObject)Fields.DeepClone();
        body["base_version"] = Version;
        return body.Bytes();
    }

    /// <summary>The request of a step that takes the version and nothing else.</summary>
    public byte[] VersionBody() => new JsonObject { ["base_version"] = Version }.Bytes();

    public static long VersionOf(ReadOnlyMemory<byte> row)
    {
        using var json = JsonDocument.Parse(row);
        return json.RootElement.TryGetProperty("version", out var version) && version.TryGetInt64(out var number) ? number : throw UpstreamFailures.NotJson();
    }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(RecordChange);
}
