namespace HealthMcp.Upstreams.XCures.Checklists;

/// <summary>JSON Schemas of <c>data</c>. They require no field: each may be withheld, or left out by <c>fields</c>.</summary>
internal static class ChecklistSchemas
{
    private const string Item = """
        {"type":"object","properties":{"id":{"type":"string","description":"Handle (chkitem_…)."},"name":{"type":"string"},"sortOrder":{"type":"number"}}}
        """;

    public const string Checklists = $$"""
        {"type":"array","items":{"type":"object","properties":{
        "id":{"type":"string","description":"Handle (chk_…) for evaluate_checklist."},"name":{"type":"string"},
        "items":{"type":"array","items":{{Item}} } } } }
        """;

    public const string Evaluation = $$"""
        {"type":"object","properties":{
        "evaluation":{"type":["object","null"],"properties":{"eligibilitySatisfied":{"type":"boolean","description":"Whether the minimum criteria are met."} } },
        "items":{"type":"array","items":{"type":"object","properties":{
        "checklistItem":{{Item}},"meetsCriteria":{"type":"boolean"},
        "answer":{"type":"string"},"justification":{"type":"string","description":"Why, in xCures' words."},
        "clinicalConcepts":{"type":"array","items":{"type":"object"},"description":"Concepts that the answer rests on."},
        "documentSections":{"type":"array","items":{"type":"object"},"description":"Where in the documents it stands."},
        "documentIds":{"type":"array","items":{"type":"string"} } } } } } }
        """;

    public const string Feedback = """
        {"type":"object","properties":{
        "checklistId":{"type":"string"},"checklistItemId":{"type":"string"},"subjectId":{"type":"string"},"feedbackType":{"type":"string"}}}
        """;
}
