using System.Text.Json.Nodes;

namespace HealthMcp.Sandbox.DrCloud.Synthetic;

/// <summary>Problems, drugs, allergies, procedures and vaccinations of synthetic patients.</summary>
internal static class Treatments
{
    public static JsonObject Condition(Visit visit)
    {
        var (dice, term) = (visit.Dice, visit.Dice.Term("condition"));
        var status = dice.Of("active", "active", "active", "resolved", "recurrence", "remission");
        var isListed = dice.Chance(60);
        var condition = visit.Who.Start("Condition", term.Display, visit.Day, "condition")
            .And("clinicalStatus", Node.Term("condition-clinical", status, status))
            .And("verificationStatus", Node.Term("condition-ver-status", dice.Of("confirmed", "confirmed", "provisional", "refuted"), "Status"))
            .And("category", new JsonArray(Node.Term("condition-category", isListed ? "problem-list-item" : "encounter-diagnosis", "Category")))
            .And("severity", dice.Chance(40) ? Node.Concept("http://snomed.info/sct", dice.Of("255604002", "6736007", "24484000"), "Severity") : null)
            .And("code", new JsonObject
            {
                ["coding"] = new JsonArray(
                    Node.Coding(term.System, term.Code, term.Display), Node.Coding("http://hl7.org/fhir/sid/icd-10-cm", term.Alt, term.Display)),
                ["text"] = term.Display,
            })
            .And("subject", visit.Who.Patient)
            .And("encounter", visit.Reference);
        Onset(condition, visit);
        return condition
            .And("abatementDateTime", status == "resolved" ? Dice.Written(visit.Day.AddDays(200)) : null)
            .And("recordedDate", dice.Chance(90) ? visit.Date : null)
            .And("asserter", dice.Chance(70) ? visit.Who.DoctorRef : null);
    }

    public static JsonObject Prescription(Visit visit)
    {
        var (dice, term) = (visit.Dice, visit.Dice.Term("medication"));
        var isByReference = dice.Chance(30);
        return visit.Who.Start("MedicationRequest", term.Display, visit.Day, "medicationrequest")
            .And("status", dice.Of("active", "active", "completed", "stopped", "on-hold", "cancelled"))
            .And("intent", dice.Of("order", "order", "order", "plan"))
            .And("category", dice.Chance(50) ? new JsonArray(Node.Term("medicationrequest-category", dice.Of("outpatient", "community"), "Category")) : null)
            .And("priority", dice.Chance(50) ? dice.Of("routine", "urgent") : null)
            .And("medicationReference", isByReference ? Practice.MedicationRef(term) : null)
            .And("medicationCodeableConcept", isByReference ? null : term.Concept())
            .And("subject", visit.Who.Patient)
            .And("encounter", dice.Chance(80) ? visit.Reference : null)
            .And("authoredOn", dice.Chance(60) ? visit.Date : dice.Moment(visit.Day))
            .And("requester", visit.Who.DoctorRef)
            .And("dosageInstruction", new JsonArray(new JsonObject { ["text"] = "One tablet a day" }
                .And("timing", dice.Chance(15) ? Days(visit.Day) : null)));
    }

    public static JsonObject Allergy(Visit visit)
    {
        var (dice, term) = (visit.Dice, visit.Dice.Term("allergy"));
        return visit.Who.Start("AllergyIntolerance", term.Display, visit.Day, "allergyintolerance")
            .And("clinicalStatus", Node.Term("allergyintolerance-clinical", dice.Of("active", "active", "inactive"), "Status"))
            .And("verificationStatus", Node.Term("allergyintolerance-verification", dice.Of("confirmed", "unconfirmed"), "Status"))
            .And("type", dice.Of("allergy", "intolerance"))
            .And("category", new JsonArray(term.Alt))
            .And("criticality", dice.Chance(60) ? dice.Of("low", "high", "unable-to-assess") : null)
            .And("code", term.Concept())
            .And("patient", visit.Who.Patient)
            .And("onsetDateTime", dice.Vague(visit.Day.AddDays(-900)))
            .And("recordedDate", dice.Chance(85) ? visit.Date : null)
            .And("recorder", visit.Who.DoctorRef)
            .And("lastOccurrence", dice.Chance(30) ? dice.Vague(visit.Day) : null)
            .And("reaction", dice.Chance(70) ? Reaction(dice) : null);
    }

