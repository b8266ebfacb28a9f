using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace HealthMcp.FhirR4.Summaries;

/// <summary>What takes the place of a resource: its type and id, its line, and whose it is.</summary>
internal sealed record Summary(string Type, string? Id, string Text, string? Patient)
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public (string, string, string?) Alike => (Type, Text, Patient);

    public static Summary Of(JsonElement resource, Labels labels)
    {
        var about = Json.At(resource, "subject") ?? Json.At(resource, "patient") ?? Json.At(resource, "beneficiary");
        return new Summary(
            Json.Text(resource, "resourceType") ?? "Resource",
            Json.Text(resource, "id"),
            new Line(resource, labels).ToString(),
            about is { } reference ? Json.Text(reference, "reference") : null);
    }

    /// <param name="also">Ids of the others whose line is the same.</param>
    /// <param name="count">How many there are, this one included.</param>
    public ReadOnlyMemory<byte> Write(IReadOnlyList<string> also, int count)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Writing))
        {
            json.WriteStartObject();
            json.WriteString("resourceType", Type);
            if (Id is not null) json.WriteString("id", Id);
            json.WriteString("summary", Text);
            if (Patient is not null) json.WriteString("patient", Patient);
            if (count > 1)
            {
                json.WriteNumber("count", count);
                json.WriteStartArray("also");
                foreach (var id in also) json.WriteStringValue(id);
                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
