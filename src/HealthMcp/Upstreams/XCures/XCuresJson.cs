using System.Text.Json.Serialization;

namespace HealthMcp.Upstreams.XCures;

/// <summary>Arguments of the xCures tools; names are the vendor's, in camelCase.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SearchSubjectsInput))]
[JsonSerializable(typeof(GetClinicalConceptsInput))]
internal sealed partial class XCuresJson : JsonSerializerContext;
