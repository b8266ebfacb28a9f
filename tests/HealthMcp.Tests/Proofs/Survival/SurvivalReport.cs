using System.Globalization;
using System.Text.Json;
using HealthMcp.Tests.Privacy;

namespace HealthMcp.Tests.Proofs.Survival;

/// <summary>What of the clinical content of some resources survived redaction at the default level, and by which rule the rest went.</summary>
internal sealed class SurvivalReport
{
    private readonly SortedDictionary<string, (int Kept, int Gone)> _kinds = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _rules = new(StringComparer.Ordinal);
    private readonly List<string> _unexplained = [];

    public int Resources { get; private set; }

    public int Facts => _kinds.Values.Sum(kind => kind.Kept + kind.Gone);

    public int Gone => _kinds.Values.Sum(kind => kind.Gone);

    /// <summary>What went although no rule lets it go: where it stood, without its value.</summary>
    public IReadOnlyList<string> Unexplained => _unexplained;

    public IReadOnlyDictionary<string, int> Rules => _rules;

    public int Kept(string kind) => _kinds.GetValueOrDefault(kind).Kept;

    public void Check(string json, string name)
    {
        using var before = JsonDocument.Parse(json);
        using var after = JsonDocument.Parse(Redaction.Of(json, "fhir.resource").Json);
        Compare(before.RootElement, after.RootElement, name);
    }

    public void Compare(JsonElement before, JsonElement after, string name)
    {
        Resources++;
        var left = ClinicalFacts.Of(after).GroupBy(Key).ToDictionary(group => group.Key, group => group.Count());
        foreach (var fact in ClinicalFacts.Of(before))
        {
            var survived = left.GetValueOrDefault(Key(fact)) > 0;
            if (survived) left[Key(fact)]--;
            var (kept, gone) = _kinds.GetValueOrDefault(fact.Kind);
            _kinds[fact.Kind] = survived ? (kept + 1, gone) : (kept, gone + 1);
            if (survived) continue;
            if (fact.MayGo is { } rule) _rules[rule] = _rules.GetValueOrDefault(rule) + 1;
            else _unexplained.Add($"{name}: {fact.Path} ({fact.Kind})");
        }
    }

    public void Print(TextWriter output)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Resources} resources, {Facts} clinical facts"));
        foreach (var (kind, (kept, gone)) in _kinds) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {kind,-22} {kept,7} kept {gone,6} gone"));
        foreach (var (rule, count) in _rules) output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {count,6} gone by {rule}"));
        foreach (var line in _unexplained) output.WriteLine($"  NO RULE {line}");
    }

    private static (string Path, string Kind, string Raw) Key(ClinicalFact fact) => (fact.Path, fact.Kind, fact.Raw);
}
