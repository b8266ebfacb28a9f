using System.Text.Json;
using System.Text.RegularExpressions;

namespace HealthMcp.Upstreams.DrCloud.Reading;

/// <summary>The Binary resources whose addresses stand in a resource's attachments. Only their ids are used: no address is followed.</summary>
internal static partial class AttachedFiles
{
    public const int Most = 5;

    /// <summary>Ids, each once, in the order of the resource.</summary>
    public static IReadOnlyList<string> Of(ReadOnlyMemory<byte> resource)
    {
        using var json = JsonDocument.Parse(resource);
        return [.. Addresses(json.RootElement).Select(address => Binary().Match(address)).Where(match => match.Success)
            .Select(match => match.Groups["id"].Value).Distinct(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Addresses(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member =>
            member.Name == "url" && member.Value.ValueKind == JsonValueKind.String ? [member.Value.GetString()!] : Addresses(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Addresses),
        _ => [],
    };

    [GeneratedRegex(@"(\A|/)Binary/(?<id>[A-Za-z0-9\-][A-Za-z0-9\-.]{0,63})(/_history/[A-Za-z0-9\-.]+)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Binary();
}
