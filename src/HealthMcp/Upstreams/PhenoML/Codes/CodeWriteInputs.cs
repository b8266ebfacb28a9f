using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.PhenoML.Codes;

/// <summary>Arguments of <c>upload_code_system</c>: those of the contract, and the file also as plain text.</summary>
internal sealed record UploadCodeSystemInput : WriteInput
{
    [Description("Name of the code system, e.g. CLINIC_CODES. PhenoML stores it in capitals; names of built-in ones cannot be used.")]
    [MinLength(1), MaxLength(200)]
    public required string Name { get; init; }

    [Description("Version, e.g. 1.0. A new version stands beside the older ones.")]
    [MinLength(1), MaxLength(100)]
    public required string Version { get; init; }

    [Description("Revision number, if you count them.")]
    [Range(0, 1_000_000_000)]
    public double? Revision { get; init; }

    [Description("csv: a table with a line of column names, in text or file; needs code_col and desc_col. "
        + "json: codes, or an array of {code, description, definition} in text or file.")]
    [AllowedValues("csv", "json")]
    public required string Format { get; init; }

    [Description("For json: the codes themselves. Give this, text or file.")]
    [MinLength(1), MaxLength(20_000)]
    public IReadOnlyList<CodeInput>? Codes { get; init; }

    [Description("Content of the file as it is (UTF-8 CSV or JSON). Give this, codes or file.")]
    [MaxLength(900_000)]
    public string? Text { get; init; }

    [Description("Content of the file as base64 (RFC 4648, no line breaks), up to about 700 KB of file. Give this, codes or text.")]
    [MaxLength(1_000_000)]
    public string? File { get; init; }

    [Description("For csv: name of the column with the codes, e.g. code.")]
    [MinLength(1), MaxLength(200)]
    public string? CodeCol { get; init; }

    [Description("For csv: name of the column with the descriptions, e.g. description.")]
    [MinLength(1), MaxLength(200)]
    public string? DescCol { get; init; }

    [Description("For csv: name of the column with longer definitions, if there is one.")]
    [MinLength(1), MaxLength(200)]
    public string? DefnCol { get; init; }

    [Description("Replace the code system of this name and version, if it is there. Without it such an upload is refused.")]
    [DefaultValue(false)]
    public bool? Replace { get; init; }

    [Description("How long to wait until PhenoML has processed it, in seconds. Default 60; 0 does not wait.")]
    [Range(0, 300)]
    public int? WaitSeconds { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(UploadCodeSystemInput);
}

/// <summary>One code of an upload.</summary>
internal sealed record CodeInput
{
    [Description("The code, e.g. X001.")]
    [MinLength(1), MaxLength(200)]
    public required string Code { get; init; }

    [Description("What it stands for, in a few words.")]
    [MinLength(1), MaxLength(2000)]
    public required string Description { get; init; }

    [Description("Longer definition.")]
    [MaxLength(10_000)]
    public string? Definition { get; init; }
}

/// <summary>Arguments of <c>export_code_system</c>.</summary>
internal sealed record ExportCodeSystemInput : PagedInput
{
    [Description("Name of an uploaded code system; list_code_systems has it (builtin false).")]
    [MinLength(1), MaxLength(200)]
    public required string Name { get; init; }

    [Description("Version, where several of the name exist.")]
    [MinLength(1), MaxLength(100)]
    public string? Version { get; init; }
}

/// <summary>Arguments of <c>delete_code_system</c>.</summary>
internal sealed record DeleteCodeSystemInput : WriteInput
{
    [Description("Name of an uploaded code system; list_code_systems has it (builtin false).")]
    [MinLength(1), MaxLength(200)]
    public required string Name { get; init; }

    [Description("Version, where several of the name exist.")]
    [MinLength(1), MaxLength(100)]
    public string? Version { get; init; }
}

/// <summary>Arguments of <c>submit_code_feedback</c>.</summary>
internal sealed record SubmitCodeFeedbackInput : WriteInput
{
    [Description("The text that was given to extract_codes. It is sent to PhenoML and kept there: leave out what identifies a person.")]
    [MinLength(1), MaxLength(200_000)]
    public required string Text { get; init; }

    [Description("What extract_codes answered.")]
    public required CodeResultInput ReceivedResult { get; init; }

    [Description("What it should have answered.")]
    public required CodeResultInput ExpectedResult { get; init; }

    [Description("Why, in a sentence.")]
    [MinLength(1), MaxLength(4000 - Authorship.Room)]
    public string? Detail { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(SubmitCodeFeedbackInput);
}

/// <summary>A result of an extraction.</summary>
internal sealed record CodeResultInput
{
    [Description("Code system of the codes.")]
    public required CodeSystemChoice System { get; init; }

    [Description("The codes; an empty list where there are none.")]
    [MaxLength(1000)]
    public required IReadOnlyList<JudgedCodeInput> Codes { get; init; }
}

/// <summary>A code of such a result.</summary>
internal sealed record JudgedCodeInput
{
    [Description("The code, e.g. E11.65.")]
    [MinLength(1), MaxLength(200)]
    public required string Code { get; init; }

    [Description("Its description.")]
    [MinLength(1), MaxLength(2000)]
    public required string Description { get; init; }

    [Description("Whether it passed the check, as extract_codes said.")]
    [DefaultValue(true)]
    public bool? Valid { get; init; }
}
