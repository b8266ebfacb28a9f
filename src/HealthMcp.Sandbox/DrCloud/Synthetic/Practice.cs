using System.Globalization;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;

namespace HealthMcp.Sandbox.DrCloud.Synthetic;

/// <summary>Organizations, places, practitioners and drugs that all synthetic patients share.</summary>
internal sealed class Practice
{
    private const int Organizations = 6;
    private const int Locations = 9;
    private const int Doctors = 24;

    private readonly Dice _dice = new(7);
    private readonly List<JsonObject> _all = [];
    private readonly List<string> _doctorNames = [];

    public Practice()
    {
        for (var i = 0; i < Organizations; i++) _all.Add(Organization(i));
        for (var i = 0; i < Locations; i++) _all.Add(Location(i));
        for (var i = 0; i < Doctors; i++) _all.Add(Practitioner(i));
        for (var i = 0; i < Doctors; i++) _all.Add(Role(i));
        foreach (var term in Terms.Of("medication")) _all.Add(Medication(term));
    }

    public IReadOnlyList<JsonObject> All => _all;

    public static int DoctorCount => Doctors;

    public JsonObject Doctor(int index) => Node.Ref("Practitioner", Id("Practitioner", index), _doctorNames[index]);

    public static JsonObject OrganizationRef(int index) => Node.Ref("Organization", Id("Organization", index % Organizations));

    public static JsonObject LocationRef(int index) => Node.Ref("Location", Id("Location", index % Locations));

    public static JsonObject MedicationRef(Term term) => Node.Ref("Medication", DeterministicId.Of("synthetic", "Medication", term.Code), term.Display);

    public static JsonObject Address(Dice dice)
    {
        var (town, cut) = (dice.Term("town"), 2);
        return Node.Address($"{dice.Between(1, 990)} {dice.Term("street").Display}", town.Display, town.Alt[..cut], town.Alt[(cut + 1)..]);
    }

    private JsonObject Organization(int i) => Start("Organization", i, $"Clinic {i}", "organization")
        .And("identifier", new JsonArray(Npi("19" + _dice.Digits(8))))
        .And("active", i != 4)
        .And("type", new JsonArray(Node.Term("organization-type", i == 5 ? "pay" : "prov", i == 5 ? "Payer" : "Healthcare Provider")))
        .And("name", i == 5 ? "Lakeside Health Plan" : $"{_dice.Term("town").Display} {_dice.Of("Clinic", "Family Practice", "General Hospital")}")
        .And("alias", i % 2 == 0 ? new JsonArray($"Site {i}") : null)
        .And("telecom", new JsonArray(Node.Phone(Phone(), "work"), Node.Email($"office{i}@clinic{i}.example.org")))
        .And("address", new JsonArray(Address(_dice)))
        .And("partOf", i is 2 or 3 ? OrganizationRef(1) : null);

    private JsonObject Location(int i) => Start("Location", i, $"Place {i}", "location")
        .And("status", _dice.Of("active", "active", "suspended", "inactive"))
        .And("name", $"{_dice.Of("East Wing", "West Wing", "Ward", "Laboratory")} {i}")
        .And("type", new JsonArray(Node.Term("v3-RoleCode", i % 3 == 0 ? "HOSP" : "OF", i % 3 == 0 ? "Hospital" : "Outpatient facility")))
        .And("telecom", new JsonArray(Node.Phone(Phone(), "work")))
        .And("address", Address(_dice))
        .And("managingOrganization", OrganizationRef(i));

    private JsonObject Practitioner(int i)
    {
        var (isFemale, family) = (i % 2 == 0, _dice.Term("family").Display);
        var given = _dice.Term(isFemale ? "female" : "male").Display;
        _doctorNames.Add($"{given} {family}");
        return Start("Practitioner", i, _doctorNames[i], "practitioner")
            .And("identifier", new JsonArray(Npi("18" + _dice.Digits(8))))
            .And("active", _dice.Chance(85))
            .And("name", new JsonArray(Node.Name(given, null, family).And("prefix", new JsonArray("Dr."))))
            .And("telecom", new JsonArray(Node.Phone(Phone(), "work"), Node.Email($"doctor{i}@clinic.example.org")))
            .And("address", new JsonArray(Address(_dice)))
            .And("gender", isFemale ? "female" : "male");
    }

    private JsonObject Role(int i) => Start("PractitionerRole", i, $"Role of {_doctorNames[i]}", "practitionerrole")
        .And("active", _dice.Chance(90))
        .And("period", _dice.Chance(70) ? Period(2005 + i, i % 3 == 0 ? 2030 : null) : null)
        .And("practitioner", Doctor(i))
        .And("organization", OrganizationRef(i))
        .And("code", new JsonArray(Node.Term("practitioner-role", "doctor", "Doctor")))
        .And("specialty", new JsonArray(_dice.Term("specialty").Concept()))
        .And("location", new JsonArray(LocationRef(i)))
        .And("telecom", new JsonArray(Node.Phone(Phone(), "work")));

    private static JsonObject Medication(Term term) => Node
        .Resource("Medication", DeterministicId.Of("synthetic", "Medication", term.Code), term.Display, "medication")
        .And("code", term.Concept())
        .And("status", "active")
        .And("form", Node.Concept("http://snomed.info/sct", "385055001", "Tablet"));

    private static JsonObject Start(string type, int i, string what, string profile) => Node.Resource(type, Id(type, i), what, profile)
        .And("meta", new JsonObject
        {
            ["versionId"] = "1",
            ["lastUpdated"] = $"20{10 + (i % 14):00}-0{1 + (i % 9)}-1{i % 10}T1{i % 10}:00:00Z",
            ["profile"] = new JsonArray("http://hl7.org/fhir/us/core/StructureDefinition/us-core-" + profile),
        });

    private static JsonObject Period(int start, int? end) => new JsonObject { ["start"] = Year(start) + "-01-01" }
        .And("end", end is { } last ? Year(last) + "-12-31" : null);

    private static string Year(int year) => year.ToString(CultureInfo.InvariantCulture);

    private string Phone() => $"555-01{_dice.Digits(2)}";

    private static JsonObject Npi(string value) => new() { ["system"] = "http://hl7.org/fhir/sid/us-npi", ["value"] = value };

    private static string Id(string type, int i) => DeterministicId.Of("synthetic", type, "shared", i.ToString(CultureInfo.InvariantCulture));
}
