using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML.Language;

/// <summary>Text and documents to FHIR, and the profiles that were uploaded.</summary>
internal sealed class LanguageOperations(ProfileShelf profiles)
{
    private const int LongestContext = 2000;
    private readonly DocumentOperations _documents = new(profiles);

    public IEnumerable<Operation> Operations =>
    [
        new("POST", "/lang2fhir/create", Create),
        new("POST", "/lang2fhir/create/multi", CreateMulti),
        new("POST", "/lang2fhir/document", _documents.One),
        new("POST", "/lang2fhir/document/multi", _documents.Several),
        new("POST", "/lang2fhir/profile/upload", Upload),
        new("POST", "/lang2fhir/search", Search),
    ];

    private Answer Create(Exchange exchange)
    {
        if (exchange.JsonBody() is not { } body
            || string.IsNullOrWhiteSpace(body.Text("text"))
            || body.Text("version") is not ("R4" or "4.0.1")
            || body.Text("resource") is not { } kind)
        {
            return PhenoMlSystem.BadRequest("version (R4), resource and text are required");
        }

        return Made(profiles, kind, body.Text("text")!, byType: false);
    }

    /// <summary>The resource of a kind from a text, or why there is none.</summary>
    public static Answer Made(ProfileShelf profiles, string kind, string text, bool byType)
    {
        if (profiles.Maker(kind, text, byType) is not { } make)
        {
            return PhenoMlSystem.NotFound("Profile not found");
        }

        return make(text) is { } resource
            ? Answer.Json(resource)
            : PhenoMlSystem.Unprocessable("Generated FHIR resource failed validation: the text has no value for it");
    }

    private Answer CreateMulti(Exchange exchange)
    {
        if (exchange.JsonBody() is not { } body || string.IsNullOrWhiteSpace(body.Text("text")))
        {
            return PhenoMlSystem.BadRequest("text is required");
        }

        return MultiOptions.Problem(body, profiles) ?? Answer.Json(TextBundle.Answer(TextBundle.Read(body.Text("text")!), body.Text("validation_method")));
    }

    private Answer Upload(Exchange exchange)
    {
        if (exchange.JsonBody() is not { } body || body.Text("profile") is not { } given || Decoded(given) is not { } definition)
        {
            return PhenoMlSystem.BadRequest("Missing or invalid StructureDefinition JSON");
        }

        var guide = body.Text("implementation_guide") ?? "custom";
        if (guide == "us_core" || body.Text("profile_context") is { Length: > LongestContext })
        {
            return PhenoMlSystem.BadRequest("implementation_guide us_core is reserved; profile_context has at most 2000 characters");
        }

        if (ProfileShelf.Read(definition, guide, out var problem) is not { } profile || (problem = profiles.Add(profile) ?? "").Length > 0)
        {
            return PhenoMlSystem.BadRequest(problem);
        }

        var answer = new JsonObject { ["message"] = "Profile uploaded successfully", ["id"] = profile.Id, ["type"] = profile.Type, ["url"] = profile.Url };
        return Answer.Json(answer, 201);
    }

    private static Answer Search(Exchange exchange) =>
        exchange.JsonBody() is { } body && body.Text("text") is { } text && !string.IsNullOrWhiteSpace(text)
            ? Answer.Json(new JsonObject
            {
                ["resource_type"] = SearchText.Read(text, exchange.Now).Type,
                ["search_params"] = SearchText.Read(text, exchange.Now).Parameters,
            })
            : PhenoMlSystem.BadRequest("text is required");

    private static JsonObject? Decoded(string base64)
    {
        try
        {
            return JsonNode.Parse(Convert.FromBase64String(base64)) as JsonObject;
        }
        catch (Exception e) when (e is FormatException or System.Text.Json.JsonException)
        {
            return null;
        }
    }
}
