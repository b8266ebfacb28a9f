namespace HealthMcp.Privacy;

/// <summary>
/// Reads a table of shapes. Lines: <c>shape NAME</c>, <c>alias NAME OTHER</c>, <c>each WORD…</c> (the next shape once per word, in
/// place of *), and below a shape, indented by its depth, <c>include NAME</c> or <c>NAME[] TYPE CLASS [ARGUMENT] [# REASON]</c> or
/// <c>NAME[] object [-> SHAPE [PREFIX]]</c>.
/// </summary>
internal sealed class ShapeTable
{
    private readonly Dictionary<string, List<Field>> _shapes = new(StringComparer.Ordinal);
    private readonly Stack<(int Indent, string Shape)> _open = new();
    private string[] _each = [];
    private string[] _words = [""];

    public Dictionary<string, string> Aliases { get; } = new(StringComparer.Ordinal);

    public IEnumerable<string> Names => _shapes.Keys.Where(name => !name.Contains('/'));

    public static ShapeTable Read(string text)
    {
        var table = new ShapeTable();
        foreach (var line in text.Split('\n')) table.Line(line);
        return table;
    }

    public Shape? Find(string name) => _shapes.TryGetValue(name, out var fields) ? new Shape(name, fields) : null;

    private void Line(string line)
    {
        var cut = line.IndexOf('#');
        var reason = cut < 0 ? null : line[(cut + 1)..].Trim();
        var words = (cut < 0 ? line : line[..cut]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0) return;
        switch (words[0])
        {
            case "shape": Start(words[1]); break;
            case "alias": Aliases.Add(words[1], words[2]); break;
            case "each": _each = words[1..]; break;
            default: Row(line.Length - line.TrimStart().Length, words, reason); break;
        }
    }

    private void Start(string name)
    {
        _words = _each.Length > 0 ? _each : [""];
        _each = [];
        _open.Clear();
        _open.Push((0, name));
        foreach (var word in _words) _shapes.Add(Named(name, word), []);
    }

    private void Row(int indent, string[] words, string? reason)
    {
        while (_open.Peek().Indent >= indent) _open.Pop();
        var (_, parent) = _open.Peek();
        foreach (var word in _words)
        {
            var fields = _shapes[Named(parent, word)];
            if (words is ["include", var other]) fields.AddRange(_shapes[Named(other, word)].Select(field => field with { }));
            else fields.Add(Read(words, reason, Named(parent, word), word));
        }

        if (words is [_, "object"]) Nest(indent, parent + "/" + words[0].TrimEnd('[', ']'));
    }

    private void Nest(int indent, string name)
    {
        _open.Push((indent, name));
        foreach (var word in _words) _shapes.Add(Named(name, word), []);
    }

    private static Field Read(string[] words, string? reason, string parent, string word)
    {
        var many = words[0].EndsWith("[]", StringComparison.Ordinal);
        var name = many ? words[0][..^2] : words[0];
        return words switch
        {
            [_, "object"] => new Field(name, "object", many, FieldClass.Object, null, parent + "/" + name, reason),
            [_, "object", "->", var shape, .. var prefix] => new Field(name, "object", many, FieldClass.Object,
                prefix.FirstOrDefault(), Named(shape, word), reason),
            [_, var type, var kind, .. var rest] => new Field(name, type, many, Enum.Parse<FieldClass>(kind, ignoreCase: true),
                rest.FirstOrDefault(), null, reason),
            _ => throw new FormatException($"{parent}: a row needs a name, a type and a class"),
        };
    }

    private static string Named(string name, string word) => name.Replace("*", word, StringComparison.Ordinal);
}
