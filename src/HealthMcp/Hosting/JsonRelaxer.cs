using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace HealthMcp.Hosting;

/// <summary>
/// Shortens JSON that the SDK has written: a quote that it spells <c>\u0022</c> becomes <c>\"</c>, a letter that it spells in hex
/// becomes that letter. The meaning stays the same to the byte; what must stay escaped stays as it was.
/// The SDK writes each event in one piece; an escape that were cut in two would stay as it is.
/// </summary>
internal sealed class JsonRelaxer
{
    private const int EscapeLength = 6;

    private readonly ArrayBufferWriter<byte> relaxed = new();
    private bool insideEscape;

    /// <summary>The result is valid until the next call.</summary>
    public ReadOnlyMemory<byte> Relax(ReadOnlyMemory<byte> json)
    {
        var rest = json.Span;
        if (rest.IndexOf((byte)'\\') < 0)
        {
            insideEscape &= rest.IsEmpty;
            return json;
        }

        relaxed.ResetWrittenCount();
        if (insideEscape)
        {
            relaxed.Write(rest[..1]);
            rest = rest[1..];
            insideEscape = false;
        }

        for (int backslash; (backslash = rest.IndexOf((byte)'\\')) >= 0;)
        {
            relaxed.Write(rest[..backslash]);
            rest = rest[backslash..];
            rest = rest[Escape(rest)..];
        }

        relaxed.Write(rest);
        return relaxed.WrittenMemory;
    }

    /// <summary>Writes the escape at the start, shorter where that is safe, and returns how much of the input it took.</summary>
    private int Escape(ReadOnlySpan<byte> text)
    {
        if (!TryCodeUnit(text, out var unit))
        {
            // Two bytes, so that the second of \\ is never taken for the start of an escape.
            var kept = Math.Min(2, text.Length);
            relaxed.Write(text[..kept]);
            insideEscape = kept == 1;
            return kept;
        }

        var taken = EscapeLength;
        if (char.IsHighSurrogate(unit) && TryCodeUnit(text[EscapeLength..], out var low) && char.IsLowSurrogate(low))
        {
            taken += EscapeLength;
            Put(new Rune(unit, low), text[..taken]);
        }
        else if (Rune.TryCreate(unit, out var rune))
        {
            Put(rune, text[..taken]);
        }
        else
        {
            relaxed.Write(text[..taken]);
        }

        return taken;
    }

    private void Put(Rune rune, ReadOnlySpan<byte> escape)
    {
        if (rune.Value == '"')
        {
            relaxed.Write("\\\""u8);
        }
        else if (rune.Value != '\\' && IsPlain(rune))
        {
            relaxed.Advance(rune.EncodeToUtf8(relaxed.GetSpan(4)));
        }
        else
        {
            relaxed.Write(escape);
        }
    }

    /// <summary>Controls, separators and invisible characters stay escaped, so that no line-based reader stumbles over them.</summary>
    private static bool IsPlain(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static bool TryCodeUnit(ReadOnlySpan<byte> text, out char unit)
    {
        unit = default;
        if (text.Length < EscapeLength || text[0] != '\\' || text[1] != 'u'
            || !Utf8Parser.TryParse(text[2..EscapeLength], out ushort value, out var used, 'x') || used != 4)
        {
            return false;
        }

        unit = (char)value;
        return true;
    }
}
