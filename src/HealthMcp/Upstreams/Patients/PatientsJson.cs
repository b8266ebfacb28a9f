using System.Text.Json.Serialization;
using HealthMcp.Upstreams.Patients.Clinical;

namespace HealthMcp.Upstreams.Patients;

/// <summary>Arguments of the Patients tools; names are the vendor's, in snake_case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RecordVitalsInput))]
[JsonSerializable(typeof(CorrectVitalsInput))]
[JsonSerializable(typeof(GetVitalsInput))]
internal sealed partial class PatientsJson : JsonSerializerContext;
