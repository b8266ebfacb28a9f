using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.XCures.Checklists;

/// <summary>Arguments of <c>list_checklists</c>.</summary>
internal sealed record ListChecklistsInput : ToolInput
{
    [Description("Kind of checklists; the registry has one kind today.")]
    [AllowedValues("questionnaire")]
    public string? Type { get; init; }
}

/// <summary>Arguments of <c>evaluate_checklist</c>.</summary>
internal sealed record EvaluateChecklistInput : PagedInput
{
    [Description("Handle of the checklist (chk_…), from list_checklists.")]
    [Handle("chk", "xcures"), MaxLength(100)]
    public required string ChecklistId { get; init; }

    [Description("Handle of the subject (subj_…), from search_subjects.")]
    [Handle("subj", "xcures"), MaxLength(100)]
    public required string Subject { get; init; }

    [Description("true makes a new evaluation, which takes the place of a recent one and needs a scope of its own. "
        + "Default false: a recent one is good enough unless records came since.")]
    public bool? Regenerate { get; init; }

    [Description("With regenerate: write.confirmation of the preview that the same call answered first. Good once, for ten minutes.")]
    [JsonPropertyName("confirmation"), JsonPropertyOrder(900), MaxLength(1000)]
    public string? Confirmation { get; init; }
}

/// <summary>Arguments of <c>submit_checklist_feedback</c>.</summary>
internal sealed record SubmitChecklistFeedbackInput : WriteInput
{
    [Description("Handle of the checklist (chk_…).")]
    [Handle("chk", "xcures"), MaxLength(100)]
    public required string ChecklistId { get; init; }

    [Description("Handle of the item (chkitem_…): checklistItem.id in evaluate_checklist, items.id in list_checklists.")]
    [Handle("chkitem", "xcures"), MaxLength(100)]
    public required string ChecklistItemId { get; init; }

    [Description("Handle of the subject (subj_…) whose evaluation is judged.")]
    [Handle("subj", "xcures"), MaxLength(100)]
    public required string Subject { get; init; }

    [Description("positive (right), negative (wrong), harmful (wrong in a way that could hurt the patient; needs comment).")]
    [AllowedValues("positive", "negative", "harmful")]
    public required string FeedbackType { get; init; }

    [Description("What is right or wrong, in a sentence for the vendor's staff. Needed when feedbackType is harmful. Leave out who the patient is.")]
    [MaxLength(2000 - Authorship.Room)]
    public string? Comment { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(SubmitChecklistFeedbackInput);
}
