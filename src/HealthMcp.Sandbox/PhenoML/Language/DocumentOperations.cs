using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML.Language;

/// <summary>Documents to FHIR: their text, page by page, and then as a text.</summary>
internal sealed class DocumentOperations(ProfileShelf profiles)
{
    public Answer One(Exchange exchange)
    {
        if (exchange.JsonBody() is not { } body || body.Text("version") is not ("R4" or "4.0.1") || body.Text("resource") is not { Length: > 0 } kind)
        {
            return PhenoMlSystem.BadRequest("version (R4), resource and content are required");
        }

        return Pages(body, out var pages) ?? LanguageOperations.Made(profiles, kind, Text(pages), byType: true);
    }

    public Answer Several(Exchange exchange)
    {
        if (exchange.JsonBody() is not { } body || body.Text("version") is null)
        {
            return PhenoMlSystem.BadRequest("version (R4) and content are required");
        }

        if ((MultiOptions.Problem(body, profiles) ?? Pages(body, out var pages)) is { } refused)
        {
            return refused;
        }

        Pages(body, out pages);
        var answer = TextBundle.Answer(TextBundle.Read(Text(pages)), body.Text("validation_method"));
        return Serving.Answer.Json(Context(body) is null ? answer : answer.Set("page_classifications", Json.Array(pages.Select(page => page.Row))));
    }

    private static string Text(IReadOnlyList<Page> pages) => string.Join('\n', pages.Where(page => page.Include).Select(page => page.Text));

    /// <summary>Why the document cannot be read; null when its pages were.</summary>
    private static Answer? Pages(JsonObject body, out IReadOnlyList<Page> pages)
    {
        pages = [];
        if (body["config"]?["page_filter"] is { } filter && (filter as JsonObject)?.Text("context") is null)
        {
            return PhenoMlSystem.BadRequest("page_filter requires context");
        }

        var bytes = new byte[(body.Text("content")?.Length ?? 0) + 3];
        if (!Convert.TryFromBase64String(body.Text("content") ?? "", bytes, out var length) || DocumentText.Read(bytes.AsSpan(0, length)) is not { } texts)
        {
            return PhenoMlSystem.BadRequest("content must be base64 of a PDF, PNG or JPEG");
        }

        pages = [.. texts.Select((text, at) => Page.Of(at + 1, text, Context(body)))];
        return Text(pages).Trim().Length == 0 ? PhenoMlSystem.Unprocessable("Document could not be processed: no text was found") : null;
    }

    private static string? Context(JsonObject body) => (body["config"]?["page_filter"] as JsonObject)?.Text("context");

    private sealed record Page(int Number, string Text, bool Include, string Reason)
    {
        public JsonObject Row => new() { ["page_number"] = Number, ["include"] = Include, ["reason"] = Reason };

        /// <summary>A page belongs when a word of the context, or any code of the lexicon, stands on it.</summary>
        public static Page Of(int number, string text, string? context)
        {
            var words = (context ?? "").Split([' ', ',', '.', ';'], StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length > 4);
            var include = context is null
                || words.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase))
                || Finding.In(text, 0, text.Length, "SNOMED_CT_US_LITE").Count > 0;
            return new(number, text, include, include ? "Sandbox engine: has words of the context" : "Sandbox engine: has no word of the context");
        }
    }
}
