using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;

namespace HealthMcp.Sandbox.DrCloud.Records;

/// <summary>Measurements, answers and reports.</summary>
internal static class Results
{
    public static JsonObject Lab(Care care, ChartLine line) => Observation(care, line, "laboratory", line["lab"], "observation-lab")
        .And("valueQuantity", Node.Quantity(Number(line["labResultValue"]), line["labResultUnit"]))
        .And("interpretation", new JsonArray(Node.Term("v3-ObservationInterpretation", line["labResultInterpretation"][..1], line["labResultInterpretation"])))
        .And("referenceRange", new JsonArray(new JsonObject
        {
            ["low"] = Node.Quantity(Number(line["rangeLow"]), line["labResultUnit"]),
            ["high"] = Node.Quantity(Number(line["rangeHigh"]), line["labResultUnit"]),
        }));

    /// <summary>Both pressures are one Observation in US Core: the systolic line takes in the diastolic one of its day.</summary>
    public static IEnumerable<JsonObject> Vital(Care care, ChartLine line)
    {
        var code = line.Codes.First().Code;
        if (code == "8462-4")
        {
            return [];
        }

        var value = Node.Quantity(Number(line["vitalsResultValue"]), line["vitalsResultUnit"]);
        if (code != "8480-6")
        {
            return [Observation(care, line, "vital-signs", line["vitals"], null).And("valueQuantity", value)];
        }

        var diastolic = Chart.Of(care.Person).First(other => other.Kind == "vital" && other.Date == line.Date && other["codes"] == "loinc:8462-4");
        var pressure = Observation(care, line, "vital-signs", "Blood pressure", null);
        pressure["code"] = Node.Concept("http://loinc.org", "85354-9", "Blood pressure panel with all children optional");
        return
        [
            pressure.And("component", new JsonArray(
                new JsonObject { ["code"] = Node.Concept(line, line["vitals"]), ["valueQuantity"] = value },
                new JsonObject
                {
                    ["code"] = Node.Concept(diastolic, diastolic["vitals"]),
                    ["valueQuantity"] = Node.Quantity(Number(diastolic["vitalsResultValue"]), "mm[Hg]"),
                })),
        ];
    }

    public static JsonObject SocialHistory(Care care, ChartLine line) =>
        Observation(care, line, "social-history", line["socialHistory"], line["codes"] == "loinc:72166-2" ? "smokingstatus" : null)
            .And("valueCodeableConcept", new JsonObject { ["text"] = line["result"] });

    public static JsonObject Survey(Care care, ChartLine line) =>
        Observation(care, line, "survey", line["survey"], null).And("valueInteger", int.Parse(line["surveyResult"], CultureInfo.InvariantCulture));

    /// <summary>The report's text also comes as an attachment, in base64 as such systems send it.</summary>
    public static JsonObject Imaging(Care care, ChartLine line)
    {
        var text = $"{line["procedure"]} of {line.Date}. Findings: {line["findings"]} Impression: {line["impression"]}";
        return Report(care, line, "LP29684-5", "Radiology", line["procedure"], text)
            .And("presentedForm", new JsonArray(new JsonObject
            {
                ["contentType"] = "text/plain", ["data"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text)), ["title"] = line["procedure"],
            }));
    }

    public static JsonObject Biomarker(Care care, ChartLine line) =>
        Report(
            care,
            line,
            "LP7819-8",
            "Laboratory",
            line["biomarker"],
            $"{line["biomarker"]} {line["alteration"]} {line["resultsValue"]} ({line["interpretation"]}). {line["diagnosticReport"]}");

    private static JsonObject Report(Care care, ChartLine line, string category, string categoryText, string title, string conclusion) => Node
        .Resource("DiagnosticReport", care.Id("DiagnosticReport", line), care.About(conclusion), "diagnosticreport-note")
        .And("status", "final")
        .And("category", new JsonArray(Node.Concept("http://loinc.org", category, categoryText)))
        .And("code", Node.Concept(line, title))
        .And("subject", care.Patient)
        .And("encounter", care.EncounterOn(line.Date))
        .And("effectiveDateTime", line.Date)
        .And("issued", line.Date + "T17:00:00Z")
        .And("performer", new JsonArray(care.Doctor))
        .And("conclusion", conclusion);

    private static JsonObject Observation(Care care, ChartLine line, string category, string title, string? profile) => Node
        .Resource("Observation", care.Id("Observation", line), care.About($"{title} on {line.Date}"), profile)
        .And("status", "final")
        .And("category", new JsonArray(Node.Term("observation-category", category, category)))
        .And("code", Node.Concept(line, title))
        .And("subject", care.Patient)
        .And("encounter", care.EncounterOn(line.Date))
        .And("effectiveDateTime", line.Date)
        .And("issued", line.Date + "T15:30:00Z");

    private static decimal Number(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);
}
