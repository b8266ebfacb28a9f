using System.Text.Json.Serialization;

namespace HealthMcp.Writes;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(KeptWrite))]
[JsonSerializable(typeof(Approval))]
[JsonSerializable(typeof(Dictionary<string, CodeTries.Count>))]
internal sealed partial class WritesJson : JsonSerializerContext;
