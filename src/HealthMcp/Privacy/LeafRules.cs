using System.Buffers;
using System.Globalization;
using System.Text;

namespace HealthMcp.Privacy;

/// <summary>What becomes of a leaf: kept as written, replaced, or withheld.</summary>
internal readonly record struct Verdict(bool Keep, string? Replacement)
{
    public static Verdict Kept => new(true, null);

    public static Verdict Withheld => new(false, null);

    public static Verdict Becomes(string? text) => new(false, text);
}

/// <summary>
/// One row per class: 164.514(b)(2) when de-identified, 164.514(e)(2) when limited. Classes that need more than their own value
/// (ids, references, text, files) are not here.
/// </summary>
internal static class LeafRules
{
    private static readonly SearchValues<byte> UriSigns = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789:/.-"u8);

    /// <summary>No code has one of these in it: blanks, an at sign, anything beyond ASCII.</summary>
    private static readonly SearchValues<byte> Suspects =
        SearchValues.Create([(byte)' ', (byte)'\t', (byte)'@', .. Enumerable.Range(0x80, 0x80).Select(b => (byte)b)]);

    /// <summary>Kept at every level, byte for byte.</summary>
    public static bool IsKept(FieldClass kind) =>
        kind is FieldClass.Clinical or FieldClass.Code or FieldClass.Meta or FieldClass.Country;

    /// <summary>
    /// Codes, numbers and enumerations are single words: something with two words in it, or an address, is not one of them, whatever
    /// the contract says.
    /// </summary>
    public static bool IsProse(ReadOnlySpan<byte> value)
    {
        if (!value.ContainsAny(Suspects)) return false;
        var letters = 0;
        foreach (var b in value)
        {
            if (b == (byte)'@') return true;
            letters = char.IsAsciiLetter((char)b) || b >= 0x80 ? letters + 1 : 0;
            if (letters > 1) return true;
        }

        return false;
    }

    /// <summary>What a de-identified answer never shows, whatever it says; or only by how it begins (<see cref="IsStandard(ReadOnlySpan{byte})"/>).</summary>
    public static bool IsWithheldUnread(FieldClass kind) => kind is FieldClass.Name or FieldClass.Facility or FieldClass.Employer or FieldClass.Street
        or FieldClass.City or FieldClass.Contact or FieldClass.Number or FieldClass.Url or FieldClass.System or FieldClass.Time or FieldClass.Drop;

    /// <summary>Namespaces of public standards say what kind of number was withheld, and nothing of whom.</summary>
    public static bool IsStandard(ReadOnlySpan<byte> value) =>
        (value.StartsWith("http://hl7.org/fhir/sid/"u8) || value.StartsWith("http://terminology.hl7.org/"u8)) && !value.ContainsAnyExcept(UriSigns);

    /// <summary>A date is no sentence, and the name of a place says nothing of relatives and has no long number in it.</summary>
    public static bool Fits(FieldClass kind, string value)
    {
        if (kind is FieldClass.Date or FieldClass.Birth or FieldClass.Time or FieldClass.Age or FieldClass.Zip)
            return value.Length <= 40 && !TextToken.Split(value).Exists(word =>
                word.Case != TokenCase.Number && word.Length > 3 && Lexicon.Default.IsName(value.AsSpan(word.Start, word.Length)));
        return value.Length <= 80 && !value.Contains('@') && value.Count(char.IsAsciiDigit) < 7
            && !TextToken.Split(value).Exists(word =>
                word.Case == TokenCase.Lower && (Lexicon.Default.Of(value.AsSpan(word.Start, word.Length)) & WordKinds.Relation) != WordKinds.None);
    }

    /// <summary>What a withheld value of this class is counted as.</summary>
    public static string Kind(FieldClass kind) => kind switch
    {
        FieldClass.Name => "name",
        FieldClass.Facility or FieldClass.Employer => "facility",
        FieldClass.Date or FieldClass.Birth or FieldClass.Time => "date",
        FieldClass.Age => "age",
        FieldClass.Street or FieldClass.City or FieldClass.State or FieldClass.Zip => "address",
        FieldClass.Contact => "contact",
        FieldClass.Id or FieldClass.Reference or FieldClass.Drop => "id",
        FieldClass.Number => "number",
        FieldClass.Url or FieldClass.System => "url",
        FieldClass.File => "file",
        FieldClass.Text or FieldClass.Term or FieldClass.Xhtml => "text",
        _ => "unclassified",
    };

    public static Verdict Decide(FieldClass kind, string value, string? unit, RedactionSession session)
    {
        if ((kind == FieldClass.System && IsStandard(Encoding.UTF8.GetBytes(value))) || (kind == FieldClass.State && SafeHarbor.IsState(value)))
            return Verdict.Kept;
        var shown = session.Level switch
        {
            PrivacyLevel.Identified => kind != FieldClass.Drop,
            PrivacyLevel.Limited => IsOfLimitedDataSet(kind),
            _ => false,
        };
        if (shown || (kind != FieldClass.Drop && session.Echoes(value)))
        {
            session.CountShown(Kind(kind));
            return Verdict.Kept;
        }

        return session.Level == PrivacyLevel.Deidentified ? Coarsen(kind, value, unit, session.Today) : Verdict.Withheld;
    }

    /// <summary>164.514(e)(2) does not list dates, ages, town, state and ZIP code; facilities are no identifier of the individual.</summary>
    private static bool IsOfLimitedDataSet(FieldClass kind) => kind is FieldClass.Date or FieldClass.Birth or FieldClass.Time or FieldClass.Age
        or FieldClass.City or FieldClass.State or FieldClass.Zip or FieldClass.Facility;

    private static Verdict Coarsen(FieldClass kind, string value, string? unit, DateOnly today) => kind switch
    {
        FieldClass.Date => Verdict.Becomes(SafeHarbor.Year(value, today)), // (C)
        FieldClass.Birth => Verdict.Becomes(SafeHarbor.BirthYear(value, today)), // (C)
        FieldClass.Age => Age(value, unit), // (C)
        FieldClass.Zip => Verdict.Becomes(SafeHarbor.Zip3(value)), // (B)
        _ => Verdict.Withheld,
    };

    private static Verdict Age(string value, string? unit)
    {
        var digits = value.AsSpan().TrimStart();
        var length = digits.IndexOfAnyExcept("0123456789.");
        if (!decimal.TryParse(length < 0 ? digits : digits[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var age))
            return Verdict.Withheld;
        var tail = length < 0 ? unit : digits[length..].Trim().ToString();
        if (tail is { Length: > 0 } && tail.AsSpan().ContainsAnyInRange('0', '9')) return Verdict.Withheld;
        return SafeHarbor.IsOver89(age, tail) ? Verdict.Becomes(SafeHarbor.Over89) : Verdict.Kept;
    }
}
