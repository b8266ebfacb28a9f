using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using HealthMcp.Privacy;

namespace HealthMcp.Benchmarks;

/// <summary>What is measured, once each: the copy from reader to writer, and redaction with the real scrubber or with none.</summary>
internal sealed class Runs(byte[] bundle)
{
    // The writer asks for room in blocks; without it, the last one would copy everything once more.
    private const int Slack = 64 * 1024;
    // As little escaping as redaction does: a longer output would be no copy.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly DateOnly Today = new(2026, 11, 21);
    private static readonly ShapeCatalog Shapes = ShapeCatalog.Load();
    private readonly Redactor _redactor = new(Shapes, new Scrubber());
    private readonly Redactor _structure = new(Shapes, new Scrubber([]));

    public int Copy()
    {
        var output = new ArrayBufferWriter<byte>(bundle.Length + Slack);
        using var json = new Utf8JsonWriter(output, Writing);
        var reader = new Utf8JsonReader(bundle);
        while (reader.Read()) Token(ref reader, json);
        json.Flush();
        return output.WrittenCount;
    }

    public int Redact() => Redact(_redactor);

    /// <summary>The same with no rules for free text: what the structured part costs.</summary>
    public int RedactStructure() => Redact(_structure);

    private int Redact(Redactor redactor)
    {
        var session = new RedactionSession(PrivacyLevel.Deidentified, (_, kind, value) => $"{kind}_{value}", Today);
        using var draft = redactor.Begin(bundle, "fhir.resource", session);
        return draft.ToArray().Length;
    }

    private static void Token(ref Utf8JsonReader reader, Utf8JsonWriter json)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject: json.WriteStartObject(); break;
            case JsonTokenType.EndObject: json.WriteEndObject(); break;
            case JsonTokenType.StartArray: json.WriteStartArray(); break;
            case JsonTokenType.EndArray: json.WriteEndArray(); break;
            case JsonTokenType.PropertyName: json.WritePropertyName(reader.ValueSpan); break;
            case JsonTokenType.String when reader.ValueIsEscaped: json.WriteStringValue(reader.GetString()); break;
            case JsonTokenType.String: json.WriteStringValue(reader.ValueSpan); break;
            default: json.WriteRawValue(reader.ValueSpan); break;
        }
    }
}
