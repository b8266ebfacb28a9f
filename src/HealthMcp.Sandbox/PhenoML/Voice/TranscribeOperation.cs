using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML.Voice;

/// <summary>Speech to text. The sandbox cannot hear: every recording that it accepts says the same.</summary>
internal static class TranscribeOperation
{
    public const string Transcript =
        "Sandbox engine, made-up dictation. The patient reports a dry cough for three days and has type 2 diabetes. Blood pressure is 128 over 82.";

    private const int MostBytes = 10 * 1024 * 1024;
    private const int MostLanguages = 4;

    public static Answer Transcribe(Exchange exchange) => exchange.Body switch
    {
        [] => PhenoMlSystem.BadRequest("empty body"),
        { Length: > MostBytes } => PhenoMlSystem.Refused(413, "Audio exceeds the maximum size"),
        _ when exchange.Query.All("language").Count() > MostLanguages => PhenoMlSystem.BadRequest("too many languages"),
        _ when !IsAudio(exchange.Body) => PhenoMlSystem.BadRequest("unsupported audio format"),
        _ => Answer.Json(new JsonObject { ["transcript"] = Transcript }),
    };

    private static bool IsAudio(ReadOnlySpan<byte> body) =>
        (body.StartsWith("RIFF"u8) && body.Length > 12 && body[8..].StartsWith("WAVE"u8))
        || body.StartsWith("fLaC"u8) || body.StartsWith("ID3"u8) || body.StartsWith("OggS"u8)
        || (body.Length > 1 && body[0] == 0xFF && (body[1] & 0xE0) == 0xE0)
        || body.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]);
}
