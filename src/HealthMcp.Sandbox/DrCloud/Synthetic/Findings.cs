using System.Text.Json.Nodes;

namespace HealthMcp.Sandbox.DrCloud.Synthetic;

/// <summary>Measurements and reports of synthetic visits.</summary>
internal static class Findings
{
    private static readonly string[] Statuses = ["final", "final", "final", "final", "final", "final", "preliminary", "amended", "corrected",
        "entered-in-error"];

    public static JsonObject Lab(Visit visit)
    {
        var (dice, term) = (visit.Dice, visit.Dice.Term("lab"));
        var result = Start(visit, "laboratory", term, "observation-lab");
        switch (dice.Between(0, 19))
        {
            case 0: return result.And("dataAbsentReason", Node.Term("data-absent-reason", "not-performed", "Not Performed"));
            case 1: return result.And("valueCodeableConcept", Node.Concept("http://snomed.info/sct", dice.Of("260385009", "10828004"), "Finding"));
            case 2: return result.And("valueString", dice.Of("Sample hemolyzed", "See comment", "Trace"));
        }

        var value = dice.Value(term);
        var isHigh = value > (decimal.Parse(term.High, System.Globalization.CultureInfo.InvariantCulture) * 0.8m);
        return result.And("valueQuantity", Node.Quantity(value, term.Unit))
            .And("interpretation", new JsonArray(Node.Term("v3-ObservationInterpretation", isHigh ? "H" : "N", isHigh ? "High" : "Normal")));
    }

    public static JsonObject Vital(Visit visit)
    {
        var term = visit.Dice.Term("vital");
        return Start(visit, "vital-signs", term, null).And("valueQuantity", Node.Quantity(visit.Dice.Value(term), term.Unit));
    }

    public static JsonObject Pressure(Visit visit)
    {
        var panel = new Term("vital", "http://loinc.org", "85354-9", "Blood pressure panel with all children optional", "", "", "", "");
        var systolic = visit.Dice.Between(96, 184);
        return Start(visit, "vital-signs", panel, null).And("component", new JsonArray(
            Component("8480-6", "Systolic blood pressure", systolic),
            Component("8462-4", "Diastolic blood pressure", systolic - visit.Dice.Between(30, 60))));
    }

    public static JsonObject Smoking(Visit visit)
    {
        var code = new Term("smoking", "http://loinc.org", "72166-2", "Tobacco smoking status", "", "", "", "");
        return Start(visit, "social-history", code, "smokingstatus").And("valueCodeableConcept", visit.Dice.Term("smoking").Concept());
    }

    public static JsonObject Report(Visit visit, IReadOnlyList<string> results)
    {
        var (dice, term) = (visit.Dice, visit.Dice.Term("report"));
        var isLab = term.Alt == "LAB";
        var category = isLab ? Node.Term("v2-0074", "LAB", "Laboratory") : Node.Concept("http://loinc.org", term.Alt, "Radiology");
        return visit.Who.Start("DiagnosticReport", term.Display, visit.Day, isLab ? "diagnosticreport-lab" : "diagnosticreport-note")
            .And("status", dice.Of("final", "final", "final", "preliminary", "amended"))
            .And("category", new JsonArray(category))
            .And("code", term.Concept())
            .And("subject", visit.Who.Patient)
            .And("encounter", visit.Reference)
            .And("effectiveDateTime", dice.Moment(visit.Day))
            .And("issued", dice.Instant(visit.Day.AddDays(1)))
            .And("performer", new JsonArray(visit.Who.DoctorRef))
            .And("result", isLab && results.Count > 0 ? new JsonArray([.. results.Select(id => (JsonNode)Node.Ref("Observation", id))]) : null)
            .And("conclusion", isLab ? null : "No acute finding.");
    }

    private static JsonObject Start(Visit visit, string category, Term term, string? profile)
    {
        var dice = visit.Dice;
        var started = visit.Who.Start("Observation", term.Display, visit.Day, profile)
            .And("status", dice.Of(Statuses))
            .And("category", new JsonArray(Node.Term("observation-category", category, category)))
            .And("code", Node.Concept(term.System, term.Code, term.Display))
            .And("subject", visit.Who.Patient)
            .And("encounter", dice.Chance(90) ? visit.Reference : null);
        started.And("effectiveDateTime", dice.Chance(25) ? visit.Date : dice.Moment(visit.Day));
        return started.And("issued", dice.Instant(visit.Day)).And("performer", dice.Chance(70) ? new JsonArray(visit.Who.DoctorRef) : null);
    }

    private static JsonObject Component(string code, string display, int value) => new()
    {
        ["code"] = Node.Concept("http://loinc.org", code, display), ["valueQuantity"] = Node.Quantity(value, "mm[Hg]"),
    };
}
