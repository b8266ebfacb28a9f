using System.Text.Json.Serialization;

namespace HealthMcp.Upstreams.PhenoML;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CreateFhirInput))]
[JsonSerializable(typeof(CreateFhirBody))]
internal sealed partial class PhenoMLJson : JsonSerializerContext;
