using System.Text;
using System.Text.Json;
using HealthMcp.Privacy;

namespace HealthMcp.Tests.Privacy;

/// <summary>One redaction for a test: reads, writes, and keeps what came out beside the session.</summary>
internal sealed class Redaction
{
    public static readonly DateOnly Today = new(2026, 11, 21);
    private static readonly ShapeCatalog Shapes = ShapeCatalog.Load();
    private static readonly Redactor Redactor = new(Shapes, new Scrubber());

    private Redaction(byte[] json, string shape, PrivacyLevel level, string? echo, Redactor? redactor = null)
    {
        Session = NewSession(level, echo);
        using var draft = (redactor ?? Redactor).Begin(json, shape, Session);
        Json = Encoding.UTF8.GetString(draft.ToArray());
    }

    public RedactionSession Session { get; }

    public string Json { get; }

    public JsonElement Root => JsonDocument.Parse(Json).RootElement;

    public static ShapeCatalog Catalog => Shapes;

    public static Redaction Of(string json, string shape, PrivacyLevel level = PrivacyLevel.Deidentified, string? echo = null) =>
        new(Encoding.UTF8.GetBytes(json), shape, level, echo);

    public static Redaction Of(byte[] json, string shape, PrivacyLevel level = PrivacyLevel.Deidentified) => new(json, shape, level, null);

    /// <summary>By another redactor than the program's, where one rule is shown to matter by leaving it out.</summary>
    public static Redaction Of(Redactor redactor, string json, string shape, PrivacyLevel level) =>
        new(Encoding.UTF8.GetBytes(json), shape, level, null, redactor);

    public static RedactionSession NewSession(PrivacyLevel level = PrivacyLevel.Deidentified, string? echo = null) =>
        new(level, (_, kind, value) => $"{kind}_{Math.Abs(Hash(value)):x8}", Today, echo);

    public static string Scrub(string text, PrivacyLevel level = PrivacyLevel.Deidentified) => Redactor.ScrubText(text, NewSession(level));

    public static IEnumerable<string> Fixture(string name)
    {
        using var reader = new StreamReader(typeof(Redaction).Assembly.GetManifestResourceStream("privacy/" + name)!);
        return reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#').ToList();
    }

    private static int Hash(string value) => value.Aggregate(17, (hash, c) => unchecked((hash * 31) + c));
}
