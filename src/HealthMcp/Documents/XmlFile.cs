using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace HealthMcp.Documents;

/// <summary>XML from a stranger: no document type (its entities could hold anything, or grow without end), no outside references, no endless depth.</summary>
internal static class XmlFile
{
    private const int MostDepth = 100;

    // What says whom a record is about is not part of what it says; a clinical document has a reader of its own for that.
    private static readonly string[] Identity =
    [
        "name", "given", "family", "prefix", "suffix", "address", "addr", "telecom", "phone", "fax", "email", "contact", "birth", "ssn", "mrn", "identifier",
        "street", "city", "zip", "postal", "guardian", "author", "signature", "photo", "account", "license", "patient",
    ];

    /// <summary>Null when it is not well-formed or is not taken apart safely.</summary>
    public static XDocument? Parse(string text)
    {
        try
        {
            using (var reader = Reader(text))
            {
                while (reader.Read())
                {
                    if (reader.Depth > MostDepth) return null;
                }
            }

            using var again = Reader(text);
            return XDocument.Load(again);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    /// <summary>One line for each element that holds text itself: its name and the text. Elements that identify by their name are left out.</summary>
    public static string Lines(XElement root)
    {
        var lines = new StringBuilder();
        foreach (var element in root.DescendantsAndSelf().Where(element => !element.AncestorsAndSelf().Any(IsIdentity)))
        {
            var own = string.Concat(element.Nodes().OfType<XText>().Select(node => node.Value)).Trim();
            if (own.Length > 0) lines.Append(element.Name.LocalName).Append(": ").AppendLine(own);
        }

        return lines.ToString();
    }

    private static bool IsIdentity(XElement element)
    {
        var name = element.Name.LocalName;
        return name.Equals("id", StringComparison.OrdinalIgnoreCase) || Identity.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    // A text, so that what its first line says about its encoding no longer counts.
    private static XmlReader Reader(string text) => XmlReader.Create(
        new StringReader(text.TrimStart()),
        new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true });
}
