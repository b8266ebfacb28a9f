using System.Text.Json.Serialization;

namespace HealthMcp.Upstreams.PhenoML.Codes;

/// <summary>Arguments of the tools about codes; names are the vendor's, in snake_case.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ExtractCodesInput))]
[JsonSerializable(typeof(ExtractBody))]
[JsonSerializable(typeof(ListCodeSystemsInput))]
[JsonSerializable(typeof(SearchCodesInput))]
[JsonSerializable(typeof(GetCodeInput))]
[JsonSerializable(typeof(ListCodesInput))]
[JsonSerializable(typeof(UploadCodeSystemInput))]
[JsonSerializable(typeof(IReadOnlyList<CodeInput>))]
[JsonSerializable(typeof(ExportCodeSystemInput))]
[JsonSerializable(typeof(DeleteCodeSystemInput))]
[JsonSerializable(typeof(SubmitCodeFeedbackInput))]
internal sealed partial class CodesJson : JsonSerializerContext;
