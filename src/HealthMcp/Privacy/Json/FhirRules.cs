namespace HealthMcp.Privacy;

/// <summary>Class of every FHIR R4 element by datatype and element: Shapes/fhir-rules.txt.</summary>
internal sealed class FhirRules
{
    private readonly Dictionary<string, FieldClass> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (FieldClass Class, string? Reason)> _elements = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _targets = new(StringComparer.Ordinal);

    public FhirRules(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            var cut = line.IndexOf('#');
            var words = (cut < 0 ? line : line[..cut]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 0) continue;
            if (words[0] == "type") _types.Add(words[1], Class(words[2]));
            else if (words[1] == "->") _targets.Add(words[0], words[2]);
            else _elements.Add(words[0], (Class(words[1]), cut < 0 ? null : line[(cut + 1)..].Trim()));
        }
    }

    /// <summary>The field that one type of a row gives; null when nothing classes it.</summary>
    public Field? Classify(FhirRow row, string type, bool nested)
    {
        var name = row.Name.EndsWith("[x]", StringComparison.Ordinal) ? row.Name[..^3] + char.ToUpperInvariant(type[0]) + type[1..].Split(':')[0] : row.Name;
        var bare = type.Split(':')[0];
        if (nested) return Below(row.Path);
        if (_targets.TryGetValue(row.Path + ":" + bare, out var target)) return Below(target);
        if (_elements.TryGetValue(row.Path + ":" + bare, out var rule) || _elements.TryGetValue(row.Path, out rule)) return Leaf(rule.Class, rule.Reason);
        if (row.Name == "id" && bare is "string" or "System.String") return Leaf(FieldClass.Drop);
        if (!_types.TryGetValue(bare, out var kind)) return char.IsAsciiLetterUpper(bare[0]) ? Below(bare) : bare[0] == '#' ? Below(bare[1..]) : null;
        return kind == FieldClass.Text && _elements.TryGetValue("*." + row.Name, out rule) ? Leaf(rule.Class, rule.Reason) : Leaf(kind);

        Field Below(string shape) => new(name, "object", row.Many, FieldClass.Object, type.Contains(':') ? type[^1..] : null, "fhir/" + shape);
        Field Leaf(FieldClass kind, string? reason = null) => new(name, JsonType(bare), row.Many, kind, Argument(row, kind),
            kind == FieldClass.Extension ? "fhir/Extension" : null, reason);
    }

    private static string? Argument(FhirRow row, FieldClass kind) => kind == FieldClass.Id ? FhirTable.Prefix(row.Path.Split('.')[0]) : null;

    private static FieldClass Class(string word) => Enum.Parse<FieldClass>(word, ignoreCase: true);

    private static string JsonType(string type) => type switch
    {
        "boolean" => "boolean",
        "integer" or "positiveInt" or "unsignedInt" => "integer",
        "decimal" => "number",
        "Extension" or "Resource" => "object",
        _ => "string",
    };
}
