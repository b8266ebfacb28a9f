using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.DrCloud.Exporting;

internal sealed record ExportInput : PagedInput
{
    [Description("start: begin a job. status: see how far it is. read: look at records. save: copy all to a file. cancel: end it and remove its file.")]
    [AllowedValues("start", "status", "read", "save", "cancel")]
    public required string Action { get; init; }

    [Description("The export that start answered, exp-…. For every action but start.")]
    [RegularExpression(@"^exp-[0-9a-f]{16}$")]
    public string? Export { get; init; }

    [Description("What start exports: system (all there is), patients (all that belongs to patients), group (the patients of one group).")]
    [AllowedValues("system", "patients", "group"), DefaultValue("patients")]
    public string? Of { get; init; }

    [Description("Handle of the group, from drcloud_fhir_search with type Group; only with of: group.")]
    [Handle("*", DrCloudEndpoints.System), MinLength(1), MaxLength(200)]
    public string? Group { get; init; }

    [Description("With start: only these FHIR types; all that were granted if left out. With read: the one type to look at.")]
    [MaxLength(25)]
    public IReadOnlyList<string>? Types { get; init; }

    [Description("With start: only records that changed on or after this day, YYYY-MM-DD. Where days are withheld, the whole year counts.")]
    [Format("date"), MaxLength(10)]
    public string? Since { get; init; }

    [Description("How long status waits for the job to be ready, and save goes on copying, in seconds; then call again. Default 30.")]
    [Range(0, 600), DefaultValue(30)]
    public int? WaitSeconds { get; init; }
}
