using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.Definitions;

/// <summary>Arguments of <c>list_definitions</c>.</summary>
internal sealed record ListDefinitionsInput : PagedInput
{
    [Description("Which definitions: alert, field (custom fields) or tag.")]
    [AllowedValues("alert", "field", "tag")]
    public required string Kind { get; init; }

    [Description("Reads this one alone: its handle (adef_…, fdef_… or tdef_…) from an earlier answer. No filter with it.")]
    [Handle("*", "patients"), MaxLength(100)]
    public string? DefinitionUuid { get; init; }

    [Description("Words looked for in the names. No names of persons where names are withheld.")]
    [NoNames, MinLength(1), MaxLength(200)]
    public string? Search { get; init; }

    [Description("For alert and tag: only this category, exactly as written.")]
    [NoNames, MinLength(1), MaxLength(200)]
    public string? Category { get; init; }
}

/// <summary>Arguments of <c>save_definition</c>; each for the kinds that have it.</summary>
internal sealed record SaveDefinitionInput : WriteInput
{
    [Description("Which kind of definition: alert, field (custom field) or tag.")]
    [AllowedValues("alert", "field", "tag")]
    public required string Kind { get; init; }

    [Description("The definition to change: its handle from list_definitions. Leave it out to make a new one.")]
    [Handle("*", "patients"), MaxLength(100)]
    public string? DefinitionUuid { get; init; }

    [Description("Name that users see, e.g. Fall risk. Needed for a new one.")]
    [MinLength(1), MaxLength(200)]
    public string? Name { get; init; }

    [Description("What it is for, in a sentence.")]
    [MaxLength(2000 - Authorship.Room)]
    public string? Description { get; init; }

    [Description("Position in lists, from 0.")]
    [Range(0, 100000)]
    public int? ItemOrder { get; init; }

    [Description("For alert and tag: group in which it is listed.")]
    [MaxLength(200)]
    public string? Category { get; init; }

    [Description("For alert: whether new alerts of this kind start as urgent.")]
    public bool? DefaultIsUrgent { get; init; }

    [Description("For alert: patient shows it on one chart, family on the charts of all who share the guarantor.")]
    [AllowedValues("patient", "family")]
    public string? DefaultScope { get; init; }

    [Description("For field: kind of value, as the practice's system words it, e.g. text, number, date, boolean or dropdown. Needed for a new field.")]
    [MinLength(1), MaxLength(50)]
    public string? FieldType { get; init; }

    [Description("For field: the choices of a dropdown, all of them in order.")]
    [MaxLength(200)]
    public IReadOnlyList<string>? DropdownOptions { get; init; }

    [Description("For field: whether a value must be given.")]
    public bool? IsRequired { get; init; }

    [Description("For tag: colour, e.g. #2b6cb0.")]
    [MaxLength(30)]
    public string? Color { get; init; }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(SaveDefinitionInput);
}

/// <summary>Arguments of <c>archive_definition</c>.</summary>
internal sealed record ArchiveDefinitionInput : WriteInput
{
    [Description("Which kind of definition: alert, field (custom field) or tag.")]
    [AllowedValues("alert", "field", "tag")]
    public required string Kind { get; init; }

    [Description("The definition to archive: its handle from list_definitions.")]
    [Handle("*", "patients"), MaxLength(100)]
    public required string DefinitionUuid { get; init; }
}

/// <summary>Arguments of the tools about definitions; names are the vendor's, in snake_case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ListDefinitionsInput))]
[JsonSerializable(typeof(SaveDefinitionInput))]
[JsonSerializable(typeof(ArchiveDefinitionInput))]
internal sealed partial class DefinitionsJson : JsonSerializerContext;
