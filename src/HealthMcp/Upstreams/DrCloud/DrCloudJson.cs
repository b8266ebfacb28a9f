using System.Text.Json.Serialization;
using HealthMcp.Upstreams.DrCloud.Exporting;
using HealthMcp.Upstreams.DrCloud.Generating;
using HealthMcp.Upstreams.DrCloud.Reading;
using HealthMcp.Upstreams.DrCloud.Saving;
using HealthMcp.Upstreams.DrCloud.Search;

namespace HealthMcp.Upstreams.DrCloud;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(FhirSearchInput))]
[JsonSerializable(typeof(FhirReadInput))]
[JsonSerializable(typeof(CapabilityInput))]
[JsonSerializable(typeof(ExportInput))]
[JsonSerializable(typeof(GenerateInput))]
[JsonSerializable(typeof(ExportJob))]
[JsonSerializable(typeof(SavePractitionerInput))]
internal sealed partial class DrCloudJson : JsonSerializerContext;
