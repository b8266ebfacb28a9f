namespace HealthMcp.Tests.HouseRules;

/// <summary>The files of the working copy that the tests run from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    private static readonly string[] Generated = ["bin", "obj", "artifacts", "node_modules", "TestResults", "BenchmarkDotNet.Artifacts"];
    private static readonly string[] DotFolders = [".ci", ".github"];
    private static readonly Lazy<IReadOnlyList<SourceFile>> EveryFile =
        new(() => [.. Below(Root).Select(Load).OfType<SourceFile>().OrderBy(f => f.Path, StringComparer.Ordinal)]);

    /// <summary>Every text file that people write; build output and what tools keep for themselves are left out.</summary>
    public static IReadOnlyList<SourceFile> Files => EveryFile.Value;

    public static IReadOnlyList<SourceFile> CSharp(string below) =>
        [.. Files.Where(f => f.Path.StartsWith(below, StringComparison.Ordinal) && f.Path.EndsWith(".cs", StringComparison.Ordinal))];

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "HealthMcp.sln"))) return folder.FullName;
        }

        throw new InvalidOperationException("HealthMcp.sln is in no folder above the tests");
    }

    private static IEnumerable<string> Below(string folder)
    {
        var inner = Directory.EnumerateDirectories(folder).Where(Wanted).SelectMany(Below);
        return Directory.EnumerateFiles(folder).Concat(inner);
    }

    private static bool Wanted(string folder)
    {
        var name = Path.GetFileName(folder);
        return name.StartsWith('.') ? DotFolders.Contains(name, StringComparer.Ordinal) : !Generated.Contains(name, StringComparer.Ordinal);
    }

    private static SourceFile? Load(string file)
    {
        // In a linked worktree .git is a file that holds a path of the machine.
        if (Path.GetFileName(file) == ".git") return null;
        var text = File.ReadAllText(file);
        return text.Contains('\0', StringComparison.Ordinal) ? null : new SourceFile(Path.GetRelativePath(Root, file).Replace('\\', '/'), text);
    }
}
