using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.XCures.Subjects;

/// <summary>Arguments of <c>get_subject</c> and <c>get_subject_summary</c>.</summary>
internal sealed record OneSubjectInput : ToolInput
{
    [Description("Handle of the subject (subj_…), from search_subjects.")]
    [Handle("subj", "xcures"), MaxLength(100)]
    public required string Subject { get; init; }
}

/// <summary>Arguments of <c>create_subjects</c>.</summary>
internal sealed record CreateSubjectsInput : WriteInput
{
    [Description("One to ten persons, e.g. [{\"firstName\":\"Ann\",\"lastName\":\"Example\",\"birthDate\":\"1980-01-02\"}].")]
    [MinLength(1), MaxLength(10)]
    public required IReadOnlyList<NewSubject> Subjects { get; init; }

    [Description("true starts a live request for each person's records in the health networks at once. Default false: use request_records when it is wanted.")]
    [DefaultValue(false)]
    public bool? InitiateEhrQueries { get; init; }
}

/// <summary>Arguments of <c>update_subject</c>.</summary>
internal sealed record UpdateSubjectInput : WriteInput
{
    [Description("Handle of the subject (subj_…), from search_subjects.")]
    [Handle("subj", "xcures"), MaxLength(100)]
    public required string Subject { get; init; }

    [Description("The fields that are to be different, e.g. {\"phoneNumber\":\"555-123-4567\"}. "
        + "What is left out stays as it is; a list replaces the whole list.")]
    public SubjectChanges? Changes { get; init; }

    [Description("Fields to empty.")]
    [AllowedValues(
        "middleName", "email", "birthDate", "deathDate", "gender", "addressLine1", "addressLine2", "addressCity", "addressState",
        "addressPostalCode", "phoneNumber")]
    [MaxLength(11)]
    public IReadOnlyList<string>? Clear { get; init; }
}
