using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;

namespace HealthMcp.Sandbox.DrCloud.Synthetic;

/// <summary>A synthetic patient, and who cares for them.</summary>
internal sealed record Who(int Number, Dice Dice, bool IsFemale, string Given, string Family, DateOnly Born, Practice Practice, int Doctor)
{
    private int _records;

    public JsonObject Patient => Node.Ref("Patient", IdOf(Number), $"{Given} {Family}");

    public JsonObject DoctorRef => Practice.Doctor(Doctor);

    public static string IdOf(int number) => DeterministicId.Of("synthetic", "Patient", Text(number));

    /// <summary>The id of this patient's next record.</summary>
    public string NextId(string type) => DeterministicId.Of("synthetic", type, Text(Number), Text(_records++));

    /// <summary>A resource of this patient with id, narrative and a time of last change.</summary>
    public JsonObject Start(string type, string what, DateOnly day, string? profile = null, string? id = null)
    {
        var resource = Node.Resource(type, id ?? NextId(type), $"{what} of {Given} {Family}", profile);
        resource["meta"]!["lastUpdated"] = Dice.Instant(day.AddDays(Dice.Between(0, 40)));
        return resource;
    }

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>One encounter and its day; what was found and done there refers to it.</summary>
internal sealed record Visit(Who Who, DateOnly Day, string Id)
{
    public JsonObject Reference => Node.Ref("Encounter", Id);

    public Dice Dice => Who.Dice;

    public string Date => Dice.Written(Day);
}
