using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Data;

namespace HealthMcp.Sandbox.DrCloud;

/// <summary>The FHIR datatypes, as short as they can be written.</summary>
internal static class Node
{
    public const string Terminology = "http://terminology.hl7.org/CodeSystem/";

    public static JsonObject Coding(string system, string code, string? display = null)
    {
        var coding = new JsonObject { ["system"] = system, ["code"] = code };
        if (display is not null)
        {
            coding["display"] = display;
        }

        return coding;
    }

    public static JsonObject Concept(string system, string code, string display) =>
        new() { ["coding"] = new JsonArray(Coding(system, code, display)), ["text"] = display };

    /// <summary>A term of HL7's own code systems, by the last part of the URI.</summary>
    public static JsonObject Term(string system, string code, string display) => Concept(Terminology + system, code, display);

    public static JsonObject Concept(ChartLine line, string text) => new()
    {
        ["coding"] = new JsonArray([.. line.Codes.Select(code => (JsonNode)Coding(code.System, code.Code, text))]),
        ["text"] = text,
    };

    public static JsonObject Ref(string type, string id, string? display = null)
    {
        var reference = new JsonObject { ["reference"] = $"{type}/{id}" };
        if (display is not null)
        {
            reference["display"] = display;
        }

        return reference;
    }

    public static JsonArray List(params JsonNode?[] items) => new([.. items.Where(item => item is not null)]);

    public static JsonObject Phone(string value, string use) => new() { ["system"] = "phone", ["value"] = value, ["use"] = use };

    public static JsonObject Email(string value) => new() { ["system"] = "email", ["value"] = value };

    public static JsonObject Address(string street, string city, string state, string zip) => new()
    {
        ["line"] = new JsonArray(street), ["city"] = city, ["state"] = state, ["postalCode"] = zip, ["country"] = "US",
    };

    public static JsonObject Name(string given, string? middle, string family) => new()
    {
        ["use"] = "official", ["family"] = family, ["given"] = middle is null ? new JsonArray(given) : new JsonArray(given, middle),
    };

    public static JsonObject Quantity(decimal value, string unit) => new()
    {
        ["value"] = value, ["unit"] = unit, ["system"] = "http://unitsofmeasure.org", ["code"] = unit,
    };

    /// <summary>A resource with what all of ours have: id, version, narrative.</summary>
    public static JsonObject Resource(string type, string id, string narrative, string? profile = null)
    {
        var meta = new JsonObject { ["versionId"] = Versions.Present, ["lastUpdated"] = "2024-07-01T08:00:00+00:00" };
        if (profile is not null)
        {
            meta["profile"] = new JsonArray("http://hl7.org/fhir/us/core/StructureDefinition/us-core-" + profile);
        }

        return new()
        {
            ["resourceType"] = type,
            ["id"] = id,
            ["meta"] = meta,
            ["text"] = new JsonObject
            {
                ["status"] = "generated",
                ["div"] = $"<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>{System.Net.WebUtility.HtmlEncode(narrative)}</p></div>",
            },
        };
    }

    public static JsonObject And(this JsonObject target, string name, JsonNode? value)
    {
        if (value is not null)
        {
            target[name] = value;
        }

        return target;
    }
}
