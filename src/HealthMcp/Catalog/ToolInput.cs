using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace HealthMcp.Catalog;

/// <summary>Arguments that every tool has. The pipeline reads them; tool methods do not.</summary>
internal abstract record ToolInput
{
    [Description("Only these fields of each row, by name (dots for nested ones, e.g. code.text). Default: all.")]
    [JsonPropertyName("fields"), JsonPropertyOrder(900), MaxLength(60)]
    public IReadOnlyList<string>? Fields { get; init; }

    [Description("Largest answer in bytes; whole rows only, the rest can be paged to. Default 24576.")]
    [JsonPropertyName("max_bytes"), JsonPropertyOrder(900), Range(1024, 262144)]
    public int? MaxBytes { get; init; }

    [Description("Ask for a stricter privacy level than you were granted. It can only lower what you see.")]
    [JsonPropertyName("privacy"), JsonPropertyOrder(900), AllowedValues("deidentified", "limited", "identified")]
    public string? Privacy { get; init; }
}

/// <summary>Arguments of a tool whose answer comes in pages.</summary>
internal abstract record PagedInput : ToolInput
{
    [Description("page.cursor of the previous answer, to go on where it ended. Repeat the other arguments unchanged.")]
    [JsonPropertyName("cursor"), JsonPropertyOrder(900), MaxLength(2000)]
    public string? Cursor { get; init; }
}

/// <summary>Arguments of a tool that changes something.</summary>
internal abstract record WriteInput : ToolInput
{
    [Description("write.confirmation of the preview that the same call answered first. Repeat the other arguments unchanged; good once, for ten minutes.")]
    [JsonPropertyName("confirmation"), JsonPropertyOrder(900), MaxLength(1000)]
    public string? Confirmation { get; init; }
}
