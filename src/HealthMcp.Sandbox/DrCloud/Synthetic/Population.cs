using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;

namespace HealthMcp.Sandbox.DrCloud.Synthetic;

/// <summary>
/// Patients of our own making, each with some years of encounters, results, prescriptions and documents as US Core 3.1.1 has them. The same number
/// always gives the same records.
/// </summary>
internal static class Population
{
    private static readonly DateOnly FirstDay = new(2016, 1, 4);

    public static IEnumerable<JsonObject> Of(int patients)
    {
        var practice = new Practice();
        var all = Enumerable.Range(0, patients).Select(number => Persons.Of(number, practice)).ToList();
        return [.. practice.All, .. all.GroupBy(who => who.Doctor).Select(Persons.Group), .. all.SelectMany(Record)];
    }

    private static IEnumerable<JsonObject> Record(Who who)
    {
        var records = new List<JsonObject> { Persons.Patient(who) };
        if (who.Number % 3 == 0) records.Add(Persons.NextOfKin(who));
        if (who.Dice.Chance(80)) records.Add(Persons.Coverage(who));
        var day = FirstDay.AddDays(who.Dice.Between(0, 1500));
        for (var visits = who.Dice.Between(4, 12); visits > 0; visits--)
        {
            records.AddRange(OfVisit(new Visit(who, day, who.NextId("Encounter"))));
            day = day.AddDays(who.Dice.Between(9, 210));
        }

        return records;
    }

    private static List<JsonObject> OfVisit(Visit visit)
    {
        var dice = visit.Dice;
        var results = Times(dice.Between(0, 4), () => Findings.Lab(visit));
        var records = new List<JsonObject> { Plans.Encounter(visit) };
        records.AddRange(results);
        records.AddRange(Times(dice.Between(0, 3), () => Findings.Vital(visit)));
        if (dice.Chance(60)) records.Add(Findings.Pressure(visit));
        if (dice.Chance(10)) records.Add(Findings.Smoking(visit));
        if (dice.Chance(25)) records.Add(Findings.Report(visit, [.. results.Select(result => result["id"]!.ToString())]));
        records.AddRange(Rarer(visit));
        var attested = records.Where(_ => dice.Chance(12)).ToList();
        return [.. records, .. attested.Select(record => Plans.Provenance(visit, record))];
    }

    private static IEnumerable<JsonObject> Rarer(Visit visit)
    {
        var dice = visit.Dice;
        if (dice.Chance(30)) yield return Treatments.Condition(visit);
        foreach (var one in Times(dice.Between(0, 2), () => Treatments.Prescription(visit))) yield return one;
        if (dice.Chance(6)) yield return Treatments.Allergy(visit);
        if (dice.Chance(20)) yield return Treatments.Procedure(visit);
        if (dice.Chance(20)) yield return Treatments.Immunization(visit);
        if (dice.Chance(25)) yield return Plans.Document(visit);
        if (dice.Chance(10)) yield return Plans.Goal(visit);
        if (dice.Chance(8)) foreach (var one in Plans.Plan(visit)) yield return one;
        if (dice.Chance(10)) yield return Plans.Appointment(visit);
        if (dice.Chance(2)) yield return Plans.Device(visit);
    }

    private static List<JsonObject> Times(int count, Func<JsonObject> make) => [.. Enumerable.Range(0, count).Select(_ => make())];
}
