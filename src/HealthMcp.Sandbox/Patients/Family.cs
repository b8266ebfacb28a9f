using System.Text.Json.Nodes;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.Patients;

/// <summary>The financial family: who shares a guarantor.</summary>
internal static class Family
{
    public static IReadOnlyList<JsonObject> Of(IEnumerable<JsonObject> patients, JsonObject patient)
    {
        var guarantor = Guarantor(patient);
        return [.. patients.Where(row => row.Text("id") != patient.Text("id") && row.Text("deleted_at") is null && Guarantor(row) == guarantor)];
    }

    // Who has no guarantor answers for herself.
    private static string? Guarantor(JsonObject row) => row["responsible_party"] is JsonObject party ? party.Text("uuid") : row.Text("id");
}
