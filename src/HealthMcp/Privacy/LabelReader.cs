using System.Text;
using System.Text.Json;

namespace HealthMcp.Privacy;

/// <summary>
/// Reads a person's own record (an xCures subject, a patient of the Patients API, a FHIR Patient) for the values that identify, so that a later
/// answer about the same person is scrubbed of them though it does not hold them itself.
/// </summary>
internal sealed class LabelReader(ShapeCatalog shapes)
{
    private const string Subject = "xcures.subject";
    private const string Patient = "patients.patient";
    private const string FhirPatient = "fhir/Patient";

    /// <summary>Kinds of handles that stand for a person whom records are about.</summary>
    public static bool IsPerson(string kind) => kind is "subj" or "pt";

    /// <param name="row">A record as the system wrote it.</param>
    /// <param name="shape">Its privacy shape.</param>
    /// <param name="system">Namespace of the system's handles.</param>
    /// <returns>Null when it is no person's own record, or cannot be read.</returns>
    public PersonLabels? Read(ReadOnlyMemory<byte> row, string shape, string system)
    {
        var named = shapes.Resolve(shape);
        if (named is not (Subject or Patient or FhirPatient or ShapeCatalog.AnyResource)) return null;

        // Of FHIR most rows are no Patient; they are not parsed to find that out.
        if (named is ShapeCatalog.AnyResource && row.Span.IndexOf("\"Patient\""u8) < 0) return null;
        try
        {
            using var json = JsonDocument.Parse(row, new JsonDocumentOptions { MaxDepth = Redactor.MaxDepth });
            return Read(json.RootElement, named, system);
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // Whether it may be answered at all is decided by redaction; there is nothing to learn from it.
            return null;
        }
    }

    private PersonLabels? Read(JsonElement record, string shape, string system)
    {
        if (record.ValueKind != JsonValueKind.Object) return null;
        if (shape is ShapeCatalog.AnyResource && PersonFields.Text(record, "resourceType") == "Patient") shape = FhirPatient;
        if (shape is ShapeCatalog.AnyResource || PersonFields.Text(record, "id") is not { Length: > 0 } id) return null;
        var labels = new List<Label>(shape switch
        {
            Subject => PersonFields.OfSubject(record),
            Patient => PersonFields.OfPatient(record),
            _ => PersonFields.OfFhir(record),
        });
        Walk(record, shapes.Find(shape)!, labels);
        return new PersonLabels(new HandleRequest(system, shape == Subject ? "subj" : "pt", id), labels);
    }

    private void Walk(JsonElement of, Shape shape, List<Label> labels)
    {
        foreach (var member in of.EnumerateObject())
            if (shape.Find(Encoding.UTF8.GetBytes(member.Name)) is { } field) Value(member.Value, field, labels);
    }

    private void Value(JsonElement value, Field field, List<Label> labels)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var item in value.EnumerateArray()) Value(item, field, labels);
                break;

            // A record inside the record is another person's, such as a possible duplicate.
            case JsonValueKind.Object when field.Target is not (null or Subject or Patient) && shapes.Below(field) is { } below:
                Walk(value, below, labels);
                break;
            case JsonValueKind.String or JsonValueKind.Number when IsIdentifying(field):
                labels.Add(new Label("", field.Class, value.ToString()));
                break;
        }
    }

    // The ids of other things than persons say nothing in a text.
    private static bool IsIdentifying(Field field) => field.Class switch
    {
        FieldClass.Name or FieldClass.Facility or FieldClass.Employer or FieldClass.Street or FieldClass.City or FieldClass.Contact or FieldClass.Number =>
            true,
        FieldClass.Id => field.Argument is { } kind && (IsPerson(kind) || kind == "$"),
        _ => false,
    };
}
