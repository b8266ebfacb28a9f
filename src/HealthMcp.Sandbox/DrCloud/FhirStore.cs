using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using HealthMcp.Sandbox.DrCloud.Records;
using HealthMcp.Sandbox.DrCloud.Searching;
using HealthMcp.Sandbox.DrCloud.Synthetic;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.DrCloud;

/// <summary>All resources of the EHR. Built once for the process; what is written goes into a branch of one server.</summary>
internal sealed class FhirStore
{
    private static readonly Dictionary<string, Func<Care, ChartLine, IEnumerable<JsonObject>>> Builders = new(StringComparer.Ordinal)
    {
        ["condition"] = One(Clinical.Condition),
        ["medication"] = Clinical.Medication,
        ["allergy"] = One(Clinical.Allergy),
        ["procedure"] = One(Clinical.Procedure),
        ["immunization"] = One(Clinical.Immunization), ["device"] = One(Clinical.Device), ["lab"] = One(Results.Lab), ["vital"] = Results.Vital,
        ["social_history"] = One(Results.SocialHistory),
        ["survey"] = One(Results.Survey),
        ["imaging"] = One(Results.Imaging),
        ["biomarker"] = One(Results.Biomarker),
        ["encounter"] = One(Planning.Encounter), ["note"] = One(Planning.Note), ["coverage"] = One(Planning.Coverage), ["goal"] = One(Planning.Goal),
        ["careplan"] = Planning.Plan, ["appointment"] = One(Planning.Appointment),
    };

    private static readonly ConcurrentDictionary<int, Lazy<FhirStore>> Stores = new();

    private readonly Dictionary<string, List<JsonObject>> _byType;
    private readonly Dictionary<string, JsonObject> _byReference;
    private readonly ConcurrentDictionary<string, ILookup<string, JsonObject>> _byPatient = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, IReadOnlyList<JsonObject>> _written = new(StringComparer.Ordinal);

    private FhirStore(FhirStore shared) => (_byType, _byReference, _byPatient) = (shared._byType, shared._byReference, shared._byPatient);

    private FhirStore(int synthetic)
    {
        var all = Build().DistinctBy(Reference).ToList();
        all.AddRange(all.Where(IsAttested).Select(Provenance).ToList());
        if (synthetic > 0) all.AddRange(Population.Of(synthetic));
        _byType = all.GroupBy(resource => resource.Text("resourceType")!, StringComparer.Ordinal).ToDictionary(
            group => group.Key, group => group.ToList(), StringComparer.Ordinal);
        _byReference = all.ToDictionary(Reference, StringComparer.Ordinal);
    }

    /// <summary>The store without synthetic patients.</summary>
    public static Lazy<FhirStore> Instance => With(0);

    public IEnumerable<JsonObject> All => _byReference.Values;

    public IReadOnlyList<JsonObject> Of(string type)
    {
        var rows = _byType.GetValueOrDefault(type) ?? [];
        var mine = _written.Where(one => one.Key.StartsWith(type + "/", StringComparison.Ordinal)).ToDictionary(one => one.Key, one => one.Value[0]);
        if (mine.Count == 0) return rows;
        return [.. rows.Where(row => !mine.ContainsKey(Reference(row))), .. mine.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => one.Value)];
    }

    /// <summary>The same resources for one server, which may write. Only what belongs to no patient is written.</summary>
    public FhirStore Branch() => new(this);

    /// <summary>Versions of what was written here, the newest first; null where nothing was.</summary>
    public IReadOnlyList<JsonObject>? Written(string reference) => _written.GetValueOrDefault(reference);

    /// <param name="versions">The newest first.</param>
    public void Write(IReadOnlyList<JsonObject> versions) => _written[Reference(versions[0])] = versions;

    /// <summary>Rows whose value at the path refers to this patient, so that one chart is found without reading all.</summary>
    public IEnumerable<JsonObject> Of(string type, string path, string patient) => _byPatient.GetOrAdd(
        $"{type} {path}",
        _ => Of(type).SelectMany(row => Patients(row, path).Select(id => (Id: id, Row: row))).ToLookup(pair => pair.Id, pair => pair.Row,
            StringComparer.Ordinal))[patient];

    public JsonObject? Find(string reference) => Written(reference)?[0] ?? _byReference.GetValueOrDefault(reference);

    /// <summary>Built when first asked for, once for the process.</summary>
    public static Lazy<FhirStore> With(int synthetic) => Stores.GetOrAdd(synthetic, count => new(() => new FhirStore(count)));

    public static string Reference(JsonObject resource) => $"{resource.Text("resourceType")}/{resource.Text("id")}";

    public static IReadOnlyDictionary<string, string> Notes() => Cares().SelectMany(care => Chart.Of(care.Person).Where(line => line.Kind == "note")
        .Select(line => (Id: care.Id("Binary", line), Text: line["text"]))).ToDictionary(note => note.Id, note => note.Text, StringComparer.Ordinal);

    private static IEnumerable<string> Patients(JsonObject row, string path) => Values.At(row, path).OfType<JsonObject>()
        .Select(node => node.Text("reference") ?? "")
        .Where(reference => reference.StartsWith("Patient/", StringComparison.Ordinal))
        .Select(reference => reference["Patient/".Length..])
        .Distinct(StringComparer.Ordinal);

    private static IEnumerable<Care> Cares() => Person.All.Select(Care.Of);

    private static IEnumerable<JsonObject> Build()
    {
        var cares = Cares().ToList();
        return
        [
            .. Places.All(),
            .. cares.Select(People.Patient),
            .. cares.Take(3).Select(People.NextOfKin),
            .. cares.SelectMany(care => Chart.Of(care.Person)
                .Where(line => Builders.ContainsKey(line.Kind))
                .SelectMany(line => Builders[line.Kind](care, line))),
            .. cares.GroupBy(care => care.DoctorKey).Select(Group),
        ];
    }

    /// <summary>One group per practitioner: the patients whose primary provider that is.</summary>
    private static JsonObject Group(IGrouping<string, Care> patients) => Node
        .Resource("Group", DeterministicId.Of("drcloud", "Group", patients.Key), $"Patients of {patients.First().DoctorName}")
        .And("active", true)
        .And("type", "person")
        .And("actual", true)
        .And("name", $"Patients of {patients.First().DoctorName}")
        .And("quantity", patients.Count())
        .And("member", Json.Array(patients.Select(care => new JsonObject { ["entity"] = care.Patient })));

    private static bool IsAttested(JsonObject resource) => resource.ContainsKey("subject") || resource.ContainsKey("patient");

    private static JsonObject Provenance(JsonObject target) => Node
        .Resource("Provenance", DeterministicId.Of("drcloud", "Provenance", Reference(target)), "Provenance of " + Reference(target), "provenance")
        .And("target", new JsonArray(new JsonObject { ["reference"] = Reference(target) }))
        .And("recorded", "2024-07-01T08:00:00Z")
        .And("agent", new JsonArray(new JsonObject
        {
            ["type"] = Node.Term("provenance-participant-type", "author", "Author"),
            ["who"] = Node.Ref("Practitioner", Registry.FhirId("Practitioner", "okonkwo"), "Adaeze Okonkwo"),
        }));

    private static Func<Care, ChartLine, IEnumerable<JsonObject>> One(Func<Care, ChartLine, JsonObject> build) => (care, line) => [build(care, line)];
}
