using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.Registration;

/// <summary>The request from the arguments: they have the contract's names, so what is given is what is sent.</summary>
internal static class RegistrationBody
{
    // Arguments that the server itself reads.
    private static readonly string[] Ours = ["fields", "max_bytes", "privacy", "confirmation", "patient", "despite_duplicates"];

    /// <exception cref="CallFailureException">A text is blank, or a date cannot be.</exception>
    public static JsonObject Of<T>(T input, JsonTypeInfo<T> type, DateOnly today)
    {
        var body = new JsonObject();
        foreach (var (name, value) in (JsonObject)JsonSerializer.SerializeToNode(input, type)!)
            if (value is not null && !Ours.Contains(name, StringComparer.Ordinal)) body[name] = Trimmed(name, value);
        if (Problem(body, today) is { } problem) throw CallFailureException.Invalid(problem.Field, problem.Why);
        return body;
    }

    /// <summary>What cannot be true of anybody; null when all may be.</summary>
    public static (string Field, string Why)? Problem(JsonObject body, DateOnly today)
    {
        if (Date(body, "date_of_birth") is { } born && (born > today.AddDays(1) || born < today.AddYears(-125)))
            return ("date_of_birth", "date_of_birth lies in the future or more than 125 years back: check the year.");
        if (Date(body, "date_time_deceased") is { } died && died > today.AddDays(1))
            return ("date_time_deceased", "date_time_deceased lies in the future: check the date.");
        return body["email"] is { } email && !email.GetValue<string>().Contains('@', StringComparison.Ordinal)
            ? ("email", "email is no e-mail address: it needs an @.")
            : null;
    }

    private static DateOnly? Date(JsonObject body, string name) =>
        body[name]?.GetValue<string>() is { Length: >= 10 } text && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", out var date) ? date : null;

    private static JsonNode Trimmed(string name, JsonNode value)
    {
        if (value.GetValueKind() != JsonValueKind.String) return value.DeepClone();
        var text = value.GetValue<string>().Trim();
        return text.Length > 0 ? text : throw CallFailureException.Invalid(name, $"{name} is blank: leave it out; the API has no way to empty a field.");
    }
}
