using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;

namespace HealthMcp.Sandbox.DrCloud.Synthetic;

/// <summary>The synthetic patients themselves, their next of kin and who pays.</summary>
internal static class Persons
{
    public static Who Of(int number, Practice practice)
    {
        var dice = new Dice(1000 + number);
        var isFemale = dice.Chance(50);
        var born = new DateOnly(2015, 12, 31).AddDays(-dice.Between(0, 33000));
        return new(
            number, dice, isFemale, dice.Term(isFemale ? "female" : "male").Display, dice.Term("family").Display, born, practice,
            dice.Between(0, Practice.DoctorCount - 1));
    }

    public static JsonObject Patient(Who who)
    {
        var dice = who.Dice;
        return who.Start("Patient", "Record", new DateOnly(2024, 1, 1), "patient", Who.IdOf(who.Number))
            .And("identifier", Identifiers(who))
            .And("active", dice.Between(0, 9) switch { 0 => false, 1 => null, _ => (JsonNode)true })
            .And("name", Names(who))
            .And("telecom", dice.Chance(85) ? Telecom(who) : null)
            .And("gender", dice.Between(0, 30) switch { 0 => "other", 1 => "unknown", _ => who.IsFemale ? "female" : "male" })
            .And("birthDate", Dice.Written(who.Born))
            .And("deceasedDateTime", who.Number % 17 == 3 ? Dice.Written(new DateOnly(2020, 1, 1).AddDays(dice.Between(0, 1500))) : null)
            .And("deceasedBoolean", who.Number % 17 == 5 ? false : who.Number % 17 == 6 ? true : (JsonNode?)null)
            .And("address", dice.Chance(90) ? new JsonArray(Practice.Address(dice).And("use", dice.Of("home", "old"))) : null)
            .And("communication", new JsonArray(new JsonObject { ["language"] = Node.Concept("urn:ietf:bcp:47", dice.Of("en", "en", "es", "fr"), "Language") }))
            .And("generalPractitioner", dice.Chance(90) ? new JsonArray(who.DoctorRef) : null)
            .And("managingOrganization", Practice.OrganizationRef(who.Number));
    }

    public static JsonObject NextOfKin(Who who) => who.Start("Person", "Next of kin", new DateOnly(2023, 1, 1))
        .And("name", new JsonArray(Node.Name(who.Dice.Term("female").Display, null, who.Family)))
        .And("telecom", new JsonArray(Node.Phone("555-01" + who.Dice.Digits(2), "home")))
        .And("gender", "female")
        .And("birthDate", Dice.Written(who.Born.AddDays(-9000)))
        .And("address", new JsonArray(Practice.Address(who.Dice)))
        .And("active", who.Dice.Chance(80))
        .And("link", new JsonArray(new JsonObject { ["target"] = who.Patient, ["assurance"] = "level2" }));

    public static JsonObject Coverage(Who who) => who.Start("Coverage", "Coverage", new DateOnly(2022, 1, 1))
        .And("status", who.Dice.Of("active", "active", "cancelled"))
        .And("type", Node.Term("v3-ActCode", who.Dice.Of("HIP", "PUBLICPOL"), "Policy"))
        .And("subscriberId", "S" + who.Dice.Digits(8))
        .And("beneficiary", who.Patient)
        .And("relationship", Node.Term("subscriber-relationship", "self", "Self"))
        .And("period", new JsonObject { ["start"] = "2019-01-01" })
        .And("payor", new JsonArray(Practice.OrganizationRef(5)))
        .And("class", new JsonArray(new JsonObject { ["type"] = Node.Term("coverage-class", "group", "Group"), ["value"] = "G" + who.Dice.Digits(4) }));

    /// <summary>Patients of one practitioner.</summary>
    public static JsonObject Group(IGrouping<int, Who> patients) => Node
        .Resource("Group", DeterministicId.Of("synthetic", "Group", patients.Key.ToString(System.Globalization.CultureInfo.InvariantCulture)), "Panel")
        .And("active", true)
        .And("type", "person")
        .And("actual", true)
        .And("code", Node.Concept("http://snomed.info/sct", "389109008", "Group"))
        .And("name", $"Panel {patients.Key}")
        .And("quantity", patients.Count())
        .And("managingEntity", patients.First().DoctorRef)
        .And("member", new JsonArray([.. patients.Select(who => (JsonNode)new JsonObject { ["entity"] = who.Patient })]));

    private static JsonArray Identifiers(Who who)
    {
        var numbers = Node.List(Identifier("MR", "Medical record number", "urn:oid:2.16.840.1.113883.19.5.1", $"SYN-{who.Number:00000}"));
        if (who.Dice.Chance(60)) numbers.Add((JsonNode)Identifier("SS", "Social Security number", "http://hl7.org/fhir/sid/us-ssn",
            $"900-{who.Number % 90 + 10}-{who.Dice.Digits(4)}"));
        if (who.Dice.Chance(20)) numbers.Add((JsonNode)new JsonObject { ["value"] = $"OLD{who.Number}" });
        return numbers;
    }

    private static JsonArray Names(Who who)
    {
        var names = Node.List(Node.Name(who.Given, who.Dice.Chance(30) ? who.Dice.Term(who.IsFemale ? "female" : "male").Display : null, who.Family));
        if (who.IsFemale && who.Dice.Chance(20)) names.Add((JsonNode)new JsonObject { ["use"] = "maiden", ["family"] = who.Dice.Term("family").Display });
        return names;
    }

    private static JsonArray Telecom(Who who) => Node.List(
        Node.Phone("555-01" + who.Dice.Digits(2), who.Dice.Of("home", "mobile")),
        who.Dice.Chance(50) ? Node.Email($"patient{who.Number}@mail.example.net") : null);

    private static JsonObject Identifier(string code, string display, string system, string value) => new()
    {
        ["use"] = "usual", ["type"] = Node.Term("v2-0203", code, display), ["system"] = system, ["value"] = value,
    };
}
