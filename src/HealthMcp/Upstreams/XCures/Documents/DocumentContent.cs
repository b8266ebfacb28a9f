using HealthMcp.Catalog;
using HealthMcp.Documents;
using HealthMcp.Upstreams.XCures.Fhir;

namespace HealthMcp.Upstreams.XCures.Documents;

/// <summary>What a file says, as sections of an answer, and what there is to say about that.</summary>
internal sealed record DocumentContent(IReadOnlyList<Section> Sections, IReadOnlyList<string> Notices)
{
    public const string NotText =
        "The file is no text that can be searched for identifiers, so its content is withheld at this privacy level; "
            + "get_clinical_concepts may have what it says.";

    public const string PersonUnknown =
        "The record of the person whom this document is about could not be read, so its text cannot be searched for identifiers and is withheld.";

    private const string NoText = "No section of this document has text: it was searched as a whole, and there is nothing to read but its header.";
    private const string Part = "xcures.document.part";
    private const string TooLarge = "The file is too large to be handed over here: open it in the xCures portal.";

    // Of the largest answer, base64 and what stands around it take a third.
    private const int MostWhole = 180_000;

    public static DocumentContent None { get; } = new([], []);

    public static DocumentContent Withheld(string notice) => new([], [notice]);

    /// <summary>The bytes as they are; privacy shows them at the identified level only.</summary>
    public static DocumentContent Whole(ReadOnlyMemory<byte> content, string type)
    {
        var small = content.Length <= MostWhole;
        var row = XCuresRow.Of(json =>
        {
            json.WriteString("contentType", type);
            json.WriteNumber("bytes", content.Length);
            if (small) json.WriteBase64String("data", content.Span);
        });
        return new([new Section("file", "xcures.document.file", [row]) { Single = true }], small ? [] : [TooLarge]);
    }

    /// <param name="content">The file.</param>
    /// <param name="type">What it is said to be; its bytes have the last word.</param>
    /// <param name="identified">Whether what cannot be searched for identifiers may be given too.</param>
    public static DocumentContent Read(ReadOnlyMemory<byte> content, string type, bool identified)
    {
        if (FileKinds.Text(content.Span) is not { } text) return Closed(content, type, identified);
        var start = text.AsSpan().TrimStart();
        if (start is ['<', ..]) return Markup(text) ?? Closed(content, type, identified);
        if (start is not ['{' or '[', ..]) return new([Parts([(null, null, text)])], []);
        if (FhirFile.Rows(text) is { } rows) return new([new Section("resources", FhirEndpoints.Resource, rows) { Total = rows.Count }], []);
        return identified ? new([Parts([(null, null, text)])], []) : Withheld(NotText);
    }

    private static DocumentContent? Markup(string text)
    {
        if (XmlFile.Parse(text) is not { } xml) return null;
        if (xml.Root!.Name.LocalName != "ClinicalDocument") return new([Parts([(null, null, XmlFile.Lines(xml.Root))])], []);
        var (header, sections) = ClinicalDocument.Read(xml.Root);
        return new([new Section("header", "xcures.document.header", [header]) { Single = true }, Parts(sections)], sections.Count == 0 ? [NoText] : []);
    }

    private static DocumentContent Closed(ReadOnlyMemory<byte> content, string type, bool identified) =>
        identified ? Whole(content, type.Length > 0 ? type : "application/octet-stream") : Withheld(NotText);

    private static Section Parts(IEnumerable<(string? Title, string? Code, string Text)> sections)
    {
        var rows = DocumentParts.Of(sections);
        return new Section("parts", Part, rows) { Total = rows.Count };
    }
}
