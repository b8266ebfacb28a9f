using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.PhenoML.Codes;

/// <summary>Arguments of <c>list_code_systems</c>.</summary>
internal sealed record ListCodeSystemsInput : ToolInput
{
    [Description("Only this code system, with its status and dates, e.g. ICD-10-CM. Without it all are listed.")]
    [MinLength(1), MaxLength(200)]
    public string? Name { get; init; }

    [Description("Version, where several of the name exist. Needs name.")]
    [MinLength(1), MaxLength(100)]
    public string? Version { get; init; }
}

/// <summary>Arguments of <c>search_codes</c>.</summary>
internal sealed record SearchCodesInput : ToolInput
{
    [Description("Code system to search, e.g. ICD-10-CM, SNOMED_CT_US_LITE, RXNORM, LOINC, HPO; list_code_systems has all.")]
    [MinLength(1), MaxLength(200)]
    public required string CodeSystem { get; init; }

    [Description("What to look for. For semantic: a description in plain words (\"trouble breathing at night\"). "
        + "For text: keywords or a part of a code (\"E11\", \"diabtes\"). It is sent to PhenoML: leave names of persons out.")]
    [MinLength(1), MaxLength(1000)]
    public required string Text { get; init; }

    [Description("semantic (default) finds what means the same in other words; text finds keywords, typing mistakes and parts of codes, "
        + "is faster, and works in built-in code systems only.")]
    [AllowedValues("semantic", "text"), DefaultValue("semantic")]
    public string? Method { get; init; }

    [Description("Version of the code system, where several exist.")]
    [MinLength(1), MaxLength(100)]
    public string? Version { get; init; }

    [Description("Most results: up to 50 for semantic (default 10), up to 100 for text (default 20).")]
    [Range(1, 100)]
    public int? Limit { get; init; }
}

/// <summary>Arguments of <c>get_code</c>.</summary>
internal sealed record GetCodeInput : ToolInput
{
    [Description("Code system of the code, e.g. ICD-10-CM.")]
    [MinLength(1), MaxLength(200)]
    public required string CodeSystem { get; init; }

    [Description("The code, e.g. E11.65 or 44054006. ICD-10-CM codes may be written with or without the dot.")]
    [MinLength(1), MaxLength(200)]
    public required string Code { get; init; }

    [Description("Version of the code system, where several exist.")]
    [MinLength(1), MaxLength(100)]
    public string? Version { get; init; }
}

/// <summary>Arguments of <c>list_codes</c>.</summary>
internal sealed record ListCodesInput : PagedInput
{
    [Description("Code system whose codes are listed, e.g. ICD-10-CM.")]
    [MinLength(1), MaxLength(200)]
    public required string CodeSystem { get; init; }

    [Description("Version of the code system, where several exist.")]
    [MinLength(1), MaxLength(100)]
    public string? Version { get; init; }

    [Description("Codes in one page. Default 20.")]
    [Range(1, 200)]
    public int? Limit { get; init; }
}
