using System.Text.Json;
using HealthMcp.Tests.HouseRules;

namespace HealthMcp.Tests.ServerJson;

/// <summary>What server.json declares.</summary>
internal static class ServerJsonFile
{
    public static string Text => Repository.Read("server.json");

    public static JsonElement Root { get; } = JsonDocument.Parse(Text).RootElement;

    public static IReadOnlyList<JsonElement> Packages => [.. Root.GetProperty("packages").EnumerateArray()];

    /// <summary>Every environment variable, of the first package: a test holds the packages to the same list.</summary>
    public static IReadOnlyList<JsonElement> Variables => [.. Packages[0].GetProperty("environmentVariables").EnumerateArray()];

    /// <summary>Names in the order of the file; compare these with the settings that the code knows.</summary>
    public static IReadOnlyList<string> VariableNames => [.. Variables.Select(v => v.GetProperty("name").GetString()!)];

    /// <summary>Names of the variables that a client must keep secret.</summary>
    public static IReadOnlyList<string> SecretNames =>
        [.. Variables.Where(v => v.TryGetProperty("isSecret", out var secret) && secret.GetBoolean()).Select(v => v.GetProperty("name").GetString()!)];
}
