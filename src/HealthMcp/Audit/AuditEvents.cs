using System.Text.Json;

namespace HealthMcp.Audit;

/// <summary>
/// A call as a FHIR R4 AuditEvent (https://hl7.org/fhir/R4/auditevent.html), for a hospital's own audit repository. Persons are identifiers of this log's
/// marks, never of a record.
/// </summary>
internal static class AuditEvents
{
    public const string MarkSystem = "urn:healthmcp:audit:subject";
    private const string CallerSystem = "urn:healthmcp:audit:caller";
    private const string Terminology = "http://terminology.hl7.org/CodeSystem/";

    // v3-ActReason; other purposes are told as text.
    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["treatment"] = "TREAT",
        ["payment"] = "HPAYMT",
        ["operations"] = "HOPERAT",
        ["research"] = "HRESCH",
        ["public_health"] = "PUBHLTH",
        ["patient_request"] = "PATRQT",
    };

    public static void Write(Utf8JsonWriter json, AuditCall call)
    {
        json.WriteStartObject();
        json.WriteString("resourceType", "AuditEvent");
        json.WriteString("id", call.CallId);
        json.WritePropertyName("type");
        Coding(json, Terminology + "audit-event-type", "rest", "RESTful Operation");
        json.WriteString("action", Action(call));
        json.WriteString("recorded", call.Time);
        json.WriteString("outcome", call.WentWell ? "0" : call.Discloses ? "4" : "8");
        json.WriteString("outcomeDesc", call.Ended ? call.Outcome : "in_doubt");
        if (call.Purpose.Length > 0) Purpose(json, call.Purpose);
        Agents(json, call);
        json.WriteStartObject("source");
        json.WriteStartObject("observer");
        json.WriteString("display", "HealthMcp");
        json.WriteEndObject();
        json.WriteEndObject();
        Entities(json, call);
        json.WriteEndObject();
    }

    // C, R, U, D of the first change that it makes; E for a call that only runs something.
    private static string Action(AuditCall call)
    {
        var verbs = call.Endpoints.Select(endpoint => endpoint.Split(' ') is [_, var verb, ..] ? verb : "").ToList();
        if (verbs.Contains("DELETE", StringComparer.Ordinal)) return "D";
        if (verbs.Contains("PUT", StringComparer.Ordinal) || verbs.Contains("PATCH", StringComparer.Ordinal)) return "U";
        return call.Tool.StartsWith("create_", StringComparison.Ordinal) || call.Tool.StartsWith("record_", StringComparison.Ordinal) ? "C"
            : verbs.Count > 0 ? "R" : "E";
    }

    private static void Purpose(Utf8JsonWriter json, string purpose)
    {
        json.WriteStartArray("purposeOfEvent");
        json.WriteStartObject();
        if (Reasons.TryGetValue(purpose, out var code))
        {
            json.WriteStartArray("coding");
            Coding(json, Terminology + "v3-ActReason", code, null);
            json.WriteEndArray();
        }

        json.WriteString("text", purpose);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void Agents(Utf8JsonWriter json, AuditCall call)
    {
        json.WriteStartArray("agent");
        json.WriteStartObject();
        json.WriteStartObject("who");
        Identifier(json, CallerSystem, call.Caller);
        json.WriteEndObject();
        if (call.Client.Length > 0) json.WriteString("name", call.Client);
        json.WriteBoolean("requestor", true);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void Entities(Utf8JsonWriter json, AuditCall call)
    {
        json.WriteStartArray("entity");
        foreach (var mark in call.Subjects)
        {
            json.WriteStartObject();
            json.WriteStartObject("what");
            Identifier(json, MarkSystem, mark);
            json.WriteEndObject();
            json.WritePropertyName("type");
            Coding(json, Terminology + "audit-entity-type", "1", "Person");
            json.WritePropertyName("role");
            Coding(json, Terminology + "object-role", "1", "Patient");
            json.WriteEndObject();
        }

        json.WriteStartObject();
        json.WritePropertyName("type");
        Coding(json, Terminology + "audit-entity-type", "2", "System Object");
        json.WriteString("name", call.Tool);
        json.WriteStartArray("detail");
        Detail(json, "system", call.System);
        Detail(json, "source", call.Source);
        Detail(json, "level", call.Level);
        Detail(json, "transport", call.Transport);
        foreach (var (kind, count) in call.Shown) Detail(json, $"shown {kind}", count.ToString(System.Globalization.CultureInfo.InvariantCulture));
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void Detail(Utf8JsonWriter json, string type, string value)
    {
        if (value.Length == 0) return;
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteString("valueString", value);
        json.WriteEndObject();
    }

    private static void Identifier(Utf8JsonWriter json, string system, string value)
    {
        json.WriteStartObject("identifier");
        json.WriteString("system", system);
        json.WriteString("value", value);
        json.WriteEndObject();
    }

    private static void Coding(Utf8JsonWriter json, string system, string code, string? display)
    {
        json.WriteStartObject();
        json.WriteString("system", system);
        json.WriteString("code", code);
        if (display is not null) json.WriteString("display", display);
        json.WriteEndObject();
    }
}
