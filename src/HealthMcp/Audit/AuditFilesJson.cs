using System.Text.Json.Serialization;

namespace HealthMcp.Audit;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(AuditKeyList))]
[JsonSerializable(typeof(SegmentList))]
internal sealed partial class AuditFilesJson : JsonSerializerContext;
