using System.Text.Json.Serialization;

namespace HealthMcp.Upstreams.PhenoML.Codes;

/// <summary>Arguments of the tools about codes; names are the vendor's, in snake_case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ExtractCodesInput))]
[JsonSerializable(typeof(ExtractBody))]
internal sealed partial class CodesJson : JsonSerializerContext;
