using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.People;

/// <summary>Arguments of <c>count_patients_by_location</c>.</summary>
internal sealed record CountPatientsByLocationInput : ToolInput
{
    [Description("First visit on or after this date, YYYY-MM-DD. Widened to 1 January of its year where full dates are withheld.")]
    [Format("date")]
    public string? DateFrom { get; init; }

    [Description("First visit before this date (itself not included), YYYY-MM-DD: 2025-01-01 counts up to the end of 2024. "
        + "Widened to the next 1 January where full dates are withheld.")]
    [Format("date")]
    public string? DateTo { get; init; }

    [Description("Statuses to count. Default: active only.")]
    [AllowedValues("active", "inactive", "prospective", "deceased", "archived"), MinLength(1), MaxLength(5)]
    public IReadOnlyList<string>? StatusSet { get; init; }
}
