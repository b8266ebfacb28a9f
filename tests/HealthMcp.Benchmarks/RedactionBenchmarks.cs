using System.Buffers;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using HealthMcp.Privacy;

namespace HealthMcp.Benchmarks;

/// <summary>Redacting a FHIR Bundle against its physical limit in the same run: copying it from reader to writer.</summary>
[MemoryDiagnoser]
public class RedactionBenchmarks
{
    private const string Entry = """
        {"resource":{"resourceType":"Observation","id":"o{0}","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory","display":"Laboratory"}]}],
        "code":{"coding":[{"system":"http://loinc.org","code":"4548-4","display":"Hemoglobin A1c/Hemoglobin.total in Blood"}],"text":"HbA1c"},"subject":{"reference":"Patient/p1","display":"Marissa Jones"},
        "effectiveDateTime":"2024-03-05T08:30:00Z","valueQuantity":{"value":6.5,"unit":"%","system":"http://unitsofmeasure.org","code":"%"},"note":[{"text":"Called Marissa Jones at 555-0142 on 3/5/2024 about the result."}]}}
        """;

    private readonly Redactor _redactor = new(ShapeCatalog.Load(), new Scrubber());
    private byte[] _bundle = [];

    [Params(500)]
    public int Resources { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var entries = Enumerable.Range(0, Resources).Select(i => Entry.Replace("{0}", $"{i}", StringComparison.Ordinal));
        _bundle = Encoding.UTF8.GetBytes($$"""{"resourceType":"Bundle","type":"searchset","entry":[{{string.Join(',', entries)}}]}""");
    }

    [Benchmark(Baseline = true)]
    public int Copy()
    {
        var output = new ArrayBufferWriter<byte>(_bundle.Length);
        using var json = new Utf8JsonWriter(output);
        var reader = new Utf8JsonReader(_bundle);
        while (reader.Read()) Token(ref reader, json);
        json.Flush();
        return output.WrittenCount;
    }

    [Benchmark]
    public int Redact()
    {
        var output = new ArrayBufferWriter<byte>(_bundle.Length);
        using var json = new Utf8JsonWriter(output);
        var session = new RedactionSession(PrivacyLevel.Deidentified, (_, kind, value) => $"{kind}_{value}", new DateOnly(2026, 11, 21));
        _redactor.Learn(_bundle, "fhir.resource", session);
        _redactor.Redact(_bundle, "fhir.resource", session, json);
        json.Flush();
        return output.WrittenCount;
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
            case JsonTokenType.String: json.WriteStringValue(reader.ValueSpan); break;
            default: json.WriteRawValue(reader.ValueSpan); break;
        }
    }
}
