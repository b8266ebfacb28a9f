using System.Text.Json.Serialization;

namespace HealthMcp.Upstreams.PhenoML.Fhir;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CreateFhirMultiInput))]
[JsonSerializable(typeof(DocumentToFhirInput))]
[JsonSerializable(typeof(SearchFromTextInput))]
[JsonSerializable(typeof(SearchFhirByTextInput))]
[JsonSerializable(typeof(UploadProfileInput))]
[JsonSerializable(typeof(StoreFhirFromTextInput))]
internal sealed partial class LanguageJson : JsonSerializerContext;
