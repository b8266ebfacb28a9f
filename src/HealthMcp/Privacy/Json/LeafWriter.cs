using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace HealthMcp.Privacy;

/// <summary>Writes the scalar leaves of an answer, puts them aside, or leaves them out.</summary>
internal sealed class LeafWriter(ReadOnlyMemory<byte> json, Redactor redactor, RedactionSession session, Draft draft, string system, int embedded)
{
    private readonly ByteTable<HandleAside> _handles = session.Memory.Handles(system);
    private readonly bool _learning = session.Level != PrivacyLevel.Identified;

    public RedactionSession Session => session;

    public Draft Draft => draft;

    public JsonOutput Output { get; } = draft.Output;

    public LearningPass Learner { get; } = new(redactor.Shapes, session);

    public void Write(Field field, ReadOnlySpan<byte> name, in Context context, ref Utf8JsonReader reader, ReadOnlySpan<byte> span)
    {
        var leaf = new Leaf(json, span, ref reader);
        var kind = Effective(field, context, leaf);
        if (LeafRules.IsKept(kind))
        {
            Output.Write(name, leaf.Token);
            return;
        }

        // What is not looked at any further must still be a text: half a surrogate pair is refused wherever it stands.
        var value = leaf.IsEscaped ? Encoding.UTF8.GetBytes(reader.GetString()!) : leaf.Value;
        if (_learning && LearningPass.Learns(kind) && leaf.IsWord) session.Learn(kind, value);
        switch (kind)
        {
            case FieldClass.Id: Id(field, name, context, value, leaf); break;
            case FieldClass.Reference: Reference(name, value); break;
            case FieldClass.Term: Text(name, leaf, null); break;
            case FieldClass.Xhtml when _learning: Xhtml(name, leaf); break;
            case FieldClass.Text or FieldClass.Xhtml:
                session.UntrustedText = true;
                Text(name, leaf, null);
                break;
            case FieldClass.File: File(name, context, value, leaf); break;
            default: Rule(kind, name, context, value, leaf); break;
        }
    }

    private FieldClass Effective(Field field, in Context context, in Leaf leaf) => field.Class switch
    {
        FieldClass.Display => context.ClassOf(field),
        FieldClass.Age when context.IsTimeless => leaf.IsString ? FieldClass.Text : FieldClass.Clinical,
        FieldClass.Term when session.Level == PrivacyLevel.Identified || !leaf.IsString => FieldClass.Clinical,
        FieldClass.Clinical or FieldClass.Meta or FieldClass.Code or FieldClass.Country when leaf.IsString => Word(field, leaf),
        _ => field.Class,
    };

    /// <summary>A string where the contract promises a number or a flag is not what the table classed, nor is a code that reads like prose.</summary>
    private FieldClass Word(Field field, in Leaf leaf)
    {
        if (field.IsNoString) return FieldClass.Text;
        return session.Level != PrivacyLevel.Identified && (leaf.IsEscaped || LeafRules.IsProse(leaf.Value)) ? FieldClass.Term : field.Class;
    }

    private void Id(Field field, ReadOnlySpan<byte> name, in Context context, ReadOnlySpan<byte> value, in Leaf leaf)
    {
        if (value.IsEmpty) Output.Write(name, leaf.Token);
        else if (context.Contained) Output.Write(name, JsonOutput.Encode(FhirReference.Contained(Encoding.UTF8.GetString(value), session)));
        else Handle(name, "\""u8, Handle(field.Argument is "$" or null ? context.Prefix ?? "ref" : field.Argument, value));
    }

    private void Reference(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (FhirReference.IsLocal(value))
        {
            Output.Write(name, Link(value));
        }
        else if (!FhirReference.Split(value, out var type, out var id))
        {
            session.CountWithheld(FieldClass.Reference);
        }
        else if (FhirTypes.Find(type) is { } known)
        {
            Handle(name, known.Opening, Handle(known.Prefix, id));
        }
        else
        {
            var prefix = FhirTable.Prefix(Encoding.UTF8.GetString(type));
            Handle(name, [(byte)'"', .. type, (byte)'/'], Handle(HandleCode.IsKind(prefix) ? prefix : "ref", id));
        }
    }

    private byte[] Link(ReadOnlySpan<byte> value)
    {
        if (session.Memory.Links.Find(value, "") is { } known) return known;
        var link = JsonOutput.Encode(FhirReference.Local(Encoding.UTF8.GetString(value), session));
        session.Memory.Links.Add(value, "", link);
        return link;
    }