    public static JsonObject Procedure(Visit visit)
    {
        var (dice, term) = (visit.Dice, visit.Dice.Term("procedure"));
        var (isLong, isVague) = (dice.Chance(25), dice.Chance(6));
        return visit.Who.Start("Procedure", term.Display, visit.Day, "procedure")
            .And("status", dice.Of("completed", "completed", "completed", "in-progress", "not-done"))
            .And("code", term.Concept())
            .And("subject", visit.Who.Patient)
            .And("encounter", visit.Reference)
            .And("performedPeriod", isLong && !isVague
                ? new JsonObject { ["start"] = visit.Date }.And("end", dice.Chance(80) ? Dice.Written(visit.Day.AddDays(dice.Between(0, 4))) : null)
                : null)
            .And("performedDateTime", isLong || isVague ? null : dice.Chance(50) ? visit.Date : dice.Moment(visit.Day))
            .And("performedString", isVague ? "in childhood" : null)
            .And("performer", new JsonArray(new JsonObject { ["actor"] = visit.Who.DoctorRef }))
            .And("location", Practice.LocationRef(visit.Who.Number))
            .And("reasonCode", dice.Chance(40) ? new JsonArray(visit.Dice.Term("condition").Concept()) : null);
    }

    public static JsonObject Immunization(Visit visit)
    {
        var (dice, term) = (visit.Dice, visit.Dice.Term("immunization"));
        var (isDone, isVague) = (dice.Chance(88), dice.Chance(5));
        return visit.Who.Start("Immunization", term.Display, visit.Day, "immunization")
            .And("status", isDone ? "completed" : "not-done")
            .And("statusReason", isDone ? null : Node.Term("v3-ActReason", "PATOBJ", "Patient objection"))
            .And("vaccineCode", term.Concept())
            .And("patient", visit.Who.Patient)
            .And("encounter", visit.Reference)
            .And("occurrenceDateTime", isVague ? null : visit.Date)
            .And("occurrenceString", isVague ? "as a child" : null)
            .And("primarySource", dice.Chance(80))
            .And("location", Practice.LocationRef(visit.Who.Number))
            .And("lotNumber", isDone ? "L" + dice.Digits(5) : null)
            .And("performer", new JsonArray(new JsonObject { ["actor"] = visit.Who.DoctorRef }));
    }

    private static void Onset(JsonObject condition, Visit visit)
    {
        var (dice, day) = (visit.Dice, visit.Day.AddDays(-visit.Dice.Between(0, 600)));
        switch (dice.Between(0, 9))
        {
            case 0: condition.And("onsetPeriod", new JsonObject { ["start"] = Dice.Written(day), ["end"] = Dice.Written(day.AddDays(60)) }); break;
            case 1: condition.And("onsetAge", Node.Quantity(Math.Max(1, (day.DayNumber - visit.Who.Born.DayNumber) / 365), "a")); break;
            case 2: condition.And("onsetString", "since youth"); break;
            case 3: break;
            default: condition.And("onsetDateTime", dice.Vague(day)); break;
        }
    }

    private static JsonObject Days(DateOnly day) => new() { ["event"] = new JsonArray(Dice.Written(day), Dice.Written(day.AddDays(10))) };

    private static JsonArray Reaction(Dice dice) => new(new JsonObject
    {
        ["manifestation"] = new JsonArray(Node.Concept("http://snomed.info/sct", dice.Of("247472004", "271807003"), "Reaction")),
        ["severity"] = dice.Of("mild", "moderate", "severe"),
    });
}
