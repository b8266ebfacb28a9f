using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;
using Row = System.Collections.Generic.IReadOnlyDictionary<string, string>;

namespace HealthMcp.Sandbox.DrCloud.Records;

internal static class Places
{
    public static IEnumerable<JsonObject> All() =>
    [
        .. Registry.Of("organization").Select(Organization),
        .. Registry.Of("location").Select(Location),
        .. Registry.Of("practitioner").Select(Practitioner),
        .. Registry.Of("practitioner").Select(Role),
    ];

    private static JsonObject Organization(Row row) => Start("Organization", row, "organization")
        .And("identifier", row["npi"].Length > 0 ? new JsonArray(Npi(row)) : null)
        .And("active", true)
        .And(
            "type",
            new JsonArray(Node.Term(
                "organization-type",
                row["key"] == "northstar" ? "pay" : "prov",
                row["key"] == "northstar" ? "Payer" : "Healthcare Provider")))
        .And("name", row["name"])
        .And("telecom", Telecom(row))
        .And("address", Address(row));

    private static JsonObject Location(Row row) => Start("Location", row, "location")
        .And("status", "active")
        .And("name", row["name"])
        .And("telecom", Telecom(row))
        .And("address", Node.Address(row["street"], row["city"], row["state"], row["zip"]));

    private static JsonObject Practitioner(Row row) => Start("Practitioner", row, "practitioner")
        .And("identifier", new JsonArray(Npi(row)))
        .And("active", true)
        .And("name", new JsonArray(Node.Name(row["name"].Split(' ')[0], null, row["name"].Split(' ')[1]).And("prefix", new JsonArray("Dr."))))
        .And("telecom", Telecom(row))
        .And("address", Address(row));

    private static JsonObject Role(Row row) => Start("PractitionerRole", row, "practitionerrole")
        .And("active", true)
        .And("practitioner", Node.Ref("Practitioner", Registry.FhirId("Practitioner", row["key"]), row["name"]))
        .And(
            "organization",
            Node.Ref("Organization", Registry.FhirId("Organization", row["key"] switch { "lindqvist" => "platte", "abara" => "casco", _ => "willamette" })))
        .And("specialty", new JsonArray(Node.Concept("http://nucc.org/provider-taxonomy", Taxonomy(row["specialty"]), row["specialty"])))
        .And("telecom", Telecom(row));

    private static JsonObject Start(string type, Row row, string profile) =>
        Node.Resource(type, Registry.FhirId(type, row["key"]), $"{row["name"]} {row["specialty"]}, {row["street"]}, {row["city"]}", profile);

    private static JsonObject Npi(Row row) => new() { ["system"] = "http://hl7.org/fhir/sid/us-npi", ["value"] = row["npi"] };

    private static JsonArray Address(Row row) => new(Node.Address(row["street"], row["city"], row["state"], row["zip"]));

    private static JsonArray Telecom(Row row) => Node.List(
        Node.Phone(row["phone"], "work"),
        row["fax"].Length > 0 ? new JsonObject { ["system"] = "fax", ["value"] = row["fax"] } : null,
        row["email"].Length > 0 ? Node.Email(row["email"]) : null,
        row["url"].Length > 0 ? new JsonObject { ["system"] = "url", ["value"] = row["url"] } : null);

    private static string Taxonomy(string specialty) => specialty switch
    {
        "Medical Oncology" => "207RX0202X",
        "Hematology" => "207RH0000X",
        "Neurology" => "2084N0400X",
        _ => "2085R0001X",
    };
}
