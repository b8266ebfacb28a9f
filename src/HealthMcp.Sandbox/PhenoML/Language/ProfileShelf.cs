using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML.Language;

/// <summary>A profile that was uploaded, by what the contract derives from it.</summary>
internal sealed record UploadedProfile(string Id, string Type, string Url, string Guide);

/// <summary>Profiles by id: the built-in kinds, and those that were uploaded.</summary>
internal sealed class ProfileShelf
{
    private readonly ConcurrentDictionary<string, UploadedProfile> _uploaded = new(StringComparer.Ordinal);

    /// <summary>Null with the reason when a profile of the same id or url is there already.</summary>
    public string? Add(UploadedProfile profile)
    {
        if (ResourceWriter.Kinds.ContainsKey(profile.Id) || profile.Id == "auto")
        {
            return "A built-in US Core or R4 base profile exists with the same id";
        }

        if (_uploaded.Values.Any(other => other.Url == profile.Url))
        {
            return "A custom profile with the same url already exists";
        }

        return _uploaded.TryAdd(profile.Id, profile) ? null : "A custom profile with the same id already exists";
    }

    public bool HasGuide(string name) => name == "us_core" || _uploaded.Values.Any(profile => profile.Guide == name);

    /// <summary>What makes a resource of what was asked for; null when there is no such profile.</summary>
    /// <param name="byType">A FHIR resource type will do too, as for documents.</param>
    public Func<string, JsonObject?>? Maker(string asked, string text, bool byType)
    {
        var kind = asked == "auto" ? ResourceKind.Detect(text) : asked;
        if (ResourceWriter.Kinds.TryGetValue(kind, out var built))
        {
            return built;
        }

        if (_uploaded.TryGetValue(kind, out var profile))
        {
            return of => OfType(profile.Type, of)?.Set("meta", new JsonObject { ["profile"] = new JsonArray(profile.Url) });
        }

        return byType && asked.Length > 0 && char.IsAsciiLetterUpper(asked[0]) && ResourceWriter.ByType(asked) is not null ? of => OfType(asked, of) : null;
    }

    private static JsonObject? OfType(string type, string text) =>
        ResourceWriter.ByType(type) is { } build ? build(text) : ResourceWriter.Of(type).Set("text", ResourceWriter.Narrative(text));

    public static UploadedProfile? Read(JsonObject definition, string guide, out string problem)
    {
        problem = "Missing or invalid StructureDefinition JSON";
        if (definition.Text("resourceType") != "StructureDefinition")
        {
            return null;
        }

        problem = "Missing required fields (id, url, type, snapshot with elements)";
        return definition.Text("id") is { Length: > 0 } id && definition.Text("url") is { Length: > 0 } url && definition.Text("type") is { Length: > 0 } type
            && definition["snapshot"] is JsonObject snapshot && snapshot["element"] is JsonArray { Count: > 0 }
            ? new(id.ToLowerInvariant(), type, url, guide)
            : null;
    }
}
