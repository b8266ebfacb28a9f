using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace HealthMcp.Cli;

/// <summary>JSON for people at a terminal and for files that they edit: indented, with letters as they are.</summary>
internal static class IndentedJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options)) write(json);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }
}
