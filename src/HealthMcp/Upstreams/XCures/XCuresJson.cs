using System.Text.Json.Serialization;
using HealthMcp.Upstreams.XCures.Applications;
using HealthMcp.Upstreams.XCures.Records;
using HealthMcp.Upstreams.XCures.Subjects;

namespace HealthMcp.Upstreams.XCures;

/// <summary>Arguments of the xCures tools; names are the vendor's, in camelCase.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SearchSubjectsInput))]
[JsonSerializable(typeof(GetClinicalConceptsInput))]
[JsonSerializable(typeof(ListProjectsInput))]
[JsonSerializable(typeof(OneSubjectInput))]
[JsonSerializable(typeof(CreateSubjectsInput))]
[JsonSerializable(typeof(UpdateSubjectInput))]
[JsonSerializable(typeof(RequestRecordsInput))]
[JsonSerializable(typeof(GetRecordRequestsInput))]
[JsonSerializable(typeof(GetApplicationInput))]
[JsonSerializable(typeof(CreateApplicationInput))]
[JsonSerializable(typeof(ResendApplicationInviteInput))]
internal sealed partial class XCuresJson : JsonSerializerContext;
