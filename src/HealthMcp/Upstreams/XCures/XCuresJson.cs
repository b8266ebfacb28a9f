using System.Text.Json.Serialization;
using HealthMcp.Upstreams.XCures.Applications;
using HealthMcp.Upstreams.XCures.Checklists;
using HealthMcp.Upstreams.XCures.Documents;
using HealthMcp.Upstreams.XCures.Fhir;
using HealthMcp.Upstreams.XCures.Records;
using HealthMcp.Upstreams.XCures.Subjects;

namespace HealthMcp.Upstreams.XCures;

/// <summary>Arguments of the xCures tools; names are the vendor's, in camelCase.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SearchSubjectsInput))]
[JsonSerializable(typeof(GetClinicalConceptsInput))]
[JsonSerializable(typeof(SearchDocumentsInput))]
[JsonSerializable(typeof(GetDocumentInput))]
[JsonSerializable(typeof(UploadDocumentInput))]
[JsonSerializable(typeof(UpdateDocumentInput))]
[JsonSerializable(typeof(PublishDocumentInput))]
[JsonSerializable(typeof(UnpublishDocumentInput))]
[JsonSerializable(typeof(ListPublishTemplatesInput))]
[JsonSerializable(typeof(GetFhirResourcesInput))]
[JsonSerializable(typeof(ExportFhirInput))]
[JsonSerializable(typeof(ListChecklistsInput))]
[JsonSerializable(typeof(EvaluateChecklistInput))]
[JsonSerializable(typeof(SubmitChecklistFeedbackInput))]
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
