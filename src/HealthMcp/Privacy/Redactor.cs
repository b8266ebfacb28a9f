using System.Text.Json;
using System.Text.Unicode;

namespace HealthMcp.Privacy;

/// <summary>Withholds from an answer what the level of the call withholds. Stateless: what belongs to a call is in its session.</summary>
/// <param name="shapes">The class of every field.</param>
/// <param name="scrubber">What becomes of free text.</param>
internal sealed class Redactor(ShapeCatalog shapes, Scrubber scrubber)
{
    /// <summary>Nesting beyond this is refused, so that no answer can exhaust the stack.</summary>
    public const int MaxDepth = 64;

    public ShapeCatalog Shapes => shapes;

    public Scrubber Scrubber => scrubber;

    /// <summary>
    /// Reads one JSON value: takes out what the level withholds, and learns what identifies. The draft is to be written after all answers of the call
    /// have been read, so that free text is scrubbed of a name wherever the name stands.
    /// </summary>
    /// <exception cref="RedactionException">It is not JSON, or the shape is unknown.</exception>
    public Draft Begin(ReadOnlyMemory<byte> json, string shape, RedactionSession session) => Begin(json, shape, session, ShapeCatalog.System(shape), 0);

    internal Draft Begin(ReadOnlyMemory<byte> json, string shape, RedactionSession session, string system, int embedded)
    {
        if (!Utf8.IsValid(json.Span)) throw new RedactionException();
        var root = Root(shape);
        var draft = new Draft(json.Length + (json.Length / 16), session);
        try
        {
            new RedactionPass(json.Span, shapes, new LeafWriter(json, this, session, draft, system, embedded)).Run(root);
            return draft;
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // Not kept as the inner exception: its message quotes the answer.
            draft.Dispose();
            throw new RedactionException();
        }
        catch
        {
            draft.Dispose();
            throw;
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
