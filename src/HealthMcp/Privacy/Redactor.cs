using System.Text.Json;
using System.Text.Unicode;

namespace HealthMcp.Privacy;

/// <summary>Withholds from an answer what the level of the call withholds. Stateless: what belongs to a call is in its session.</summary>
internal sealed class Redactor(ShapeCatalog shapes, Scrubber scrubber)
{
    /// <summary>Nesting beyond this is refused, so that no answer can exhaust the stack.</summary>
    public const int MaxDepth = 64;

    /// <summary>
    /// Reads an answer for the values that identify, so that the free text of the same call is scrubbed of them wherever it stands.
    /// </summary>
    /// <exception cref="RedactionException">It is not JSON, or the shape is unknown.</exception>
    public void Learn(ReadOnlySpan<byte> json, string shape, RedactionSession session)
    {
        if (session.Level == PrivacyLevel.Identified) return;
        try
        {
            new LearningPass(json, shapes, session).Run(Root(shape));
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            throw new RedactionException();
        }
    }

    /// <summary>Writes one JSON value: the answer without what the level withholds.</summary>
    /// <exception cref="RedactionException">It is not JSON, or the shape is unknown; what was written so far must be thrown away.</exception>
    public void Redact(ReadOnlySpan<byte> json, string shape, RedactionSession session, Utf8JsonWriter output) =>
        Redact(json, shape, session, output, ShapeCatalog.System(shape), 0);

    internal void Redact(ReadOnlySpan<byte> json, string shape, RedactionSession session, Utf8JsonWriter output, string system, int embedded)
    {
        if (!Utf8.IsValid(json)) throw new RedactionException();
        var leaves = new LeafWriter(shapes, scrubber, session, new SparseWriter(output), system, embedded);
        try
        {
            new RedactionPass(json, shapes, leaves).Run(Root(shape));
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // Not kept as the inner exception: its message quotes the answer.
            throw new RedactionException();
        }
    }

    /// <summary>Free text that is not inside JSON, such as an error message of a system.</summary>
    public string ScrubText(string text, RedactionSession session)
    {
        session.UntrustedText = true;
        return scrubber.Scrub(text, session);
    }

    private Field Root(string shape)
    {
        var name = shapes.Resolve(shape);
        if (name == ShapeCatalog.AnyResource) return new Field("", "object", false, FieldClass.Resource);
        return shapes.Contains(name) ? new Field("", "object", false, FieldClass.Object, null, name)
            : throw new RedactionException("The answer has no privacy shape.");
    }
}
