using HealthMcp.Upstreams.DrCloud;

namespace HealthMcp.Tests.Contracts.Traffic;

/// <summary>
/// Calls that reach every operation of the EHR: each type searched, read, read as it was and with its history, a bulk export of each kind, a document, and
/// practitioners. They are for a server that keeps to R4, where the key may do all of it; the vendor's lacks former versions and the write by a key.
/// </summary>
internal static class DrCloudCalls
{
    /// <summary>A key asks for no grant of it; AppointmentTests has it with a patient's sign-in.</summary>
    public const string PatientsOnly = "Appointment";

    private const string Create = "POST /apis/{site}/fhir/Practitioner";
    private const string Update = "PUT /apis/{site}/fhir/Practitioner/{id}";

    public static readonly IReadOnlyList<CallStep> All =
    [
        new("drcloud_capabilities", "{}"),
        new("drcloud_fhir_search", """{"type":"Patient","query":"family=Milliken&given=Helen"}""") { Keep = [("patient", "data.resources.0.id")] },
        new("drcloud_fhir_read", """{"type":"Patient","id":"<patient>"}"""),
        .. FhirTypes.All.Where(type => type.Name != PatientsOnly).SelectMany(Type),
        new("drcloud_fhir_search", """{"type":"DocumentReference","patient":"<patient>"}""") { Keep = [("document", "data.resources.0.id")] },
        new("drcloud_fhir_read", """{"type":"DocumentReference","id":"<document>","include_files":true}"""),
        new("drcloud_generate_document", """{"patient":"<patient>"}"""),
        .. Export("""{"action":"start","types":["Patient","Condition"]}""", "one"),
        .. Export("""{"action":"start","of":"system","types":["Practitioner"]}""", "two"),
        .. Export("""{"action":"start","of":"group","group":"<Group>","types":["Patient"]}""", "three"),
        new("drcloud_export", """{"action":"cancel","export":"<two>"}"""),
        new("drcloud_export", """{"action":"status","export":"<two>"}""") { Fails = "not_found" },
        .. Practitioners,
    ];

    private static IEnumerable<CallStep> Practitioners =>
    [
        new("drcloud_save_practitioner", """
            {"family":"Example","given":["Ann","B"],"prefix":"Dr.","suffix":"MD","npi":"1234567893","active":true,"gender":"female","phone":"555-018-4711",
            "fax":"555-018-4712","email":"ann@example.org",
            "address":{"line":["1 Main St","Suite 2"],"city":"Dayton","state":"OH","postal_code":"45402","country":"US"}}
            """) { LosesAnswerOf = Create, Keep = [("ann", "data.practitioner.id")] },
        new("drcloud_save_practitioner", """{"family":"Sample","given":["Ben"],"npi":"1003000126"}"""),
        new("drcloud_save_practitioner", """{"practitioner":"<ann>","phone":"555-018-4713","clear":["fax","suffix"]}""") { LosesAnswerOf = Update },
        new("drcloud_save_practitioner", """{"practitioner":"<ann>","active":false}"""),
    ];

    private static IEnumerable<CallStep> Type(FhirType type) =>
    [
        new("drcloud_fhir_search", $$"""{"type":"{{type.Name}}","count":2}""") { Keep = [(type.Name, "data.resources.0.id")] },
        new("drcloud_fhir_read", $$"""{"type":"{{type.Name}}","id":"<{{type.Name}}>","view":"summary"}"""),
        new("drcloud_fhir_read", $$"""{"type":"{{type.Name}}","id":"<{{type.Name}}>","history":true}"""),
        new("drcloud_fhir_read", $$"""{"type":"{{type.Name}}","id":"<{{type.Name}}>","version":"1"}"""),
    ];

    private static IEnumerable<CallStep> Export(string start, string name) =>
    [
        new("drcloud_export", start) { Keep = [(name, "data.export.export")] },
        new("drcloud_export", $$"""{"action":"status","export":"<{{name}}>"}"""),
        new("drcloud_export", $$"""{"action":"read","export":"<{{name}}>","types":["{{(name == "two" ? "Practitioner" : "Patient")}}"]}"""),
        new("drcloud_export", $$"""{"action":"save","export":"<{{name}}>"}"""),
    ];
}
