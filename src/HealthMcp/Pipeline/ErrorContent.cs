using System.Text;
using System.Text.Json;
using HealthMcp.Catalog;

namespace HealthMcp.Pipeline;

/// <summary>An error as a tool result: the sentence as text, and code, argument and retryability for programs.</summary>
internal static class ErrorContent
{
    public static CallAnswer Of(CallFailureException failure)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonText.Writing)) Write(json, failure);
        return new CallAnswer(buffer.ToArray(), failure.Message, failure.Code);
    }

    private static void Write(Utf8JsonWriter json, CallFailureException failure)
    {
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("code", failure.Code);
        json.WriteString("message", failure.Message);
        if (failure.Argument is { } argument) json.WriteString("argument", argument);
        json.WriteBoolean("retryable", failure.Retryable);
        if (failure.MissingScopes.Count > 0) JsonText.Strings(json, "missingScopes", failure.MissingScopes);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
