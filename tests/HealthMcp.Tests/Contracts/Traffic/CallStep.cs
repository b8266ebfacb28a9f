using System.Text.Json;
using System.Text.RegularExpressions;

namespace HealthMcp.Tests.Contracts.Traffic;

/// <summary>One call of a script.</summary>
/// <param name="Tool">Name of the tool.</param>
/// <param name="Arguments">JSON; <c>&lt;name&gt;</c> stands for what an earlier step kept under that name.</param>
internal sealed partial record CallStep(string Tool, string Arguments)
{
    /// <summary>What to keep of the answer: a name, and a path in <c>structuredContent</c> such as <c>data.0.id</c>.</summary>
    public (string Name, string Path)[] Keep { get; init; } = [];

    /// <summary>Code of the refusal that this step is there for; null when it must succeed.</summary>
    public string? Fails { get; init; }

    /// <summary>The client asks for progress, so that an answer that can come piece by piece does.</summary>
    public bool Listens { get; init; }

    /// <summary>Operation whose next answer is lost on the way, after it was carried out; null when all goes well.</summary>
    public string? LosesAnswerOf { get; init; }

    public string Fill(IReadOnlyDictionary<string, string> kept) => Placeholder().Replace(Arguments, match => kept[match.Groups[1].Value]);

    /// <summary>A record id that stands for what no step kept.</summary>
    public const string Unknown = "7d0c2a50-3f7e-4b19-9d57-6a1f0c3e8b21";

    /// <summary>As <see cref="Fill"/>, where an earlier step may have been refused.</summary>
    public string FillKnown(IReadOnlyDictionary<string, string> kept) =>
        Placeholder().Replace(Arguments, match => kept.GetValueOrDefault(match.Groups[1].Value, Unknown));

    /// <summary>As <see cref="Remember"/>, where the level may have withheld it.</summary>
    public void RememberShown(JsonElement content, Dictionary<string, string> kept)
    {
        foreach (var (name, path) in Keep)
        {
            if (Shown(content, path) is { } value) kept[name] = value;
        }
    }

    private static string? Shown(JsonElement at, string path)
    {
        foreach (var part in path.Split('.'))
        {
            var isPlace = int.TryParse(part, out var index);
            if (isPlace ? at.ValueKind != JsonValueKind.Array || at.GetArrayLength() <= index
                : at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(part, out _)) return null;
            at = isPlace ? at[index] : at.GetProperty(part);
        }

        return at.ToString();
    }

    public void Remember(JsonElement content, Dictionary<string, string> kept)
    {
        foreach (var (name, path) in Keep)
        {
            var at = content;
            foreach (var part in path.Split('.')) at = int.TryParse(part, out var index) ? at[index] : at.GetProperty(part);
            kept[name] = at.ToString();
        }
    }

    [GeneratedRegex("<([a-z_A-Z0-9]+)>")]
    private static partial Regex Placeholder();
}
