using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace HealthMcp.Privacy;

/// <summary>Writes the scalar leaves of an answer, or leaves them out.</summary>
internal sealed class LeafWriter(ShapeCatalog shapes, Scrubber scrubber, RedactionSession session, SparseWriter output, string system, int embedded)
{
    public RedactionSession Session => session;

    public SparseWriter Output => output;

    public void Write(Field field, JsonEncodedText? name, in Context context, ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        var kind = Effective(field, context, reader);
        var raw = Raw(ref reader, json);
        if (LeafRules.IsKept(kind))
        {
            Copy(name, raw);
            return;
        }

        var value = reader.TokenType == JsonTokenType.String ? reader.GetString()! : Encoding.UTF8.GetString(raw);
        var verdict = Decide(kind, field, value, context);
        if (verdict.Keep)
        {
            Copy(name, raw);
            return;
        }

        if (kind is not (FieldClass.Id or FieldClass.Reference or FieldClass.Text or FieldClass.Term or FieldClass.Xhtml) || verdict.Replacement is null)
            session.CountWithheld(LeafRules.Kind(kind));
        if (verdict.Replacement is not null) output.Ready(name).WriteStringValue(verdict.Replacement);
    }

    private Verdict Decide(FieldClass kind, Field field, string value, in Context context) => kind switch
    {
        FieldClass.Id when value.Length == 0 => Verdict.Kept,
        FieldClass.Id when context.Contained => Verdict.Becomes(FhirReference.Contained(value, session)),
        FieldClass.Id => Verdict.Becomes(session.Mint(system, Prefix(field, context), value)),
        FieldClass.Reference => Verdict.Becomes(FhirReference.Rewrite(value, system, session)),
        FieldClass.Text => Text(value),
        FieldClass.Term => Scrub(value),
        FieldClass.Xhtml => Xhtml(value),
        FieldClass.File => File(value, context),
        _ => Rule(kind, value, context.Unit),
    };

    /// <summary>What a limited data set may say is shown as it is only where it is that: people type prose into any box.</summary>
    private Verdict Rule(FieldClass kind, string value, string? unit)
    {
        var verdict = LeafRules.Decide(kind, value, unit, session);
        return verdict.Keep && session.Level == PrivacyLevel.Limited && !LeafRules.Fits(kind, value) ? Scrub(value) : verdict;
    }

    private static string Prefix(Field field, in Context context) => field.Argument is "$" or null ? context.Prefix ?? "ref" : field.Argument;

    private FieldClass Effective(Field field, in Context context, in Utf8JsonReader reader) => field.Class switch
    {
        FieldClass.Display => context.Refers switch { 'o' => FieldClass.Facility, 'c' => FieldClass.Text, _ => FieldClass.Name },
        FieldClass.Term when session.Level == PrivacyLevel.Identified || reader.TokenType != JsonTokenType.String => FieldClass.Clinical,
        FieldClass.Clinical or FieldClass.Meta or FieldClass.Code or FieldClass.Country when reader.TokenType == JsonTokenType.String => Word(field, reader),
        _ => field.Class,
    };

    /// <summary>A string where the contract promises a number or a flag is not what the table classed, nor is a code that reads like prose.</summary>
    private FieldClass Word(Field field, in Utf8JsonReader reader)
    {
        if (field.Type is "number" or "integer" or "boolean") return FieldClass.Text;
        return session.Level != PrivacyLevel.Identified && (reader.ValueIsEscaped || LeafRules.IsProse(reader.ValueSpan)) ? FieldClass.Term : field.Class;
    }

    private Verdict Text(string value)
    {
        session.UntrustedText = true;
        return Scrub(value);
    }

    private Verdict Scrub(string value)
    {
        var scrubbed = scrubber.Scrub(value, session);
        return ReferenceEquals(scrubbed, value) ? Verdict.Kept : Verdict.Becomes(scrubbed);
    }

    private Verdict Xhtml(string value)
    {
        if (session.Level == PrivacyLevel.Identified) return Text(value);
        var plain = Markup.Plain(value);
        return plain is null ? Verdict.Withheld : Verdict.Becomes(Text(plain).Replacement ?? plain);
    }

    private Verdict File(string value, in Context context)
    {
        if (session.Level == PrivacyLevel.Identified) return LeafRules.Decide(FieldClass.File, value, null, session);
        if (embedded >= 2 || context.ContentType is not { } type || !Base64.IsValid(value)) return Verdict.Withheld;
        return Verdict.Becomes(EmbeddedFile.Redact(value, type, new Redactor(shapes, scrubber), session, system, embedded + 1));
    }

    /// <summary>The token as it stands in the answer, so that numbers and kept strings survive byte for byte.</summary>
    private static ReadOnlySpan<byte> Raw(ref Utf8JsonReader reader, ReadOnlySpan<byte> json) =>
        json.Slice((int)reader.TokenStartIndex, reader.ValueSpan.Length + (reader.TokenType == JsonTokenType.String ? 2 : 0));

    private void Copy(JsonEncodedText? name, ReadOnlySpan<byte> raw) => output.Ready(name).WriteRawValue(raw, skipInputValidation: true);
}
