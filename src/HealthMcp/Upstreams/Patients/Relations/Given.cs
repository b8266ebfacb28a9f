using System.Text.Json.Nodes;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.Relations;

/// <summary>Arguments that were given, by the contract's name.</summary>
internal static class Given
{
    public static JsonObject Of(params (string Name, JsonNode? Value)[] all) =>
        new(all.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value)));

    /// <exception cref="CallFailureException">One of these was given.</exception>
    public static void None(JsonObject given, string why, params string[] names)
    {
        if (names.FirstOrDefault(given.ContainsKey) is { } name) throw CallFailureException.Invalid(name, $"{name} does not go here: {why}.");
    }

    /// <exception cref="CallFailureException">The name was not given.</exception>
    public static void Need(JsonObject given, string name, string why)
    {
        if (!given.ContainsKey(name)) throw CallFailureException.Invalid(name, why);
    }
}
