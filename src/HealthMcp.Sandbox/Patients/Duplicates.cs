using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.Patients;

/// <summary>Who may be the same person: last name with birth date, e-mail, mobile phone or social security number; any one of them is enough.</summary>
internal static class Duplicates
{
    private static readonly string[] Alone = ["email", "mobile_phone", "social_security_number"];

    public static IReadOnlyList<JsonObject> Of(IEnumerable<JsonObject> patients, JsonObject signals) =>
        [.. patients.Where(row => row.Text("deleted_at") is null && Same(row, signals))];

    private static bool Same(JsonObject row, JsonObject signals) =>
        (Equal(row, signals, "last_name") && Equal(row, signals, "date_of_birth")) || Alone.Any(name => Equal(row, signals, name));

    private static bool Equal(JsonObject row, JsonObject signals, string name) =>
        signals.Text(name) is { Length: > 0 } wanted && wanted.Equals(row.Text(name), StringComparison.OrdinalIgnoreCase);
}
