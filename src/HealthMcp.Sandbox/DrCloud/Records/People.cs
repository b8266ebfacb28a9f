using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;

namespace HealthMcp.Sandbox.DrCloud.Records;

internal static class People
{
    private const string Race = "http://hl7.org/fhir/us/core/StructureDefinition/us-core-";

    public static JsonObject Patient(Care care)
    {
        var person = care.Person;
        var patient = Node.Resource(
            "Patient",
            person.FhirId,
            care.About($"{person.FullName}, {person["street"]}, {person["city"]}; phone {person["mobile"]}; next of kin {person["contact"]}"),
            "patient");
        if (Chart.Of(person)[0]["race"].Length > 0)
        {
            patient["extension"] = new JsonArray(RaceExtension(Chart.Of(person)[0]["race"]), EthnicityExtension());
        }

        return patient
            .And("identifier", new JsonArray(
                Identifier("MR", "Medical record number", "urn:oid:2.16.840.1.113883.19.5.1", person["mrn"]),
                Identifier("SS", "Social Security number", "http://hl7.org/fhir/sid/us-ssn", person["ssn"])))
            .And("active", true)
            .And("name", new JsonArray(Node.Name(person.First, person.Or("middle"), person.Last)))
            .And(
                "telecom",
                Node.List(Node.Phone(person["mobile"], "mobile"), person.Or("home") is { } home ? Node.Phone(home, "home") : null, Node.Email(person["email"])))
            .And("gender", person.IsFemale ? "female" : "male")
            .And("birthDate", person.BirthDate)
            .And("deceasedDateTime", person.Or("died"))
            .And("address", new JsonArray(Node.Address(person["street"], person["city"], person["state"], person["zip"])))
            .And("contact", new JsonArray(Contact(person)))
            .And("communication", new JsonArray(new JsonObject { ["language"] = Node.Concept("urn:ietf:bcp:47", "en", "English") }))
            .And("generalPractitioner", new JsonArray(care.Doctor))
            .And("managingOrganization", care.Organization);
    }

    /// <summary>The next of kin, whom the practice keeps as a person of their own.</summary>
    public static JsonObject NextOfKin(Care care)
    {
        var (person, cut) = (care.Person, care.Person["contact"].LastIndexOf(' '));
        return Node.Resource("Person", DeterministicId.Of("drcloud", "Person", person.Key), $"{person["contact"]}, {person["relation"]} of {person.FullName}")
            .And("name", new JsonArray(Node.Name(person["contact"][..cut], null, person["contact"][(cut + 1)..])))
            .And("telecom", new JsonArray(Node.Phone(person["contactPhone"], "home")))
            .And("address", new JsonArray(Node.Address(person["street"], person["city"], person["state"], person["zip"])))
            .And("active", true)
            .And("link", new JsonArray(new JsonObject { ["target"] = care.Patient, ["assurance"] = "level2" }));
    }

    private static JsonObject Contact(Person person) => new()
    {
        ["relationship"] = new JsonArray(new JsonObject { ["text"] = person["relation"] }),
        ["name"] = new JsonObject { ["text"] = person["contact"] },
        ["telecom"] = new JsonArray(Node.Phone(person["contactPhone"], "home")),
    };

    private static JsonObject Identifier(string code, string display, string system, string value) => new()
    {
        ["use"] = "usual", ["type"] = Node.Term("v2-0203", code, display), ["system"] = system, ["value"] = value,
    };

    private static JsonObject RaceExtension(string race) => new()
    {
        ["url"] = Race + "race",
        ["extension"] = new JsonArray(
            new JsonObject
            {
                ["url"] = "ombCategory",
                ["valueCoding"] = Node.Coding("urn:oid:2.16.840.1.113883.6.238", race == "White" ? "2106-3" : "2054-5", race),
            },
            new JsonObject { ["url"] = "text", ["valueString"] = race }),
    };

    private static JsonObject EthnicityExtension() => new()
    {
        ["url"] = Race + "ethnicity",
        ["extension"] = new JsonArray(
            new JsonObject { ["url"] = "ombCategory", ["valueCoding"] = Node.Coding("urn:oid:2.16.840.1.113883.6.238", "2186-5", "Not Hispanic or Latino") },
            new JsonObject { ["url"] = "text", ["valueString"] = "Not Hispanic or Latino" }),
    };
}
