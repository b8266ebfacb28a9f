using System.Security.Cryptography;
using System.Text.Json;

namespace HealthMcp.Pipeline;

/// <summary>
/// Where an answer went on is remembered by the last row that was given, not by a number alone: a record that is added or archived in the
/// meantime would shift the count, and a row would be given twice or never.
/// </summary>
internal static class RowMark
{
    private const int Length = 8;

    /// <summary>Recognises the row in the same page when it is fetched again: by its id, or by all of it where it has none. Base 16.</summary>
    public static string Of(ReadOnlySpan<byte> row)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Id(row), hash);
        return Convert.ToHexString(hash[..Length]);
    }

    /// <summary>Number of rows of the page that are not to be given again.</summary>
    /// <param name="sections">The page as it is now.</param>
    /// <param name="given">How many had been given.</param>
    /// <param name="last">Mark of the last one; when it is gone, or none was kept, the number counts.</param>
    public static int Resume(IReadOnlyList<RedactedSection> sections, int given, string? last)
    {
        if (last is null) return given;
        var rows = sections.SelectMany(section => section.Rows).ToList();
        var nearest = -1;
        for (var at = 0; at < rows.Count; at++)
            if (Of(rows[at].Span) == last && (nearest < 0 || Math.Abs(at + 1 - given) < Math.Abs(nearest + 1 - given))) nearest = at;
        return nearest < 0 ? given : nearest + 1;
    }

    /// <summary>Mark of the row at a position counted over all sections.</summary>
    public static string? At(IReadOnlyList<RedactedSection> sections, int position)
    {
        foreach (var section in sections)
        {
            if (position < section.Rows.Count) return position < 0 ? null : Of(section.Rows[position].Span);
            position -= section.Rows.Count;
        }

        return null;
    }

    private static ReadOnlySpan<byte> Id(ReadOnlySpan<byte> row)
    {
        var reader = new Utf8JsonReader(row);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return row;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var wanted = reader.ValueTextEquals("id"u8) || reader.ValueTextEquals("uuid"u8);
            reader.Read();
            if (wanted && reader.TokenType == JsonTokenType.String) return reader.ValueSpan;
            reader.Skip();
        }

        return row;
    }
}
