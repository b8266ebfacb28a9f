using System.Text.Json.Serialization;

namespace HealthMcp.Upstreams.Patients.People;

/// <summary>Arguments of the tools about people; names are the vendor's, in snake_case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SearchPatientsInput))]
[JsonSerializable(typeof(GetPatientInput))]
[JsonSerializable(typeof(GetMedicalSummaryInput))]
[JsonSerializable(typeof(ListPatientRecordsInput))]
[JsonSerializable(typeof(CountPatientsByLocationInput))]
[JsonSerializable(typeof(CheckDuplicatePatientsInput))]
internal sealed partial class PeopleJson : JsonSerializerContext;
