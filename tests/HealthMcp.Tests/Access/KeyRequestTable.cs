using System.Net;
using HealthMcp.Tests.Hosting;
using HealthMcp.Tests.Keys;
using static HealthMcp.Tests.Access.RequestCase;

namespace HealthMcp.Tests.Access;

/// <summary>Requests with registration keys, and good tokens for too little, each with what it must get.</summary>
internal static class KeyRequestTable
{
    private const string Reads = "xcures/subjects.read xcures/concepts.read";
    private const string Observations = """{"type":"Observation"}""";
    private const string Laboratory = "user/Observation.rs?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory";

    public static readonly IReadOnlyDictionary<string, RequestCase> Cases = new Dictionary<string, RequestCase>(StringComparer.Ordinal)
    {
        // Keys that open.
        ["key, active"] = Opens(k => k.Make(Reads)),
        ["key, the new one of two that were rotated"] = Opens(k => k.Rotated(Reads).New),
        ["key, from its network"] = Opens(k => k.Make(Reads, networks: ["127.0.0.0/8", "::1/128"])),
        ["key, beside a bad token that nobody reads"] = Opens(k => k.Make(Reads), Bearer("a.b.c")),
        ["key, called beyond its scopes"] = Opens(k => k.Make(Reads)) with { Asks = () => HttpServer.Call("record_vitals") },
        ["key, patient/ scope without a patient"] =
            Opens(k => k.Make("drcloud/fhir.read patient/Observation.rs")) with { Asks = () => HttpServer.Call("drcloud_fhir_search", Observations) },

        // Keys that do not.
        ["key unknown"] = Nothing(k => Changed(k.Make(Reads))),
        ["key revoked"] = Nothing(k => k.Revoked(Reads)),
        ["key rotated away"] = Nothing(k => k.Rotated(Reads).Old),
        ["key expired"] = Nothing(k => k.Expired(Reads)),
        ["key from the wrong network"] = Nothing(k => k.Make(Reads, networks: "203.0.113.0/24")),
        ["key from the wrong network, with a header that says otherwise"] = Nothing(k => k.Make(Reads, networks: "203.0.113.0/24"), Says("203.0.113.9")),
        ["key with a character more"] = Nothing(k => $"{k.Make(Reads)}A"),
        ["key with a character less"] = Nothing(k => k.Make(Reads)[..^1]),
        ["key in capitals"] = Nothing(k => k.Make(Reads).ToUpperInvariant()),
        ["key with a path behind it"] = Nothing(k => $"{k.Make(Reads)}/tools"),
        ["key is a path"] = Nothing(_ => "..%2f..%2fmcp"),
        ["key is only the mark"] = Nothing(_ => "hmk_"),
        ["key oversized"] = Nothing(_ => new string('a', 5000)),
        ["key revoked, beside a good token"] = new((t, k) => Keyed(k.Revoked(Reads), Bearer(t.Make())), HttpStatusCode.NotFound, null),
        ["key as a token"] = new((_, k) => Bearer(k.Make(Reads)), HttpStatusCode.Unauthorized, "invalid_token"),
        ["key in the query"] = new((_, k) => Address($"/mcp?key={k.Make(Reads)}"), HttpStatusCode.Unauthorized, null),

        // Good tokens for less than what is asked for: all that the operation needs in one challenge.
        ["call without its scope"] = TooLittle("", "search_subjects"),
        ["call without one of its two scopes"] = TooLittle("patients/records.read", "record_vitals", """{"patient_lookup":{}}"""),
        ["call with a scope that only begins alike"] = TooLittle("xcures/subjects.readonly", "search_subjects"),
        ["call with the scope in capitals"] = TooLittle("XCURES/SUBJECTS.READ", "search_subjects"),
        ["call with the scopes joined by a comma"] = TooLittle("xcures/subjects.read,xcures/concepts.read", "search_subjects"),
        ["patient/ scope without a patient"] = TooLittle("drcloud/fhir.read patient/Observation.rs", "drcloud_fhir_search", Observations),
        ["patient/ scope for every type"] = TooLittle("drcloud/fhir.read patient/*.rs", "drcloud_fhir_search", Observations),
        ["scope for another type"] = TooLittle("drcloud/fhir.read user/Condition.rs", "drcloud_fhir_search", Observations),
        ["scope to read one, not to search"] = TooLittle("drcloud/fhir.read user/Observation.r", "drcloud_fhir_search", Observations),
        ["scope for one category, search of all"] = TooLittle($"drcloud/fhir.read {Laboratory}", "drcloud_fhir_search", Observations),
    };

    private static string Changed(string key) => key[..^1] + (key[^1] == 'A' ? 'B' : 'A');

    private static Action<HttpRequestMessage> Says(string address) => request =>
    {
        request.Headers.Add("X-Forwarded-For", address);
        request.Headers.Add("Forwarded", $"for={address};proto=https");
    };

    private static Action<HttpRequestMessage> Address(string path) => request => request.RequestUri = new Uri(path, UriKind.Relative);
}
