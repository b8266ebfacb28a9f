using System.Text;
using System.Xml;
using HealthMcp.Sandbox.Data;

namespace HealthMcp.Sandbox.XCures.Documents;

/// <summary>A C-CDA document (HL7 CDA R2) of some records of a chart: a header full of people, and a section for each kind.</summary>
internal static class ClinicalDocument
{
    private const string Namespace = "urn:hl7-org:v3";

    private static readonly (string Kind, string Code, string Title, string[] Columns)[] Sections =
    [
        ("condition", "11450-4", "Problems", ["conditionName", "clinicalStatus", "stage", "metastaticSites"]),
        ("medication", "10160-0", "Medications", ["medicationName", "status", "patientInstruction", "notes"]),
        ("allergy", "48765-2", "Allergies", ["allergy", "reaction", "clinicalStatus"]),
        ("procedure", "47519-4", "Procedures", ["procedure", "procedureLocation", "procedureReason"]),
        ("encounter", "46240-8", "Encounters", ["encounterType", "locationName", "encounterDiagnosis", "providerLastName"]),
        ("imaging", "18748-4", "Imaging", ["procedure", "findings", "impression"]),
        ("lab", "30954-2", "Results", ["lab", "labResult", "labResultInterpretation"]),
        ("vital", "8716-3", "Vital signs", ["vitals", "vitalsResult"]),
        ("biomarker", "55752-0", "Biomarkers", ["biomarker", "alteration", "interpretation"]),
        ("social_history", "29762-2", "Social history", ["socialHistory", "result"]),
        ("family_history", "10157-6", "Family history", ["condition", "relationship", "familyHistory"]),
    ];

    public static byte[] Write(Person person, string title, string date, IEnumerable<ChartLine> lines)
    {
        using var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(buffer, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true }))
        {
            xml.WriteStartElement("ClinicalDocument", Namespace);
            Text(xml, "title", title);
            Value(xml, "effectiveTime", date.Replace("-", "", StringComparison.Ordinal));
            RecordTarget(xml, person);
            Author(xml);
            xml.WriteStartElement("component", Namespace);
            xml.WriteStartElement("structuredBody", Namespace);
            var byKind = lines.ToLookup(line => line.Kind);
            foreach (var section in Sections.Where(section => byKind.Contains(section.Kind)))
            {
                Section(xml, section.Code, section.Title, section.Columns, byKind[section.Kind]);
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return buffer.ToArray();
    }

    public static IEnumerable<(string Code, string Title, string Kind)> SectionsOf(IEnumerable<ChartLine> lines) =>
        Sections.Where(section => lines.Any(line => line.Kind == section.Kind)).Select(section => (section.Code, section.Title, section.Kind));

    private static void RecordTarget(XmlWriter xml, Person person)
    {
        xml.WriteStartElement("recordTarget", Namespace);
        xml.WriteStartElement("patientRole", Namespace);
        Id(xml, "2.16.840.1.113883.19.5", person["mrn"]);
        Address(xml, person["street"], person["city"], person["state"], person["zip"]);
        Value(xml, "telecom", "tel:+1-" + person["mobile"]);
        xml.WriteStartElement("patient", Namespace);
        Name(xml, person.FullName);
        Value(xml, "birthTime", person.BirthDate.Replace("-", "", StringComparison.Ordinal));
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Author(XmlWriter xml)
    {
        var author = Registry.Of("practitioner").First();
        xml.WriteStartElement("author", Namespace);
        xml.WriteStartElement("assignedAuthor", Namespace);
        Id(xml, "2.16.840.1.113883.4.6", author["npi"]);
        Address(xml, author["street"], author["city"], author["state"], author["zip"]);
        Value(xml, "telecom", "tel:+1-" + author["phone"]);
        xml.WriteStartElement("assignedPerson", Namespace);
        Name(xml, author["name"]);
        xml.WriteEndElement();
        xml.WriteStartElement("representedOrganization", Namespace);
        Text(xml, "name", Registry.Of("organization").First()["name"]);
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Section(XmlWriter xml, string code, string title, string[] columns, IEnumerable<ChartLine> lines)
    {
        xml.WriteStartElement("component", Namespace);
        xml.WriteStartElement("section", Namespace);
        xml.WriteStartElement("code", Namespace);
        xml.WriteAttributeString("code", code);
        xml.WriteAttributeString("codeSystem", "2.16.840.1.113883.6.1");
        xml.WriteEndElement();
        Text(xml, "title", title);
        xml.WriteStartElement("text", Namespace);
        xml.WriteStartElement("table", Namespace);
        xml.WriteStartElement("tbody", Namespace);
        foreach (var line in lines)
        {
            xml.WriteStartElement("tr", Namespace);
            Text(xml, "td", line.Date);
            foreach (var column in columns.Where(column => line[column].Length > 0))
            {
                Text(xml, "td", line[column].Replace(";;", "; ", StringComparison.Ordinal));
            }

            xml.WriteEndElement();
        }

        for (var open = 0; open < 3; open++)
        {
            xml.WriteEndElement();
        }

        foreach (var line in lines.Where(line => line["providerLastName"].Length > 0))
        {
            Performer(xml, line);
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    /// <summary>The coded entry of a row: who did it. The narrative may have the last name alone.</summary>
    private static void Performer(XmlWriter xml, ChartLine line)
    {
        string[] path = ["entry", "encounter", "performer", "assignedEntity", "assignedPerson"];
        foreach (var name in path)
        {
            xml.WriteStartElement(name, Namespace);
        }

        Name(xml, $"{line["providerFirstName"]} {line["providerLastName"]}");
        foreach (var _ in path)
        {
            xml.WriteEndElement();
        }
    }

    private static void Name(XmlWriter xml, string name)
    {
        xml.WriteStartElement("name", Namespace);
        Text(xml, "given", name.Split(' ')[0]);
        Text(xml, "family", name.Split(' ')[^1]);
        xml.WriteEndElement();
    }

    private static void Address(XmlWriter xml, string street, string city, string state, string zip)
    {
        xml.WriteStartElement("addr", Namespace);
        Text(xml, "streetAddressLine", street);
        Text(xml, "city", city);
        Text(xml, "state", state);
        Text(xml, "postalCode", zip);
        xml.WriteEndElement();
    }

    private static void Id(XmlWriter xml, string root, string extension)
    {
        xml.WriteStartElement("id", Namespace);
        xml.WriteAttributeString("root", root);
        xml.WriteAttributeString("extension", extension);
        xml.WriteEndElement();
    }

    private static void Value(XmlWriter xml, string name, string value)
    {
        xml.WriteStartElement(name, Namespace);
        xml.WriteAttributeString("value", value);
        xml.WriteEndElement();
    }

    private static void Text(XmlWriter xml, string name, string text) => xml.WriteElementString(name, Namespace, text);
}
