using System.Text.Json.Nodes;

namespace HealthMcp.Sandbox.PhenoML;

/// <summary>Builds the resource of each kind from a text; null where the text lacks what the resource cannot be without.</summary>
internal static class ResourceWriter
{
    private const string Terminology = "http://terminology.hl7.org/CodeSystem/";

    public static readonly IReadOnlyDictionary<string, Func<string, JsonObject?>> Kinds =
        new Dictionary<string, Func<string, JsonObject?>>(StringComparer.Ordinal)
        {
            ["appointment"] = text => Of("Appointment")
                .Set("status", "booked")
                .Set("description", text)
                .Set("participant", new JsonArray(new JsonObject { ["actor"] = Patient(), ["status"] = "accepted" })),
            ["condition-encounter-diagnosis"] = text => Condition(text, "encounter-diagnosis"),
            ["condition-problems-health-concerns"] = text => Condition(text, "problem-list-item"),
            ["medicationrequest"] = text => Of("MedicationRequest")
                .Set("status", "active").Set("intent", "order").Set("medicationCodeableConcept", Concept(text, "RXNORM")).Set("subject", Patient())
                .Set("dosageInstruction", new JsonArray(new JsonObject { ["text"] = text })),
            ["careplan"] = text => Of("CarePlan")
                .Set("text", Narrative(text))
                .Set("status", "active")
                .Set("intent", "plan")
                .Set(
                    "category",
                    new JsonArray(Coded("http://hl7.org/fhir/us/core/CodeSystem/careplan-category", "assess-plan", "Assessment and Plan of Treatment")))
                .Set("description", text).Set("subject", Patient()),
            ["coverage"] = text => Of("Coverage")
                .Set("status", "active")
                .Set("beneficiary", Patient())
                .Set("payor", new JsonArray(new JsonObject { ["display"] = text })),
            ["encounter"] = text => Of("Encounter")
                .Set("status", "finished").Set("class", Coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "AMB", "ambulatory"))
                .Set("type", new JsonArray(new JsonObject { ["text"] = text })).Set("subject", Patient()),
            ["observation-clinical-result"] = text => Observation(text, "exam"),
            ["observation-lab"] = text => Observation(text, "laboratory"),
            ["simple-observation"] = text => Observation(text, "survey"),
            ["patient"] = PatientText.Build,
            ["procedure"] = text => Of("Procedure").Set("status", "completed").Set("code", Concept(text, "SNOMED_CT_US_LITE")).Set("subject", Patient()),
            ["questionnaire"] = text => Of("Questionnaire")
                .Set("status", "draft")
                .Set("title", text)
                .Set("item", new JsonArray(new JsonObject { ["linkId"] = "1", ["text"] = text, ["type"] = "string" })),
            ["questionnaireresponse"] = text => Of("QuestionnaireResponse")
                .Set("status", "completed")
                .Set("item", new JsonArray(new JsonObject { ["linkId"] = "1", ["answer"] = new JsonArray(new JsonObject { ["valueString"] = text }) })),
            ["servicerequest"] = text => Of("ServiceRequest")
                .Set("status", "active")
                .Set("intent", "order")
                .Set("code", Concept(text, "SNOMED_CT_US_LITE"))
                .Set("subject", Patient()),
            ["vital-signs"] = VitalSigns,
        };

    /// <summary>What makes a resource of a FHIR type from a text; null where no kind makes it.</summary>
    public static Func<string, JsonObject?>? ByType(string type) =>
        Kinds.Values.FirstOrDefault(build => build("BP 120/80")?["resourceType"]?.ToString() == type);

    public static JsonObject Of(string type) => new()
    {
        ["resourceType"] = type,
        ["meta"] = new JsonObject { ["tag"] = new JsonArray(Coding("urn:healthmcp:sandbox", "sandbox-engine", "Made by the sandbox engine")) },
    };

    public static JsonObject Set(this JsonObject target, string name, JsonNode? value)
    {
        target[name] = value;
        return target;
    }

    private static JsonObject Condition(string text, string category)
    {
        var finding = Finding.In(text, 0, text.Length, "SNOMED_CT_US_LITE").FirstOrDefault();
        return Of("Condition")
            .Set("clinicalStatus", Coded(Terminology + "condition-clinical", "active", "Active"))
            .Set("verificationStatus", finding?.IsNegated == true
                ? Coded(Terminology + "condition-ver-status", "refuted", "Refuted")
                : Coded(Terminology + "condition-ver-status", "confirmed", "Confirmed"))
            .Set("category", new JsonArray(Coded(Terminology + "condition-category", category, category)))
            .Set("code", Concept(text, "SNOMED_CT_US_LITE"))
            .Set("subject", Patient());
    }

    private static JsonObject Observation(string text, string category)
    {
        var vitals = VitalText.Read(text);
        var observation = Of("Observation")
            .Set("status", "final")
            .Set("category", new JsonArray(Coded(Terminology + "observation-category", category, category)))
            .Set("code", Concept(text, "LOINC")).Set("subject", Patient());
        return vitals.Count == 1 ? observation.Set("valueQuantity", vitals[0].Quantity) : observation.Set("valueString", text);
    }

    private static JsonObject? VitalSigns(string text)
    {
        var vitals = VitalText.Read(text);
        if (vitals.Count == 0)
        {
            return null;
        }

        var observation = Of("Observation").Set("status", "final")
            .Set("category", new JsonArray(Coded(Terminology + "observation-category", "vital-signs", "Vital Signs"))).Set("subject", Patient());
        if (vitals.Count == 1)
        {
            return observation.Set("code", vitals[0].Concept).Set("valueQuantity", vitals[0].Quantity);
        }

        var isPressure = vitals.Count == 2 && vitals[0].Code == "8480-6";
        observation.Set("code", isPressure
            ? Coded("http://loinc.org", "85354-9", "Blood pressure panel with all children optional")
            : Coded("http://loinc.org", "85353-1", "Vital signs, weight, height, head circumference, oxygen saturation and BMI panel"));
        return observation.Set(
            "component",
            new JsonArray([.. vitals.Select(vital => (JsonNode)new JsonObject { ["code"] = vital.Concept, ["valueQuantity"] = vital.Quantity })]));
    }

    private static JsonObject Concept(string text, string system)
    {
        var uri = system switch { "RXNORM" => "http://www.nlm.nih.gov/research/umls/rxnorm", "LOINC" => "http://loinc.org", _ => "http://snomed.info/sct" };
        var codings = Finding.In(text, 0, text.Length, system)
            .Take(1)
            .Select(finding => (JsonNode)Coding(uri, finding.Entry.Code, finding.Entry.Description))
            .ToArray();
        return codings.Length == 0 ? new() { ["text"] = text } : new() { ["coding"] = new JsonArray(codings), ["text"] = text };
    }

    private static JsonObject Coded(string system, string code, string display) => new() { ["coding"] = new JsonArray(Coding(system, code, display)) };

    private static JsonObject Coding(string system, string code, string display) => new() { ["system"] = system, ["code"] = code, ["display"] = display };

    private static JsonObject Patient() => new() { ["display"] = "The patient of the text" };

    public static JsonObject Narrative(string text) => new()
    {
        ["status"] = "generated",
        ["div"] = $"<div xmlns=\"http://www.w3.org/1999/xhtml\">{System.Net.WebUtility.HtmlEncode(text)}</div>",
    };
}
