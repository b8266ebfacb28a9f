using System.Globalization;
using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Privacy;

namespace HealthMcp.Pipeline;

/// <summary>All that an answer is written from.</summary>
/// <param name="AsAsked">Members were asked for by name: each row has its own.</param>
internal sealed record AnswerContent(RedactedAnswer Answer, CutAnswer Cut, string? Cursor, PrivacyLevel Level, ToolDefinition Tool, bool AsAsked = false);

/// <summary>Writes <c>data</c>, <c>common</c>, <c>write</c>, <c>page</c>, <c>source</c>, <c>privacy</c> and <c>notices</c>, the same for every tool.</summary>
internal sealed class AnswerWriter(IReadOnlyDictionary<string, SystemSource> sources, PrivacySettings privacy, TimeProvider time)
{
    public byte[] Write(AnswerContent content)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonText.Writing))
        {
            json.WriteStartObject();
            DataOnce(json, content);
            if (content.Answer.Write is { } write) Write(json, write);
            Page(json, content);
            Source(json, sources[content.Answer.System]);
            Privacy(json, content);
            Notices(json, content);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    // Of a write all is shown where it stands.
    private static void DataOnce(Utf8JsonWriter json, AnswerContent content)
    {
        var whole = content.AsAsked || content.Answer.Write is not null;
        var told = content.Cut.Sections.Select(section => whole ? new ToldOnce(section, default) : Commons.Of(section)).ToList();
        Data(json, [.. told.Select(one => one.Section)]);
        var common = told.Where(one => one.Told.Length > 0).ToList();
        if (common.Count == 0) return;
        json.WritePropertyName("common");
        if (common is [{ Section.Name: null } only])
        {
            json.WriteRawValue(only.Told.Span, skipInputValidation: true);
            return;
        }

        json.WriteStartObject();
        foreach (var one in common)
        {
            json.WritePropertyName(one.Section.Name!);
            json.WriteRawValue(one.Told.Span, skipInputValidation: true);
        }

        json.WriteEndObject();
    }

    private static void Data(Utf8JsonWriter json, IReadOnlyList<RedactedSection> sections)
    {
        json.WritePropertyName("data");
        if (sections is [{ Name: null } only])
        {
            Rows(json, only);
            return;
        }

        json.WriteStartObject();
        foreach (var section in sections)
        {
            json.WritePropertyName(section.Name!);
            Rows(json, section);
        }

        json.WriteEndObject();
    }

    private static void Rows(Utf8JsonWriter json, RedactedSection section)
    {
        if (section.Single)
        {
            if (section.Rows.Count == 0) json.WriteNullValue();
            else json.WriteRawValue(section.Rows[0].Span, skipInputValidation: true);
            return;
        }

        json.WriteStartArray();
        foreach (var row in section.Rows) json.WriteRawValue(row.Span, skipInputValidation: true);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, WriteView write)
    {
        json.WriteStartObject("write");
        json.WriteString("status", write.Status);
        if (write.Says is { } says) json.WriteString("says", says);
        if (write.Authorship is { } authorship) json.WriteString("authorship", authorship);
        if (write.Confirmation is { } confirmation)
        {
            json.WriteString("confirmation", confirmation);
            json.WriteString("next", "Nothing is written yet. If the user agrees, repeat the call with this confirmation; it is good once, for ten minutes.");
        }

        if (write.Link is { } link) json.WriteString("link", link);
        if (write.Next is { } next) json.WriteString("next", next);
        if (write.Verified is { } verified) json.WriteBoolean("verified", verified);
        if (write.Warnings.Count > 0) JsonText.Strings(json, "warnings", write.Warnings);
        json.WriteEndObject();
    }

    private static void Page(Utf8JsonWriter json, AnswerContent content)
    {
        if (content.Cut.Sections.All(s => s.Single)) return;
        json.WriteStartObject("page");
        json.WriteNumber("returned", content.Cut.Sections.Sum(s => s.Rows.Count));
        var totals = content.Cut.Sections.Where(s => s.Total is not null).ToList();
        if (totals is [{ Name: null } only]) json.WriteNumber("total", only.Total!.Value);
        else if (totals.Count > 0)
        {
            json.WriteStartObject("totals");
            foreach (var section in totals) json.WriteNumber(section.Name!, section.Total!.Value);
            json.WriteEndObject();
        }

        if (content.Cursor is { } cursor) json.WriteString("cursor", cursor);
        json.WriteEndObject();
    }

    private void Source(Utf8JsonWriter json, SystemSource source)
    {
        json.WriteStartObject("source");
        json.WriteString("system", source.System);
        json.WriteString("kind", source.Kind);
        json.WriteString("asOf", time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    private void Privacy(Utf8JsonWriter json, AnswerContent content)
    {
        json.WriteStartObject("privacy");
        json.WriteString("level", content.Level.ToString().ToLowerInvariant());
        if (content.Level == PrivacyLevel.Identified) json.WriteString("purpose", privacy.Purpose);
        if (content.Answer.Withheld.Count > 0)
        {
            json.WriteStartObject("withheld");
            foreach (var (kind, count) in content.Answer.Withheld.OrderBy(w => w.Key, StringComparer.Ordinal)) json.WriteNumber(kind, count);
            json.WriteEndObject();
            if (content.Level != PrivacyLevel.Identified)
            {
                json.WriteString(
                    "toSeeMore",
                    "Operator: HEALTHMCP_PRIVACY=limited, or identified with HEALTHMCP_PURPOSE; over OAuth also scope phi/limited or phi/identified.");
            }
        }

        json.WriteEndObject();
    }

    private static void Notices(Utf8JsonWriter json, AnswerContent content)
    {
        var said = new List<string>(content.Answer.Notices);
        said.AddRange(content.Cut.Notices);
        var empty = content.Answer.Sections.Sum(s => s.Rows.Count) == 0;
        if (empty && content.Answer.Searched is { } searched) said.Insert(0, $"Nothing was found. Searched: {searched}");
        if (content.Cut.LeftOut && content.Cursor is not null && content.Cut.Taken > 0)
        {
            said.Add("More rows of this answer exist than fit: go on with page.cursor, or raise max_bytes.");
        }

        JsonText.Strings(json, "notices", said);
    }
}
