using System.Text.Json;
using System.Text.Json.Serialization;

namespace HealthMcp.Upstreams.PhenoML.Providers;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ListFhirProvidersInput))]
[JsonSerializable(typeof(GetFhirProviderInput))]
[JsonSerializable(typeof(DeleteFhirProviderInput))]
[JsonSerializable(typeof(SaveFhirProviderInput))]
[JsonSerializable(typeof(ChangeProviderAuthInput))]
[JsonSerializable(typeof(ProviderFhirReadInput))]
[JsonSerializable(typeof(ProviderFhirSearchInput))]
[JsonSerializable(typeof(ProviderFhirWriteInput))]
[JsonSerializable(typeof(ProviderFhirBundleInput))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, JsonElement>))]
[JsonSerializable(typeof(IReadOnlyList<PatchOperation>))]
internal sealed partial class ProviderJson : JsonSerializerContext;
