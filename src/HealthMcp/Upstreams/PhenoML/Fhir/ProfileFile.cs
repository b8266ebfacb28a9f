using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using HealthMcp.Catalog;
using HealthMcp.FhirR4;

namespace HealthMcp.Upstreams.PhenoML.Fhir;

/// <summary>A StructureDefinition on its way up, with what PhenoML will derive from it.</summary>
internal sealed partial record ProfileFile(byte[] Bytes, string Id, string Url, string Type, int Elements)
{
    private const int MostBytes = 720_000;

    /// <exception cref="CallFailureException">PhenoML would refuse it, or would take it for another.</exception>
    public static ProfileFile Read(UploadProfileInput input)
    {
        if ((input.Definition is null) == (input.Profile is null))
            throw CallFailureException.Invalid("definition", "Give either definition or profile: one StructureDefinition, once.");
        if (string.Equals(input.ImplementationGuide, "us_core", StringComparison.OrdinalIgnoreCase))
            throw CallFailureException.Invalid("implementation_guide", "us_core is reserved: give the guide another name, or leave it out for custom.");
        var argument = input.Definition is null ? "profile" : "definition";
        var bytes = input.Definition is { } text ? Encoding.UTF8.GetBytes(text) : Base64.Read(input.Profile!, "profile");
        if (bytes.Length > MostBytes)
            throw new CallFailureException(FailureCodes.TooLarge, "The profile is larger than 720 KB: upload it in PhenoML's console.") { Argument = argument };
        return Parsed(bytes, argument);
    }

    private static ProfileFile Parsed(byte[] bytes, string argument)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes);
            return Of(bytes, json.RootElement, argument);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw CallFailureException.Invalid(argument,
                $"{argument} is not the JSON of a StructureDefinition: check that it is whole, in UTF-8 and without comments.");
        }
    }

    private static ProfileFile Of(byte[] bytes, JsonElement root, string argument)
    {
        if (Text(root, "resourceType") != "StructureDefinition")
            throw CallFailureException.Invalid(argument, $"{argument} is no StructureDefinition: its resourceType must say so.");
        if (Text(root, "id") is not { } id || !FhirId().IsMatch(id))
            throw CallFailureException.Invalid(argument,
                "The profile has no id of FHIR's form (letters, digits, - and dots, at most 64): PhenoML names it by that.");
        if (Text(root, "url") is not { } url || !Uri.TryCreate(url, UriKind.Absolute, out _))
            throw CallFailureException.Invalid(argument, "The profile has no url that is an absolute address.");
        if (Text(root, "type") is not { } type || R4Table.Default.Resource(type) is null)
            throw CallFailureException.Invalid(argument, "The profile's type is no resource type of FHIR R4.");
        if (R4Resources.ByKind.ContainsKey(id.ToLowerInvariant()) || id.Equals("auto", StringComparison.OrdinalIgnoreCase))
            throw CallFailureException.Invalid(argument, "The profile's id is that of a kind which PhenoML has built in: give it another.");
        var elements = root.TryGetProperty("snapshot", out var snapshot) && snapshot.TryGetProperty("element", out var list) ? list.GetArrayLength() : 0;
        return elements > 0
            ? new ProfileFile(bytes, id.ToLowerInvariant(), url, type, elements)
            : throw CallFailureException.Invalid(argument,
                "The profile has no snapshot with elements: generate the snapshot first; a differential alone will not do.");
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [GeneratedRegex(@"\A[A-Za-z0-9\-.]{1,64}\z", RegexOptions.NonBacktracking)]
    private static partial Regex FhirId();
}
