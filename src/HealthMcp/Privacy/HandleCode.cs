using System.Text;
using HealthMcp.Storage;

namespace HealthMcp.Privacy;

/// <summary>
/// The spelling of a handle: <c>pt_</c> and 16 characters of Crockford's base 32, of which 15 are random (75 bits) and the last is a check.
/// The check is a polynomial over GF(32) that covers the kind too: it catches every changed character and every two exchanged ones.
/// </summary>
internal static class HandleCode
{
    private const int Random = 15;
    private const int Size = Random + 1;
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>A kind is the word before the underscore: a few lower-case letters and digits.</summary>
    public static bool IsKind(string kind) =>
        kind.Length is > 0 and <= 12 && char.IsAsciiLetterLower(kind[0]) && kind.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c));

    /// <summary>Random and not derived from anything about the individual, as 45 CFR 164.514(c)(1) asks of a code for re-identification.</summary>
    public static string New(string kind, Entropy entropy)
    {
        Span<byte> random = stackalloc byte[Random];
        entropy.Fill(random);
        var check = Start(kind);
        var handle = new StringBuilder(kind).Append('_');
        foreach (var value in random)
        {
            var symbol = value & 31;
            check = Step(check, symbol);
            handle.Append(Alphabet[symbol]);
        }

        return handle.Append(Alphabet[Step(check, 0)]).ToString();
    }

    /// <summary>Reads a handle in any case and with o for 0 or i and l for 1; the canonical spelling is what was minted.</summary>
    public static bool TryRead(string text, string kind, out string canonical)
    {
        canonical = "";
        if (text.Length != kind.Length + 1 + Size || text[kind.Length] != '_' || !Ascii.EqualsIgnoreCase(text.AsSpan(0, kind.Length), kind))
        {
            return false;
        }

        var check = Start(kind);
        var handle = new StringBuilder(kind).Append('_');
        foreach (var c in text.AsSpan(kind.Length + 1))
        {
            var symbol = Alphabet.IndexOf(Fold(c), StringComparison.Ordinal);
            if (symbol < 0)
            {
                return false;
            }

            check = Step(check, symbol);
            handle.Append(Alphabet[symbol]);
        }

        canonical = handle.ToString();
        return check == 0;
    }

    private static char Fold(char c) => c switch
    {
        'O' or 'o' => '0',
        'I' or 'i' or 'L' or 'l' => '1',
        >= 'A' and <= 'Z' => (char)(c | 0x20),
        _ => c,
    };

    private static int Start(string kind)
    {
        var check = 1;
        foreach (var c in kind)
        {
            check = Step(Step(check, c >> 5), c & 31);
        }

        return check;
    }

    /// <summary>Horner's rule: times x modulo x^5 + x^2 + 1, a primitive polynomial, then plus the symbol.</summary>
    private static int Step(int check, int symbol)
    {
        var product = check << 1;
        return ((product & 32) != 0 ? product ^ 0b100101 : product) ^ symbol;
    }
}
