using System.Text.RegularExpressions;

namespace HealthMcp.Tests.HouseRules;

/// <summary>
/// Finds who knows whom by reading the source: full names (<c>using HealthMcp.X</c>, <c>HealthMcp.X.Y</c>), names that the enclosing
/// namespace shortens (<c>X.Y</c>), types at the root, and aliases that the project file gives to every file.
/// </summary>
internal sealed partial class DependencyChecker
{
    private const string Server = "src/HealthMcp/";
    private const string SandboxFolder = "src/HealthMcp.Sandbox/";
    private readonly IReadOnlyList<(SourceFile File, string Unit)> _files;
    private readonly IReadOnlyList<(Regex Pattern, string Unit)> _shortNames;

    public DependencyChecker(IEnumerable<SourceFile> files, IReadOnlyDictionary<string, string> aliases)
    {
        _files = [.. files.Select(f => (f, UnitOf(f.Path)))];
        _shortNames = [
            .. _files.GroupBy(f => f.Unit, StringComparer.Ordinal).SelectMany(ShortNames),
            .. aliases.Select(a => (InTypePosition(a.Key), UnitOfName(a.Value))),
        ];
    }

    public IReadOnlyList<string> Violations() => [.. _files.SelectMany(f => Check(f.File, f.Unit)).Distinct(StringComparer.Ordinal)];

    private static string UnitOf(string path)
    {
        if (path.StartsWith(SandboxFolder, StringComparison.Ordinal)) return DependencyTable.Sandbox;
        var parts = path[Server.Length..].Split('/');
        return parts switch
        {
            [var file] => file[..^".cs".Length],
            ["Upstreams", var system, _, ..] => $"Upstreams/{system}",
            [var folder, ..] => folder,
            [] => "",
        };
    }

    /// <param name="name">A name below <c>HealthMcp.</c></param>
    private static string UnitOfName(string name) => name.Split('.') is ["Upstreams", var system, ..] ? $"Upstreams/{system}" : name.Split('.')[0];

    private IEnumerable<string> Check(SourceFile file, string unit)
    {
        if (!DependencyTable.Knows(unit)) return [$"{file.Path}: {unit} has no row in the dependency table"];
        return FullNames(file).Concat(Shortened(file))
            .Where(m => !DependencyTable.Allows(unit, m.Unit))
            .Select(m => $"{file.Path}:{file.LineOf(m.Index)} {unit} may not know {m.Unit}")
            .Concat(GlobalUsing().IsMatch(file.Code) ? [$"{file.Path}: a global using hides who knows whom"] : [])
            .Concat(Misplaced(file, unit));
    }

    private static IEnumerable<(string Unit, int Index)> FullNames(SourceFile file) =>
        FullName().Matches(file.Code).Select(m => (UnitOfName(Spaces().Replace(m.Groups["name"].Value, "")), m.Index));

    private IEnumerable<(string Unit, int Index)> Shortened(SourceFile file) =>
        _shortNames.SelectMany(s => s.Pattern.Matches(file.Code).Select(m => (s.Unit, m.Index)));

    // A file in one folder with the namespace of another would know its neighbours without a word.
    private static IEnumerable<string> Misplaced(SourceFile file, string unit)
    {
        var wanted = unit switch
        {
            DependencyTable.Sandbox => "HealthMcp.Sandbox",
            _ when file.Path.LastIndexOf('/') < Server.Length => "HealthMcp",
            _ => $"HealthMcp.{unit.Replace('/', '.')}",
        };
        var given = NamespaceName().Match(file.Code);
        if (!given.Success) return unit == "Program" ? [] : [$"{file.Path}: declares no namespace"];
        var name = given.Groups["name"].Value;
        return name == wanted || name.StartsWith($"{wanted}.", StringComparison.Ordinal) ? [] : [$"{file.Path}: its folder wants namespace {wanted}"];
    }

    private static IEnumerable<(Regex Pattern, string Unit)> ShortNames(IGrouping<string, (SourceFile File, string Unit)> unit)
    {
        var types = unit.SelectMany(f => f.File.Types).Select(t => t.Name).Distinct(StringComparer.Ordinal).ToList();
        if (types.Count == 0) return [];
        if (unit.All(f => f.File.Path.LastIndexOf('/') < Server.Length)) return types.Select(t => (InTypePosition(t), unit.Key));
        var prefix = unit.Key.StartsWith("Upstreams/", StringComparison.Ordinal) ? $@"(Upstreams\s*\.\s*)?{unit.Key["Upstreams/".Length..]}" : unit.Key;
        return [(new Regex($@"(?<![\w.]){prefix}\s*\.\s*(\w+\s*\.\s*)?({string.Join('|', types)})\b", RegexOptions.ExplicitCapture), unit.Key)];
    }

    // A bare word may be a property that has the type's name; what stands around it tells them apart.
    private static Regex InTypePosition(string type) =>
        new($@"(?<=\bnew\s+|<|\btypeof\(){type}\b|(?<![\w.]){type}(?=\s*(\.\s*[A-Z]|\?|\[\]|>)|\s+[a-z_]\w*\s*[;,)=({{])", RegexOptions.ExplicitCapture);

    [GeneratedRegex(@"(?<![\w.])HealthMcp\s*\.\s*(?<name>\w+(\s*\.\s*\w+)*)", RegexOptions.ExplicitCapture)]
    private static partial Regex FullName();

    [GeneratedRegex(@"\bnamespace\s+(?<name>[\w.]+)")]
    private static partial Regex NamespaceName();

    [GeneratedRegex(@"\bglobal\s+using\b")]
    private static partial Regex GlobalUsing();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
