using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML.Terminology;

internal sealed record StoredCode(string Code, string Description, string? Definition)
{
    public JsonObject Row(bool defined) =>
        new JsonObject { ["code"] = Code, ["description"] = Description }.Maybe("definition", defined ? Definition : null);
}

/// <summary>A code system, built in or uploaded.</summary>
internal sealed record StoredSystem(string Name, string Version, bool Builtin, IReadOnlyList<StoredCode> Codes, DateTimeOffset Created)
{
    private const string IcdDiagnoses = "ICD-10-CM";
    private int _looks;

    public DateTimeOffset Updated { get; init; } = Created;

    /// <summary>Phrases by which a text names its codes. Of an uploaded system nothing is known but the descriptions.</summary>
    public IReadOnlyList<LexiconEntry> Phrases => Builtin
        ? [.. Lexicon.Of(Name)]
        : [.. Codes.Select(code => new LexiconEntry(Name, code.Code, code.Description, [code.Description], "", "", "", ""))];

    public int MaxCodes => Lexicon.Systems.TryGetValue(Name, out var known) ? known.MaxCodes : 5;

    /// <summary>Uploaded ones are ready from the second look on: work that takes time, the same at every run.</summary>
    public bool IsReady => Builtin || Volatile.Read(ref _looks) > 1;

    public JsonObject Reference => new() { ["name"] = Name, ["version"] = Version };

    public JsonObject Summary => new() { ["name"] = Name, ["version"] = Version, ["code_count"] = Codes.Count, ["builtin"] = Builtin };

    public JsonObject Look()
    {
        Interlocked.Increment(ref _looks);
        var detail = Summary;
        detail["status"] = IsReady ? "ready" : "processing";
        detail["created_at"] = Json.Stamp(Created);
        detail["updated_at"] = Json.Stamp(Updated);
        return detail;
    }

    /// <summary>ICD-10-CM is stored without the dot, as the contract says.</summary>
    public string Stored(string code) => Name == IcdDiagnoses ? code.Replace(".", "", StringComparison.Ordinal) : code;

    public JsonObject StoredRow(StoredCode code) => (code with { Code = Stored(code.Code) }).Row(defined: true);
}
