using System.Text;
using System.Text.Json.Nodes;

namespace HealthMcp.Tests.Proofs.Canaries;

/// <summary>A file behind a signed address, or what the storage says instead.</summary>
internal sealed record CanaryFile(string MediaType, byte[] Content, int Status = 200);

/// <summary>Files full of markers, at addresses that are secrets themselves, of every kind that a document may be.</summary>
internal sealed class CanaryFiles(Planter planter)
{
    private const string Fhir = "application/fhir+json";

    private static readonly (string Kind, string MediaType)[] Kinds =
    [
        ("ccda", "application/xml"), ("text", "text/plain"), ("fhir", Fhir), ("json", "application/json"), ("html", "text/html"),
        ("mistaken", "text/plain"), ("pdf", "application/pdf"), ("denied", "text/plain"), ("redirect", "text/plain"),
    ];

    private int _next;

    public HashSet<string> Served { get; } = new(StringComparer.Ordinal);

    public static IEnumerable<string> AllKinds => Kinds.Select(kind => kind.Kind);

    /// <summary>Puts addresses of the next kind of file into an answer, wherever it has one.</summary>
    public void Sign(JsonNode? answer, string root)
    {
        if (answer?.ToJsonString().Contains("\"signed", StringComparison.Ordinal) != true) return;
        var (kind, media) = Kinds[_next++ % Kinds.Length];
        Sign(answer, root, kind, media);
    }

    /// <summary>An export of FHIR whose files are here.</summary>
    public JsonObject Export(string root) => new()
    {
        ["requiresAccessToken"] = false,
        ["output"] = new JsonArray(Address(root, "fhir"), Address(root, "fhir")),
    };

    public CanaryFile Of(string kind)
    {
        Served.Add(kind);
        var media = Kinds.First(known => known.Kind == kind).MediaType;
        return kind switch
        {
            "denied" => new("application/xml", Bytes($"<Error><Message>{Said(kind)}</Message></Error>"), 403),
            "redirect" => new(media, Bytes(Said(kind)), 302),
            "ccda" => new(media, Bytes(Document())),
            "fhir" => new(media, Bytes(FhirCanaries.Resource("Observation", planter).ToJsonString())),
            "json" => new(media, Bytes(new JsonObject { [planter.Plant(planter.Word(), "name", kind)] = Said(kind) }.ToJsonString())),
            "html" => new(media, Bytes($"<html><head><title>{Said(kind)}</title></head><body><p>{Said(kind)}</p></body></html>")),
            "text" => new(media, Bytes(Said(kind))),
            _ => new(media, Bytes($"%PDF-1.4\n1 0 obj ({Said(kind)}) endobj")),
        };
    }

    private void Sign(JsonNode? node, string root, string kind, string media)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items) Sign(item, root, kind, media);
        }

        if (node is not JsonObject holder) return;
        if (holder.ContainsKey("contentType")) holder["contentType"] = media;
        foreach (var name in holder.Select(member => member.Key).ToList())
        {
            if (name is "signedS3Url" or "signedUrl") holder[name] = Address(root, kind);
            else Sign(holder[name], root, kind, media);
        }
    }

    private string Address(string root, string kind) => $"{root}/xcures/files/{kind}?X-Signature={planter.Plant(planter.Word(), "secret", "signed")}";

    private string Document() => $"""
        <ClinicalDocument xmlns="urn:hl7-org:v3"><title>Visit of {Named("title")}</title><effectiveTime value="20240314"/>
        <recordTarget><patientRole><id extension="{planter.Plant(planter.Word(), "number", "ccda id")}"/>
        <addr><streetAddressLine>12 {planter.Plant(planter.Word(), "street", "ccda street")} Street</streetAddressLine>
        <city>{planter.Plant(planter.Word(), "city", "ccda city")}</city></addr>
        <patient><name><given>{Named("given")}</given><family>{Named("family")}</family></name></patient></patientRole></recordTarget>
        <component><structuredBody><component><section><code code="10160-0"/><title>Medications</title>
        <text><paragraph>{Said("ccda")}</paragraph><table><tbody><tr><td>{Said("ccda table")}</td></tr></tbody></table></text>
        </section></component></structuredBody></component></ClinicalDocument>
        """;

    // A title is a text like others; a name in it is known by the header's.
    private string Named(string where) => where == "title" ? "a patient" : planter.Plant(planter.Word(), "name", $"ccda {where}");

    private string Said(string where) => planter.Sentence($"file {where}");

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
