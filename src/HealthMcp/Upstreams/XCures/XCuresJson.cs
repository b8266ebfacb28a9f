using System.Text.Json.Serialization;
using HealthMcp.Upstreams.XCures.Checklists;
using HealthMcp.Upstreams.XCures.Documents;
using HealthMcp.Upstreams.XCures.Fhir;

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
internal sealed partial class XCuresJson : JsonSerializerContext;
