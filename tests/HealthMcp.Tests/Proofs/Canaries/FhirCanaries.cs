using System.Text;
using System.Text.Json.Nodes;
using HealthMcp.Privacy;
using HealthMcp.Tests.Privacy;
using HealthMcp.Tests.Proofs.R4;

namespace HealthMcp.Tests.Proofs.Canaries;

/// <summary>
/// R4 resources full of markers. What a leaf holds is taken from its datatype where that says it; from the classes only for strings that
/// have a reason to stay, which other tests read.
/// </summary>
internal static class FhirCanaries
{
    public static JsonObject Resource(string type, Planter planter, int depth = 2) => new R4Sample(leaf => Leaf(leaf, planter), depth).Of(type);

    private static JsonNode? Leaf(R4Leaf leaf, Planter planter)
    {
        var element = leaf.Element;
        if (element.Type == "Extension") return element.Property == "extension" ? Unknown(leaf.Path, planter) : null;
        if (element.Type == "Resource") return null;
        if (element.Path is "Attachment.contentType" or "Binary.contentType") return JsonValue.Create("text/plain");
        return planter.Leaf(Kind(element), JsonType(element.Type), leaf.Path);
    }

    private static FieldClass Kind(R4Element element) => element.Type switch
    {
        "date" or "dateTime" or "instant" => FieldClass.Date,
        // The version of a record is kept: updates name it. It is a number on the servers that this is for.
        "id" when element.Path == "Meta.versionId" => FieldClass.Meta,
        "id" => FieldClass.Id,
        "xhtml" => FieldClass.Xhtml,
        _ when element.Path is "HumanName.family" or "HumanName.given" or "HumanName.text" => FieldClass.Name,
        _ when element.Path is "ContactPoint.value" => FieldClass.Contact,
        _ when element.Path is "Identifier.value" => FieldClass.Number,
        _ when element.Path is "Address.line" or "Address.text" => FieldClass.Street,
        _ when element.Path is "Address.city" or "Address.district" => FieldClass.City,
        _ when element.Path is "Address.postalCode" => FieldClass.Zip,
        _ => Classed(element) ?? FieldClass.Name,
    };

    private static FieldClass? Classed(R4Element element) =>
        Redaction.Catalog.Find("fhir/" + element.Path[..element.Path.LastIndexOf('.')])?.Find(Encoding.UTF8.GetBytes(element.Property))?.Class;

    private static string JsonType(string type) => type switch
    {
        "boolean" => "boolean",
        "integer" or "positiveInt" or "unsignedInt" or "decimal" => "number",
        _ => "string",
    };

    private static JsonObject Unknown(string path, Planter planter) => new()
    {
        ["url"] = $"https://{planter.Plant(planter.Word(), "url", path)}.example/ext",
        ["valueString"] = planter.Plant(planter.Word(), "name", path),
    };
}
