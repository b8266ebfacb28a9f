using System.Text.Json.Serialization;
using HealthMcp.Upstreams.Patients.Clinical;

namespace HealthMcp.Upstreams.Patients;

/// <summary>Arguments of the Patients tools; names are the vendor's, in snake_case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RecordVitalsInput))]
[JsonSerializable(typeof(CorrectVitalsInput))]
[JsonSerializable(typeof(GetVitalsInput))]
[JsonSerializable(typeof(RecordAllergyInput))]
[JsonSerializable(typeof(UpdateAllergyInput))]
[JsonSerializable(typeof(RecordProblemInput))]
[JsonSerializable(typeof(UpdateProblemInput))]
[JsonSerializable(typeof(RecordMedicationInput))]
[JsonSerializable(typeof(UpdateMedicationInput))]
[JsonSerializable(typeof(ArchiveInput))]
internal sealed partial class PatientsJson : JsonSerializerContext;
