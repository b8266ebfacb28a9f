namespace HealthMcp.Tests.Contracts.Traffic;

/// <summary>Calls that between them reach every endpoint of xCures, as one script.</summary>
internal static class XCuresCalls
{
    private static readonly string[] Kinds =
    [
        "condition", "medication", "allergy", "procedure", "biomarker", "lab", "vital", "imaging", "radiation", "encounter",
        "family_history", "social_history", "survey", "coverage", "demographic",
    ];

    private static readonly string[] Types =
    [
        "AllergyIntolerance", "Basic", "CarePlan", "Coverage", "Condition", "DiagnosticReport", "Encounter", "MedicationStatement", "Patient", "Procedure",
        "Observation", "Specimen",
    ];

    public static readonly IReadOnlyList<CallStep> All =
    [
        new("search_subjects", """{"firstName":"Marissa","lastName":"Jones"}""") { Keep = [("subject", "data.0.id")] },
        .. Kinds.SelectMany(Concept),
        .. Documents,
        .. Fhir,
        .. Checklists,
        .. XCuresPeopleCalls.All,
    ];

    private static CallStep[] Documents =>
    [
        new("search_documents", """{"subject":"<subject>"}""") { Keep = [("document", "data.0.id")] },
        new("get_document", """{"documentId":"<document>"}"""),
        new("get_document", """{"documentId":"<document>","privacy":"deidentified"}"""),
        new("get_document", """{"documentId":"<document>","content":"pdf"}"""),
        new("upload_document", """
            {"subject":"<subject>","fileName":"n.txt","contentType":"text/plain","text":"Well.","documentDate":"2024-05-01","informationTypes":["Note"]}
            """)
        {
            Keep = [("made", "data.id")],
        },
        new("update_document", """{"documentId":"<made>","documentName":"Visit","documentLocation":"Clinic","documentDate":"2024-05-02"}"""),
        new("list_publish_templates", "{}") { Keep = [("template", "data.0.id")] },
        new("publish_document", """{"documentId":"<made>","templateId":"<template>"}"""),
        new("unpublish_document", """{"documentId":"<made>"}"""),
    ];

    private static IEnumerable<CallStep> Fhir =>
    [
        .. Types.Select(type => new CallStep("get_fhir_resources", $$"""{"subject":"<subject>","type":"{{type}}"}""")),
        new("export_fhir", """{"subject":"<subject>"}"""),
    ];

    private static CallStep[] Checklists =>
    [
        new("list_checklists", """{"type":"questionnaire"}""") { Keep = [("checklist", "data.0.id"), ("question", "data.0.items.0.id")] },
        new("evaluate_checklist", """{"subject":"<subject>","checklistId":"<checklist>","regenerate":true}"""),
        new("submit_checklist_feedback", """
            {"subject":"<subject>","checklistId":"<checklist>","checklistItemId":"<question>","feedbackType":"harmful","comment":"The dose is wrong."}
            """),
    ];

    private static CallStep[] Concept(string kind) =>
    [
        new("get_clinical_concepts", $$"""{"subject":"<subject>","kinds":["{{kind}}"]}""") { Keep = [(kind, $"data.{kind}.0.id")] },
        new("get_clinical_concepts", $$"""{"subject":"<subject>","kinds":["{{kind}}"],"id":"<{{kind}}>"}"""),
    ];
}
