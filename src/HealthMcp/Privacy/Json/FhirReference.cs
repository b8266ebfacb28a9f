using System.Buffers;
using System.Globalization;
using System.Text;

namespace HealthMcp.Privacy;

/// <summary>
/// Literal references (FHIR R4 2.3.0.1), taken apart by their bytes: <c>[http(s)://…/]Type/id[/_history/version][#…]</c>. What is not exactly that is no
/// reference.
/// </summary>
internal static class FhirReference
{
    private const int LongestId = 64;
    private static readonly SearchValues<byte> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);
    private static readonly SearchValues<byte> IdSigns = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-."u8);

    /// <summary>The resource type and the id that a literal reference names, if it does.</summary>
    public static bool Split(ReadOnlySpan<byte> reference, out ReadOnlySpan<byte> type, out ReadOnlySpan<byte> id)
    {
        type = default;
        id = default;
        if (reference.IndexOf((byte)'#') is var hash and >= 0)
        {
            if (!IsUnbroken(reference[(hash + 1)..])) return false;
            reference = reference[..hash];
        }

        if (reference is [.., (byte)'/'] || !Last(ref reference, out id) || !Last(ref reference, out type)) return false;
        if (type.SequenceEqual("_history"u8))
        {
            if (!IsId(id) || !Last(ref reference, out id) || !Last(ref reference, out type)) return false;
        }

        return IsId(id) && IsType(type) && (reference.IsEmpty || IsBase(reference));
    }

    /// <summary>True for what names something inside the answer: a contained resource, a UUID or an OID.</summary>
    public static bool IsLocal(ReadOnlySpan<byte> reference) =>
        reference is [(byte)'#', ..] || IsUrn(reference, "urn:uuid:"u8) || IsUrn(reference, "urn:oid:"u8);

    /// <summary>A local reference, renumbered.</summary>
    public static string Local(string reference, RedactionSession session) => reference[0] == '#'
        ? "#" + Contained(reference[1..], session)
        : string.Create(CultureInfo.InvariantCulture, $"urn:uuid:00000000-0000-4000-8000-{session.Local(reference.ToLowerInvariant()):x12}");

    /// <summary>The id of a contained resource, as its references will name it.</summary>
    public static string Contained(string id, RedactionSession session) =>
        id.Length == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"r{session.Local("#" + id)}");

    /// <summary>Takes the last segment off; what is left then ends with a slash, or is empty.</summary>
    private static bool Last(scoped ref ReadOnlySpan<byte> path, out ReadOnlySpan<byte> segment)
    {
        if (path is [.., (byte)'/']) path = path[..^1];
        var at = path.LastIndexOf((byte)'/') + 1;
        segment = path[at..];
        path = path[..at];
        return !segment.IsEmpty;
    }

    private static bool IsId(ReadOnlySpan<byte> id) => id.Length is > 0 and <= LongestId && !id.ContainsAnyExcept(IdSigns);

    private static bool IsType(ReadOnlySpan<byte> type) =>
        type.Length is >= 3 and <= 41 && char.IsAsciiLetterUpper((char)type[0]) && !type.ContainsAnyExcept(Letters);

    private static bool IsBase(ReadOnlySpan<byte> address)
    {
        var scheme = address.StartsWith("https://"u8) ? 8 : address.StartsWith("http://"u8) ? 7 : int.MaxValue;
        return address.Length > scheme && !address.Contains((byte)'?') && IsUnbroken(address);
    }

    /// <summary>No blank in it, and nothing beyond ASCII, where there are more blanks.</summary>
    private static bool IsUnbroken(ReadOnlySpan<byte> text) => !text.ContainsAnyExceptInRange((byte)0x21, (byte)0x7E);

    private static bool IsUrn(ReadOnlySpan<byte> reference, ReadOnlySpan<byte> scheme) =>
        reference.Length >= scheme.Length && Ascii.EqualsIgnoreCase(reference[..scheme.Length], scheme);
}
