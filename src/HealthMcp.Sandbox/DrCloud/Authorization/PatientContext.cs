using HealthMcp.Sandbox.DrCloud.Searching;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.DrCloud.Authorization;

/// <summary>
/// What a token for one patient's chart may see: searches are bound to that patient whatever they say, and another's record cannot be read. Types
/// that belong to no patient are open to it.
/// </summary>
internal static class PatientContext
{
    /// <summary>The widest role in which a type may be read.</summary>
    public static string? Role(IReadOnlySet<string> scopes, string type) =>
        Array.Find(["system", "user", "patient"], role => scopes.Contains($"{role}/{type}.read"));

    public static Query Bind(Exchange exchange, TokenStore tokens, string type, Query query)
    {
        if (PatientOf(exchange, tokens, type) is not { } patient || ParameterOf(type) is not { } name) return query;
        return new([.. query.Pairs.Where(pair => pair.Key.Split(':', '[')[0] != name), new(name, patient)]);
    }

    public static bool MayRead(FhirStore store, Exchange exchange, TokenStore tokens, string type, string id) =>
        PatientOf(exchange, tokens, type) is not { } patient
        || ParameterOf(type) is not { } name
        || Rows(store, type, name, patient).Any(row => row.Text("id") == id);

    public static bool MayReadBinary(FhirStore store, Exchange exchange, TokenStore tokens, string id) =>
        PatientOf(exchange, tokens, "Binary") is not { } patient
        || Rows(store, "DocumentReference", "patient", patient).Any(row => row.ToJsonString().Contains($"Binary/{id}", StringComparison.Ordinal));

    private static string? PatientOf(Exchange exchange, TokenStore tokens, string type) =>
        tokens.Scopes(exchange.Bearer) is { } scopes && Role(scopes, type) == "patient" ? tokens.Patient(exchange.Bearer) ?? "nobody" : null;

    private static string? ParameterOf(string type) =>
        type == "Patient" ? "_id" : SearchParameter.Find(type, "patient", conformant: false) is null ? null : "patient";

    private static IEnumerable<System.Text.Json.Nodes.JsonObject> Rows(FhirStore store, string type, string name, string patient) =>
        store.Of(type).Where(row => type == "Patient"
            ? row.Text("id") == patient
            : SearchParameter.Find(type, name, conformant: false) is { } parameter
                && Values.At(row, parameter.Path).Any(node => node.ToJsonString().Contains($"Patient/{patient}", StringComparison.Ordinal)));
}
