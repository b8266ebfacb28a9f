using System.Text.Json;
using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using static HealthMcp.Upstreams.DrCloud.Saving.ResourceList;

namespace HealthMcp.Upstreams.DrCloud.Saving;

/// <summary>
/// A practitioner as it is to be: what was read, with the given fields put in. A PUT replaces the whole record (R4, 3.1.0.4), so all of it is sent, also
/// names, numbers and elements that the tool has no argument for.
/// </summary>
/// <param name="Resource">What is sent.</param>
/// <param name="Elements">Elements that a given field belongs to, whether or not its value differs: that would confirm a guess.</param>
internal sealed record PractitionerMerge(JsonObject Resource, IReadOnlyList<string> Elements)
{
    /// <summary>Elements out of which something is taken.</summary>
    public IReadOnlyList<string> Cleared { get; private init; } = [];

    public const string NpiSystem = "http://hl7.org/fhir/sid/us-npi";

    // Written from the structured part, so it would now tell the old values (R4, 2.4.5).
    private static readonly string[] Generated = ["generated", "extensions", "empty"];

    /// <param name="stored">The record as it was read; null for a new one.</param>
    /// <param name="input">What is to be different.</param>
    /// <exception cref="JsonException">The record is not built as R4 wants it, so that nothing can be put in.</exception>
    public static PractitionerMerge Of(JsonObject? stored, SavePractitionerInput input)
    {
        var resource = stored is null ? new JsonObject { ["resourceType"] = "Practitioner" } : (JsonObject)stored.DeepClone();
        var clear = input.Clear ?? [];
        var touched = new List<string>();
        if (input.Npi is not null) Note("identifier", () => Identify(resource, input.Npi));
        if (input.Active is { } active) Note("active", () => Set(resource, "active", active));
        if (IsNamed(input)) Note("name", () => Name(resource, input, clear));
        if (IsReached(input)) Note("telecom", () => Reach(resource, input, clear));
        if (input.Address is not null || clear.Contains("address")) Note("address", () => PractitionerPlace.Put(resource, input.Address));
        if (input.Gender is not null || clear.Contains("gender")) Note("gender", () => Set(resource, "gender", input.Gender));
        if (resource["text"] is JsonObject narrative && Generated.Contains(Text(narrative, "status"), StringComparer.Ordinal)) resource.Remove("text");
        return new(resource, touched) { Cleared = [.. clear.Select(Element).Distinct(StringComparer.Ordinal)] };

        void Note(string element, Action change)
        {
            change();
            touched.Add(element);
        }
    }

    /// <summary>The elements that a given field belongs to, as one resource has them.</summary>
    public JsonObject Part(JsonObject of)
    {
        var part = new JsonObject { ["resourceType"] = "Practitioner" };
        foreach (var name in Elements.Prepend("id")) if (of[name] is { } value) part[name] = value.DeepClone();
        return part;
    }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(PractitionerMerge);

    private static string Element(string argument) => argument switch
    {
        "prefix" or "suffix" => "name",
        "phone" or "fax" or "email" => "telecom",
        _ => argument,
    };

    private static bool IsNamed(SavePractitionerInput input) =>
        (input.Family ?? input.Prefix ?? input.Suffix) is not null || input.Given is not null || Clears(input, "prefix", "suffix");

    private static bool IsReached(SavePractitionerInput input) =>
        (input.Phone ?? input.Fax ?? input.Email) is not null || Clears(input, "phone", "fax", "email");

    private static bool Clears(SavePractitionerInput input, params string[] names) => input.Clear?.Any(names.Contains) == true;

    private static void Identify(JsonObject resource, string npi)
    {
        var list = new ResourceList(resource, "identifier");
        var entry = list.Find(one => Text(one, "system") == NpiSystem && !IsUse(one, "old")) ?? list.Add(new JsonObject { ["system"] = NpiSystem });
        Set(entry, "value", npi);
    }

    private static void Name(JsonObject resource, SavePractitionerInput input, IReadOnlyList<string> clear)
    {
        var list = new ResourceList(resource, "name");
        var entry = list.Find(one => IsUse(one, "official"), one => IsUse(one, null), one => !IsUse(one, "old") && !IsUse(one, "maiden"))
            ?? list.Add(new JsonObject { ["use"] = "official" });
        if (input.Family is { } family) Set(entry, "family", Plain("family", family));
        if (input.Given is { } given) Set(entry, "given", new JsonArray([.. given.Select(one => (JsonNode)Plain("given", one))]));
        Around("prefix", input.Prefix);
        Around("suffix", input.Suffix);

        // The name in one piece is the old one.
        Set(entry, "text", null);

        void Around(string name, string? value)
        {
            if (value is not null) Set(entry, name, new JsonArray(Plain(name, value)));
            else if (clear.Contains(name)) Set(entry, name, null);
        }
    }

    private static void Reach(JsonObject resource, SavePractitionerInput input, IReadOnlyList<string> clear)
    {
        foreach (var (system, value) in new[] { ("phone", input.Phone), ("fax", input.Fax), ("email", input.Email) })
        {
            var list = new ResourceList(resource, "telecom");

            // The vendor's ancestor calls every e-mail address one at home.
            var entry = list.Find(one => Is(one, "work"), one => Is(one, null), one => system == "email" && Is(one, "home"));
            if (value is not null) Set(entry ?? list.Add(new JsonObject { ["system"] = system, ["use"] = "work" }), "value", Plain(system, value));
            else if (clear.Contains(system) && entry is not null) list.Remove(entry);

            bool Is(JsonObject one, string? use) => Text(one, "system") == system && IsUse(one, use);
        }
    }

    /// <exception cref="CallFailureException">Nothing but blanks.</exception>
    public static string Plain(string argument, string value) =>
        WholeMatch.Plain(value) is { Length: > 0 } plain
            ? plain
            : throw CallFailureException.Invalid(argument, $"{argument} holds nothing but blanks: leave it out.");
}
