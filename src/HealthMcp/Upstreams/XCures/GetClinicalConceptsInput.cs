using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.XCures;

/// <summary>Arguments of <c>get_clinical_concepts</c>, named as in the vendor's contract where it has a name for them.</summary>
internal sealed record GetClinicalConceptsInput : PagedInput
{
    [Description("Handle of the subject (subj_…), from search_subjects.")]
    [Handle("subj", "xcures"), MaxLength(100)]
    public required string Subject { get; init; }

    [Description("Kinds of concepts, read side by side. Default: condition, medication, allergy, procedure, biomarker, lab, vital. "
        + "Name the kinds you need; fewer kinds leave room for more rows.")]
    [AllowedValues(
        "condition", "medication", "allergy", "procedure", "biomarker", "lab", "vital", "imaging", "radiation", "encounter",
        "family_history", "social_history", "survey", "coverage", "demographic")]
    [MinLength(1), MaxLength(15)]
    public IReadOnlyList<string>? Kinds { get; init; }

    [Description("Handle of one concept (cc_…), to read it alone. Needs exactly one kind, and no filter.")]
    [Handle("cc", "xcures"), MaxLength(100)]
    public string? Id { get; init; }

    [Description("Words to look for, e.g. breast cancer, metformin, EGFR. "
        + "Clinical words only: where identifiers are withheld, names, dates and addresses are refused, and lone numbers left out.")]
    [NoNames, MaxLength(200)]
    public string? SearchTerm { get; init; }

    [Description("How searchTerm is matched: lexical (the words), semantic (the meaning), hybrid (both; default). Needs searchTerm.")]
    [AllowedValues("lexical", "semantic", "hybrid")]
    public string? SearchTermMode { get; init; }

    [Description("Code of the concept, e.g. C50.911 or 860975. Give codeSystem too, because systems share codes.")]
    [NoNames, MaxLength(100)]
    public string? Code { get; init; }

    [Description("URI of the code system: http://snomed.info/sct, http://loinc.org, "
        + "http://www.nlm.nih.gov/research/umls/rxnorm, http://hl7.org/fhir/sid/icd-10-cm …")]
    [Format("uri"), MaxLength(300)]
    public string? CodeSystem { get; init; }

    [Description("On or after this date, YYYY-MM-DD. Widened to 1 January of its year where full dates are withheld.")]
    [Format("date")]
    public string? DateStart { get; init; }

    [Description("On or before this date, YYYY-MM-DD. Widened to 31 December of its year where full dates are withheld.")]
    [Format("date")]
    public string? DateEnd { get; init; }

    [Description("date (default here; newest first) or score (best match first, useful with searchTerm).")]
    [AllowedValues("date", "score")]
    public string? SortField { get; init; }

    [Description("Default true: newest or best first.")]
    public bool? SortIsDescending { get; init; }

    [Description("Rows per kind and page. Default 25 for one kind, 10 for several.")]
    [Range(1, 100)]
    public int? PageSize { get; init; }
}
