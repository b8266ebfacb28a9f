using System.Text;
using System.Xml.Linq;

namespace HealthMcp.Documents;

/// <summary>
/// A clinical document (HL7 CDA R2, C-CDA): the narrative of its sections, which is what its author signed, and whom its header and its coded entries
/// name. The names go into a row of their own, so that redaction knows them before it reads the narrative.
/// </summary>
internal static class ClinicalDocument
{
    private static readonly string[] Breaks = ["tr", "paragraph", "item", "br", "caption", "table", "list", "thead", "tbody"];

    private static readonly string[] Organizations =
    [
        "representedOrganization", "representedCustodianOrganization", "providerOrganization", "wholeOrganization", "serviceProviderOrganization",
        "manufacturerOrganization", "receivedOrganization", "scopingOrganization", "location", "healthCareFacility",
    ];

    // In the body other things have names too: drugs, devices, substances.
    private static readonly string[] Persons =
        ["assignedPerson", "associatedPerson", "relatedPerson", "guardianPerson", "informationRecipient", "subject"];

    public static (ReadOnlyMemory<byte> Header, IReadOnlyList<(string? Title, string? Code, string Text)> Sections) Read(XElement root)
    {
        var sections = root.Descendants().Where(element => element.Name.LocalName == "section").Select(Section).Where(section => section.Text.Length > 0);
        return (Header(root), [.. sections]);
    }

    private static (string? Title, string? Code, string Text) Section(XElement section) =>
        (Child(section, "title")?.Value.Trim(), (string?)Child(section, "code")?.Attribute("code"), Child(section, "text") is { } text ? Narrative(text) : "");

    private static string Narrative(XElement text)
    {
        var written = new StringBuilder();
        Write(text, written, inCell: false);
        return string.Join('\n', written.ToString().Split('\n').Select(Line).Where(line => line.Length > 0));
    }

    // Of a row only its end is cut off: an empty cell before a value says under which heading the value stands.
    private static string Line(string written) => Words(written) is var words && words.All(c => c is ' ' or '|') ? "" : words.TrimEnd(' ', '|');

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static void Write(XElement of, StringBuilder to, bool inCell)
    {
        foreach (var node in of.Nodes())
        {
            if (node is XText text) to.Append(Words(text.Value)).Append(' ');
            if (node is not XElement element) continue;
            var name = element.Name.LocalName;
            var isCell = name is "td" or "th";
            Write(element, to, inCell || isCell);
            if (isCell) to.Append(" | ");
            else if (Breaks.Contains(name, StringComparer.Ordinal)) to.Append(inCell ? ' ' : '\n');
        }
    }

    private static ReadOnlyMemory<byte> Header(XElement root)
    {
        var head = root.Descendants().Where(element => element.Ancestors().All(above => above.Name.LocalName != "structuredBody")).ToList();
        var names = head.Where(element => element.Name.LocalName == "name").ToList();
        var inEntries = root.Descendants().Where(element => element.Name.LocalName == "name").Except(names)
            .Where(name => name.Parent is { } parent && Persons.Contains(parent.Name.LocalName, StringComparer.Ordinal));
        return JsonRow.Of(json =>
        {
            json.Maybe("title", Child(root, "title")?.Value.Trim());
            json.Maybe("date", Day((string?)Child(root, "effectiveTime")?.Attribute("value")));
            json.Strings("people", Texts(names.Where(name => !IsOrganization(name)).Concat(inEntries), Joined));
            json.Strings("places", Texts(names.Where(IsOrganization), Joined));
            json.Strings("streets", Texts(head.Where(element => element.Name.LocalName == "streetAddressLine"), Joined));
            json.Strings("cities", Texts(head.Where(element => element.Name.LocalName == "city"), Joined));
            json.Strings("zips", Texts(head.Where(element => element.Name.LocalName == "postalCode"), Joined));
            json.Strings("contacts", Texts(head.Where(element => element.Name.LocalName == "telecom"), Contact));
            json.Strings("numbers", Texts(head.Where(element => element.Name.LocalName == "id"), element => (string?)element.Attribute("extension")));
            json.Strings("births", Texts(head.Where(element => element.Name.LocalName == "birthTime"), element => Day((string?)element.Attribute("value"))));
        });
    }

    private static bool IsOrganization(XElement name) => name.Parent is { } parent && Organizations.Contains(parent.Name.LocalName, StringComparer.Ordinal);

    private static List<string> Texts(IEnumerable<XElement> elements, Func<XElement, string?> read) =>
        [.. elements.Select(read).OfType<string>().Where(text => text.Length > 0).Distinct(StringComparer.Ordinal)];

    // The parts of a name are elements without blanks between them.
    private static string Joined(XElement element) =>
        string.Join(' ', element.DescendantNodes().OfType<XText>().Select(text => text.Value.Trim()).Where(text => text.Length > 0));

    private static string? Contact(XElement telecom) => ((string?)telecom.Attribute("value"))?.Split(':')[^1];

    // HL7 writes dates without hyphens, with the time behind them.
    private static string? Day(string? value) =>
        value is { Length: >= 8 } && value[..8].All(char.IsAsciiDigit) ? $"{value[..4]}-{value[4..6]}-{value[6..8]}" : null;

    private static XElement? Child(XElement of, string name) => of.Elements().FirstOrDefault(element => element.Name.LocalName == name);
}
