using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HealthMcp.Upstreams.Patients;

/// <summary>Reads fields of an answer leniently: absent, null and of another type are all "not there".</summary>
internal static class JsonFields
{
    public static string? Text(this JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static bool IsTrue(this JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    /// <summary>The object as it goes into a request.</summary>
    public static byte[] Bytes(this JsonObject of) => Encoding.UTF8.GetBytes(of.ToJsonString());

    /// <summary>The API takes decimals as numbers and answers them as strings.</summary>
    public static decimal? Number(this JsonElement of, string name)
    {
        if (of.ValueKind != JsonValueKind.Object || !of.TryGetProperty(name, out var value)) return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number)) return number;
        return decimal.TryParse(of.Text(name), NumberStyles.Number, CultureInfo.InvariantCulture, out var written) ? written : null;
    }
}
