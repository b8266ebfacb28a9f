using System.Net;
using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.DrCloud.Writing;

/// <summary>
/// What the ancestor keeps of a practitioner, whose table has a column for it: the official name, one address, one e-mail address, telephones by use and the
/// NPI. Everything else is passed over without a word, also in an update.
/// </summary>
internal static class PractitionerRecord
{
    private const string Npi = "http://hl7.org/fhir/sid/us-npi";

    private static readonly string[] Elements =
    [
        "resourceType", "id", "meta", "implicitRules", "language", "text", "contained", "extension", "modifierExtension", "identifier", "active", "name",
        "telecom", "address", "gender", "birthDate", "photo", "qualification", "communication",
    ];

    public static JsonObject Empty() => new() { ["resourceType"] = "Practitioner", ["active"] = true };

    public static bool IsWellFormed(JsonObject sent) =>
        sent.All(member => Elements.Contains(member.Key.TrimStart('_'))) && new[] { "identifier", "name", "telecom", "address" }
            .All(name => sent[name] is null or JsonArray && Entries(sent, name).Count == (sent[name] as JsonArray ?? []).Count);

    /// <summary>The first field that the table does not take.</summary>
    public static (string Field, string Message)? Problem(JsonObject sent, bool isNew)
    {
        var (name, npi) = (Name(sent), NpiOf(sent));
        if ((name is not null || isNew) && Given(name, 0) is not { Length: >= 2 }) return ("fname", "First Name must be 2 characters or longer");
        if ((name is not null || isNew) && name?.Text("family") is not { Length: >= 2 }) return ("lname", "Last Name must be 2 characters or longer");
        if ((npi is not null || isNew) && (npi is not { Length: >= 10 and <= 15 } || !npi.All(char.IsAsciiDigit)))
            return ("npi", "NPI must be 10 digits or more");
        return null;
    }

    public static JsonObject Put(JsonObject stored, JsonObject sent)
    {
        if (Name(sent) is { } name)
        {
            var kept = Name(stored) ?? Add(stored, "name", new JsonObject { ["use"] = "official" });
            kept["family"] = name.Text("family");
            kept["given"] = Json.Strings(new[] { Given(name, 0), Given(name, 1) }.OfType<string>());
            stored["text"] = new JsonObject
            {
                ["status"] = "generated",
                ["div"] = $"<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>{WebUtility.HtmlEncode($"{Given(name, 0)} {name.Text("family")}")}</p></div>",
            };
        }

        if (Entries(sent, "address").LastOrDefault(one => one["period"] is null) is { } address) PutAddress(stored, address);
        foreach (var point in Entries(sent, "telecom")) PutContact(stored, point);
        if (NpiOf(sent) is { } npi)
        {
            var kept = Entries(stored, "identifier").FirstOrDefault(one => one.Text("system") == Npi)
                ?? Add(stored, "identifier", new JsonObject { ["system"] = Npi });
            kept["value"] = npi;
        }

        return stored;
    }

    /// <summary>The row of the table, which an update answers instead of the resource.</summary>
    public static JsonObject Of(JsonObject stored) => new()
    {
        ["uuid"] = stored.Text("id"), ["fname"] = Given(Name(stored), 0), ["mname"] = Given(Name(stored), 1) ?? "", ["lname"] = Name(stored)?.Text("family"),
        ["npi"] = NpiOf(stored), ["active"] = "1",
    };

    private static void PutAddress(JsonObject stored, JsonObject address)
    {
        var kept = Entries(stored, "address").FirstOrDefault() ?? Add(stored, "address", []);
        foreach (var name in new[] { "line", "city", "state", "postalCode" })
        {
            if (address[name] is { } value) kept[name] = value.DeepClone();
        }
    }

    private static void PutContact(JsonObject stored, JsonObject point)
    {
        var (system, use) = (point.Text("system"), point.Text("use") ?? "work");
        if (system == "email") use = "home";
        else if (system != "phone" || use is not ("mobile" or "home" or "work")) return;
        var kept = Entries(stored, "telecom").FirstOrDefault(one => one.Text("system") == system && (system == "email" || one.Text("use") == use))
            ?? Add(stored, "telecom", new JsonObject { ["system"] = system, ["use"] = use });
        kept["value"] = point.Text("value");
    }

    private static JsonObject? Name(JsonObject resource) => Entries(resource, "name").FirstOrDefault(one => one.Text("use") == "official");

    private static string? NpiOf(JsonObject resource) => Entries(resource, "identifier").FirstOrDefault(one => one.Text("system") == Npi)?.Text("value");

    private static string? Given(JsonObject? name, int at) => name?["given"] is JsonArray given && given.Count > at ? given[at]?.ToString() : null;

    private static IReadOnlyList<JsonObject> Entries(JsonObject resource, string name) =>
        resource[name] is JsonArray list ? [.. list.OfType<JsonObject>()] : [];

    private static JsonObject Add(JsonObject resource, string name, JsonObject entry)
    {
        if (resource[name] is not JsonArray list) resource[name] = list = [];
        list.Add((JsonNode)entry);
        return entry;
    }
}