    private HandleAside Handle(string kind, ReadOnlySpan<byte> id)
    {
        if (_handles.Find(id, kind) is { } handle) return handle;
        handle = new HandleAside(system, kind, Encoding.UTF8.GetString(id), session);
        _handles.Add(id, kind, handle);
        return handle;
    }

    private void Handle(ReadOnlySpan<byte> name, ReadOnlySpan<byte> opening, HandleAside handle)
    {
        if (handle.Known is { } known) Output.Write(name, opening, known, "\""u8);
        else draft.Put(name, opening, handle);
    }

    /// <param name="name">The property.</param>
    /// <param name="leaf">Its value.</param>
    /// <param name="kind">What a change of it is counted as.</param>
    private void Text(ReadOnlySpan<byte> name, in Leaf leaf, string? kind)
    {
        var (texts, space) = (session.Memory.Texts, kind ?? "");
        var token = leaf.Token;
        if (texts.Find(token, space) is not { } text)
        {
            text = new TextAside(leaf.Memory, kind, redactor.Scrubber);
            draft.Read(text);
            if (token.Length <= SessionMemory.LongestText) texts.Add(token, space, text);
        }

        draft.Put(name, text, token);
    }

    private void Xhtml(ReadOnlySpan<byte> name, in Leaf leaf)
    {
        session.UntrustedText = true;
        var narratives = session.Memory.Narratives;
        var token = leaf.Token;
        if (narratives.Find(token, "") is not { } text)
        {
            text = new NarrativeAside(leaf.Memory, redactor.Scrubber);
            draft.Read(text);
            if (token.Length <= SessionMemory.LongestText) narratives.Add(token, "", text);
        }

        draft.Put(name, text);
    }

    private void File(ReadOnlySpan<byte> name, in Context context, ReadOnlySpan<byte> value, in Leaf leaf)
    {
        if (session.Level == PrivacyLevel.Identified)
        {
            Rule(FieldClass.File, name, context, value, leaf);
            return;
        }

        session.CountWithheld(FieldClass.File);

        // Each file is a draft of its own, which is written once.
        session.Remark();
        if (embedded >= 2 || context.ContentType is not { } type || !Base64.IsValid(value)) return;
        if (EmbeddedFile.Open(Encoding.UTF8.GetString(value), type, redactor, session, system, embedded + 1) is not { } file) return;
        draft.Read(file);
        draft.Put(name, file);
    }

    private void Rule(FieldClass kind, ReadOnlySpan<byte> name, in Context context, ReadOnlySpan<byte> value, in Leaf leaf)
    {
        if (IsDecided(kind, name, value, leaf)) return;
        var text = Encoding.UTF8.GetString(value);
        var verdict = LeafRules.Decide(kind, text, context.Unit, session);

        // What a limited data set may say is shown as it is only where it is that: people type prose into any box.
        if (verdict.Keep && session.Level == PrivacyLevel.Limited && !LeafRules.Fits(kind, text)) Text(name, leaf, LeafRules.Kind(kind));
        else if (verdict.Keep) Output.Write(name, leaf.Token);
        else session.CountWithheld(kind);
        if (verdict.Replacement is { } replacement) Output.Write(name, JsonOutput.Encode(replacement));
    }

    /// <summary>The same as <see cref="LeafRules.Decide"/> for what its bytes alone decide, which is nearly everything.</summary>
    private bool IsDecided(FieldClass kind, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value, in Leaf leaf)
    {
        if (kind == FieldClass.Date && SafeHarbor.TryYear(value, session.Today, out var told))
        {
            if (session.Level != PrivacyLevel.Deidentified)
            {
                session.CountShown(LeafRules.Kind(kind));
                Output.Write(name, leaf.Token);
                return true;
            }

            if (session.HasEcho) return false;
            session.CountWithheld(kind);
            if (told) Output.Write(name, "\""u8, value[..4], "\""u8);
            return true;
        }

        if (session.Level != PrivacyLevel.Deidentified || session.HasEcho || !LeafRules.IsWithheldUnread(kind)) return false;
        if (kind == FieldClass.System && LeafRules.IsStandard(value)) Output.Write(name, leaf.Token);
        else session.CountWithheld(kind);
        return true;
    }
}
