using System.Buffers;
using System.Text.Json;
using HealthMcp.Upstreams.DrCloud.Search;
using HealthMcp.Upstreams.DrCloud.SignIn;

namespace HealthMcp.Upstreams.DrCloud.Reading;

/// <summary>What a server offers and this server's grant opens, by type. Names come from our own tables, never from the server's texts.</summary>
internal static class CapabilityReport
{
    public static ReadOnlyMemory<byte> Write(FhirType type, ServerProfile profile, IReadOnlyList<string>? granted, bool withParameters)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("type", type.Name);
            json.WriteBoolean("search", type != FhirTypes.Binary && profile.Does(type.Name, "search-type"));
            json.WriteBoolean("read", profile.Does(type.Name, "read") || type == FhirTypes.Binary);
            json.WriteBoolean("version", type != FhirTypes.Binary && profile.Does(type.Name, "vread"));
            json.WriteBoolean("history", type != FhirTypes.Binary && profile.Does(type.Name, "history-instance"));
            json.WriteString("granted", Granted(type, granted));
            if (withParameters && type != FhirTypes.Binary) Parameters(json, type, profile);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    private static string Granted(FhirType type, IReadOnlyList<string>? granted) => granted is null
        ? "unknown"
        : SignInScopes.RoleFor(type.Name, granted) switch { null => "no", "patient" => "one patient", _ => "yes" };

    private static void Parameters(Utf8JsonWriter json, FhirType type, ServerProfile profile)
    {
        var known = ParameterTable.Of(type.Name).Where(parameter => parameter.CanFinishHere || profile.Takes(parameter)).ToList();
        Names(json, "askedOfTheServer", known.Where(profile.Takes));
        Names(json, "finishedHere", known.Where(parameter => !profile.Takes(parameter)));
    }

    private static void Names(Utf8JsonWriter json, string name, IEnumerable<SearchParameter> parameters)
    {
        json.WriteStartArray(name);
        foreach (var parameter in parameters.Select(parameter => parameter.Name).Order(StringComparer.Ordinal)) json.WriteStringValue(parameter);
        json.WriteEndArray();
    }
}
