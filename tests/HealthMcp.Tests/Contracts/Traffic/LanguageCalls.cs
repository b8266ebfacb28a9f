using System.Text;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Contracts.Traffic;

/// <summary>Calls that reach text to FHIR, documents, profiles, stored text and questions in words.</summary>
internal static class LanguageCalls
{
    public const string Note = "John Smith, 45-year-old male, diagnosed with Type 2 Diabetes. Prescribed Metformin 500mg twice daily. Blood pressure 140/90.";

    public const string Profile = """
        {\"resourceType\":\"StructureDefinition\",\"id\":\"Clinic-Condition\",\"url\":\"http://example.org/StructureDefinition/clinic-condition\",\"type\":\"Condition\",\"snapshot\":{\"element\":[{\"id\":\"Condition\",\"path\":\"Condition\"}]}}
        """;

    public static readonly IReadOnlyList<CallStep> All =
    [
        new("extract_codes", """{"text":"Type 2 diabetes, no fever.","system":{"name":"ICD-10-CM"},"config":{"include_citations":true}}"""),
        new("lang2fhir_create", """{"text":"severe asthma with acute exacerbation","resource":"condition-encounter-diagnosis"}"""),
        new("lang2fhir_create_multi", $$"""{"text":"{{Note}}","validation_method":"check","detection_effort":"deep"}"""),
        new("lang2fhir_document", $$"""{"content":"{{Pdf}}","resource":"questionnaire"}"""),
        new("lang2fhir_document", $$"""{"content":"{{Pdf}}","multi":true,"page_context":"clinical notes, diagnoses"}"""),
        new("lang2fhir_search", """{"text":"Appointments between March 2-9, 2025"}"""),
        new("upload_fhir_profile", $$"""{"definition":"{{Profile.Trim()}}","implementation_guide":"clinic","profile_context":"Prefer it."}"""),
        new("list_fhir_providers", "{}") { Keep = [("provider", "data.0.id")] },
        new("store_fhir_from_text", """{"text":"Patient John Doe has severe asthma.","resource":"condition-encounter-diagnosis","provider":"<provider>"}"""),
        new("store_fhir_from_text", $$"""{"text":"{{Note}}","multi":true,"provider":"<provider>"}"""),
        new("search_fhir_by_text", """{"text":"conditions with diabetes","provider":"<provider>","count":5}"""),
    ];

    /// <summary>A PDF with one page for each text, base64.</summary>
    public static string PdfOf(params string[] pages)
    {
        var streams = pages.Select((page, at) =>
            $"{at + 4} 0 obj << /Length {page.Length + 40} >>\nstream\nBT /F1 12 Tf 72 720 Td ({page}) Tj ET\nendstream\nendobj");
        return Convert.ToBase64String(Encoding.Latin1.GetBytes($"%PDF-1.4\n{string.Join('\n', streams)}\ntrailer << /Root 1 0 R >>\n%%EOF\n"));
    }

    private static string Pdf => PdfOf(Note, "Insurance form. Nothing else.");
}
