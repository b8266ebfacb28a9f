using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;

namespace HealthMcp.Sandbox.DrCloud.Records;

/// <summary>One patient with who treats them and where: what nearly every resource refers to.</summary>
internal sealed record Care(Person Person, string DoctorKey, string OrganizationKey, string LocationKey)
{
    private static readonly (string Doctor, string Organization, string Location)[] Teams =
        [("okonkwo", "willamette", "willamette-infusion"), ("lindqvist", "platte", "platte-clinic"), ("abara", "casco", "casco-neuro")];

    public JsonObject Patient => Node.Ref("Patient", Person.FhirId, Person.FullName);

    public JsonObject Doctor => Node.Ref("Practitioner", Registry.FhirId("Practitioner", DoctorKey), DoctorName);

    public string DoctorName => Registry.All.First(row => row["key"] == DoctorKey)["name"];

    public JsonObject Organization => Node.Ref("Organization", Registry.FhirId("Organization", OrganizationKey));

    public JsonObject Location => Node.Ref("Location", Registry.FhirId("Location", LocationKey));

    public static Care Of(Person person, int index)
    {
        var (doctor, organization, location) = Teams[index % 3];
        return new(person, doctor, organization, location);
    }

    public string Id(string type, ChartLine line) => line.Id(Person, "drcloud/" + type);

    public string About(string what) => $"{what}. Patient {Person.FullName}, {Person["mrn"]}, born {Person.BirthDate}.";

    /// <summary>The encounter of a day, when there was one.</summary>
    public JsonObject? EncounterOn(string day) =>
        Chart.Of(Person).FirstOrDefault(line => line.Kind == "encounter" && line.Date == day) is { } found
            ? Node.Ref("Encounter", Id("Encounter", found))
            : null;
}
