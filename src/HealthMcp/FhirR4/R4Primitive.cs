using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace HealthMcp.FhirR4;

/// <summary>The forms of R4's primitive types (R4 2.24.0.1), as JSON writes them.</summary>
internal static partial class R4Primitive
{
    /// <summary>Null when the value is of the type; else what it should be.</summary>
    public static string? Expected(string type, JsonElement value) => type switch
    {
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "true or false, without quotes",
        "integer" => IsInteger(value, int.MinValue) ? null : "a whole number, without quotes",
        "unsignedInt" => IsInteger(value, 0) ? null : "a whole number from 0, without quotes",
        "positiveInt" => IsInteger(value, 1) ? null : "a whole number from 1, without quotes",
        "decimal" => value.ValueKind == JsonValueKind.Number ? null : "a number, without quotes",
        _ => Text(value) is { } text && IsForm(type, text) ? null : Form(type),
    };

    /// <summary>Null when it is no text, or not one of Unicode.</summary>
    public static string? Text(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, escaped.
            return null;
        }
    }

    private static bool IsInteger(JsonElement value, int least) =>
        value.ValueKind == JsonValueKind.Number
        && value.TryGetInt32(out var number)
        && number >= least
        && value.GetRawText().AsSpan().IndexOfAny('.', 'e', 'E') < 0;

    private static bool IsForm(string type, string text) => type switch
    {
        "date" => Date().IsMatch(text) && IsDay(text),
        "dateTime" => DateTime().IsMatch(text) && IsDay(text),
        "instant" => text.Length > 10 && DateTime().IsMatch(text) && IsDay(text),
        "time" => Time().IsMatch(text),
        "id" => Id().IsMatch(text),
        "code" => Code().IsMatch(text),
        "oid" => Oid().IsMatch(text),
        "uuid" => Uuid().IsMatch(text),
        "uri" or "url" or "canonical" => !text.Any(char.IsWhiteSpace),
        "base64Binary" => Base64.IsValid(text),
        "xhtml" => text.StartsWith("<div", StringComparison.Ordinal),
        _ => !text.Any(c => char.IsControl(c) && c is not ('\r' or '\n' or '\t')),
    };

    // The 31st of every month has the form of a date.
    private static bool IsDay(string text)
    {
        if (text.StartsWith("0000", StringComparison.Ordinal)) return false;
        if (text.Length < 10) return true;
        var (year, month, day) = (Number(text, 0, 4), Number(text, 5, 2), Number(text, 8, 2));
        return day <= System.DateTime.DaysInMonth(year, month);
    }

    private static int Number(string text, int at, int length) => int.Parse(text.AsSpan(at, length), NumberStyles.None, CultureInfo.InvariantCulture);

    private static string Form(string type) => type switch
    {
        "date" => "a date: YYYY, YYYY-MM or YYYY-MM-DD",
        "dateTime" => "a date, or a date with a time and its zone: YYYY-MM-DDThh:mm:ss+zz:zz",
        "instant" => "a moment: YYYY-MM-DDThh:mm:ss+zz:zz",
        "time" => "a time of day: hh:mm:ss",
        "id" => "an id: 1 to 64 letters, digits, - and .",
        "code" => "a code: no space at its ends, none doubled",
        "base64Binary" => "base64",
        "xhtml" => "XHTML in a div",
        "oid" or "uuid" => $"urn:{type}: and a value of that kind",
        "uri" or "url" or "canonical" => $"a {type}, without spaces",
        _ => "a text",
    };

    [GeneratedRegex(@"\A[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Date();

    [GeneratedRegex(
        @"\A[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01])(T([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]+)?(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00))?)?)?\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex DateTime();

    [GeneratedRegex(@"\A([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]+)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Time();

    [GeneratedRegex(@"\A[A-Za-z0-9\-.]{1,64}\z")]
    private static partial Regex Id();

    [GeneratedRegex(@"\A[^\s]+(\s[^\s]+)*\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Code();

    [GeneratedRegex(@"\Aurn:oid:[0-2](\.(0|[1-9][0-9]*))+\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Oid();

    [GeneratedRegex(@"\Aurn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Uuid();
}
