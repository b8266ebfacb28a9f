using System.Globalization;
using HealthMcp.Tests.Proofs.Attack;
using HealthMcp.Tests.Proofs.Notes;
using HealthMcp.Tests.Proofs.Structure;
using HealthMcp.Tests.Proofs.Survival;
using HealthMcp.Tests.Upstreams.DrCloud.Oracle;

// Proofs that take longer than a test should, or that run over data of one's own.
return args switch
{
    ["survival", var folder] => SurvivalOfFolder(folder),
    ["structure", var folder] => StructureOfFolder(folder),
    ["notes", var file] => Notes(file, pieces: false),
    ["notes", var file, "rest"] => Notes(file, pieces: true),
    ["records", var file] => Records(file),
    ["oracle", var address] => await OracleAsync(new Uri(address)),
    ["attack", var calls] => await AttackAsync(int.Parse(calls, CultureInfo.InvariantCulture), ""),
    ["attack", var calls, var name] => await AttackAsync(int.Parse(calls, CultureInfo.InvariantCulture), name),
    _ => Usage(),
};

static int SurvivalOfFolder(string folder)
{
    var report = new SurvivalReport();
    foreach (var file in Files(folder)) report.Check(File.ReadAllText(file), Path.GetFileName(file));
    report.Print(Console.Out);
    return report.Unexplained.Count == 0 && report.Resources > 0 ? 0 : 1;
}

static int StructureOfFolder(string folder)
{
    var report = new StructureReport();
    foreach (var file in Files(folder)) report.Check(File.ReadAllText(file), Path.GetFileName(file));
    report.Print(Console.Out);
    return report.Findings.Count == 0 && report.Resources > 0 ? 0 : 1;
}

static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

static int Notes(string file, bool pieces)
{
    new NotesReport([.. File.ReadLines(file).Where(line => line.Length > 0).Select(AnnotatedNote.Parse)]).Print(Console.Out, pieces);
    return 0;
}

static int Records(string file)
{
    File.WriteAllLines(file, OracleWorld.Lines());
    return 0;
}

static async Task<int> OracleAsync(Uri server)
{
    var report = await ForeignServer.AskAsync(server);
    report.Print(Console.Out);
    return report.Wrong.Count == 0 && report.Right > 0 ? 0 : 1;
}

static async Task<int> AttackAsync(int calls, string name)
{
    var learned = await Attempts.RunAsync(calls, one => one.Name.Contains(name, StringComparison.Ordinal), () => Task.Delay(TimeSpan.FromSeconds(5)));
    Attempts.Print(learned, Console.Out);
    return learned.Any(one => one.Narrows) ? 1 : 0;
}

static int Usage()
{
    Console.Error.WriteLine("survival FOLDER    what of the clinical content of a folder of FHIR R4 JSON survives redaction at the default level");
    Console.Error.WriteLine("structure FOLDER   what in a folder of FHIR R4 JSON the structural check finds wrong");
    Console.Error.WriteLine("notes FILE [rest]    what of the marks of a set of notes goes, and what else goes; with rest, the pieces that seem lost without need. "
        + "FILE has one JSON object to a line, with text and spans (type, start, end). Sets leave dates and more unmarked: read the figures for recall.");
    Console.Error.WriteLine("records FILE       the generated records of the search oracle, for a FHIR server of one's own");
    Console.Error.WriteLine("oracle ADDRESS     what drcloud_fhir_search answers right, refuses or gets wrong on a FHIR server that has those records");
    Console.Error.WriteLine("attack CALLS [NAME] what so many calls of each strategy learn of a sandbox patient beyond what the default level tells");
    return 2;
}
