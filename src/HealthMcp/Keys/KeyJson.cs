using System.Text.Json.Serialization;

namespace HealthMcp.Keys;

/// <summary>What stands in the file of keys.</summary>
internal sealed record KeyList(int Version, IReadOnlyList<RegistrationKey> Keys);

/// <summary>What stands in the sealed file of registrations.</summary>
internal sealed record RegistrationList(int Version, IReadOnlyList<Registration> Registrations);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    WriteIndented = true)]
[JsonSerializable(typeof(KeyList))]
[JsonSerializable(typeof(RegistrationList))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class KeyJson : JsonSerializerContext;
