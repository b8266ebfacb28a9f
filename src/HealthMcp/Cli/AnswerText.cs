using System.Text;
using System.Text.Json;
using HealthMcp.Pipeline;

namespace HealthMcp.Cli;

/// <summary>An answer for a person at a terminal: the data as indented JSON, then what else there is to know in a line each.</summary>
internal static class AnswerText
{
    public static string Of(CallAnswer answer)
    {
        if (answer.IsError) return answer.Text;
        var root = JsonElement.Parse(answer.Structured.Span);
        var text = new StringBuilder(IndentedJson.Of(root.GetProperty("data").WriteTo)).Append('\n');
        if (root.TryGetProperty("write", out var write)) Line(text, "write", write);
        if (root.TryGetProperty("page", out var page)) Line(text, "page", page);
        Line(text, "source", root.GetProperty("source"));
        Line(text, "privacy", root.GetProperty("privacy"));
        foreach (var notice in root.GetProperty("notices").EnumerateArray()) text.Append($"note: {notice.GetString()}\n");
        return text.ToString().TrimEnd();
    }

    private static void Line(StringBuilder text, string name, JsonElement value)
    {
        text.Append($"{name}:");
        foreach (var member in value.EnumerateObject())
            text.Append($" {member.Name}={(member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : member.Value.GetRawText())};");
        text.Length--;
        text.Append('\n');
    }
}
