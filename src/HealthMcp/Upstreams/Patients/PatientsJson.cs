using System.Text.Json.Serialization;

namespace HealthMcp.Upstreams.Patients;

/// <summary>Arguments of the Patients tools; names are the vendor's, in snake_case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RecordVitalsInput))]
internal sealed partial class PatientsJson : JsonSerializerContext;
