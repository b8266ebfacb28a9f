namespace HealthMcp.Documents;

/// <summary>The texts of a document as rows, each small enough to be shown and whole enough to be searched for identifiers.</summary>
internal static class DocumentParts
{
    public static IReadOnlyList<ReadOnlyMemory<byte>> Of(IEnumerable<(string? Title, string? Code, string Text)> sections)
    {
        var number = 0;
        return [.. sections.SelectMany(section => TextParts.Of(section.Text).Select(text => JsonRow.Of(json =>
        {
            json.WriteNumber("part", ++number);
            json.Maybe("title", section.Title);
            json.Maybe("code", section.Code);
            json.WriteString("text", text);
        })))];
    }
}
