using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Core;

/// <summary>What the sandbox planted (names, dates, phones, numbers…) must not come out of any of the six tools, nor reach log or audit.</summary>
public sealed class LeakTests
{
    private static readonly string[] Kinds =
        ["condition", "medication", "allergy", "procedure", "biomarker", "coverage", "demographic", "encounter", "family_history", "imaging", "lab",
            "social_history", "survey", "radiation", "vital"];

    private static readonly string[] Types =
    [
        "AllergyIntolerance", "CarePlan", "CareTeam", "Condition", "Coverage", "Device", "DiagnosticReport", "DocumentReference", "Encounter", "Goal",
        "Immunization",
        "Medication", "MedicationRequest", "Observation", "Person", "Procedure", "Provenance",
    ];

    [Fact]
    public async Task Nothing_planted_leaves_at_the_default_level()
    {
        await using var world = await World.StartAsync();

        var answers = await AnswersAsync(world);

        Found(answers).ShouldBeEmpty();
        Found([world.Log.Text]).ShouldBeEmpty();
        Found([await AuditAsync(world)]).ShouldBeEmpty();
    }

    [Fact]
    public async Task At_identified_it_is_in_the_answers_and_still_not_in_log_or_audit()
    {
        await using var world = await World.StartAsync(("HEALTHMCP_PRIVACY", "identified"), ("HEALTHMCP_PURPOSE", "treatment"));

        var answers = await AnswersAsync(world);

        foreach (var kind in new[] { "name", "date", "phone" }) Found(answers).Select(f => f.Kind).ShouldContain(kind);
        Found([world.Log.Text]).ShouldBeEmpty();
        var audit = await AuditAsync(world);
        Found([audit]).ShouldBeEmpty();
        audit.ShouldContain("\"purpose\":\"treatment\"");
    }

    [Fact]
    public async Task At_limited_dates_come_and_names_and_phones_do_not()
    {
        await using var world = await World.StartAsync(("HEALTHMCP_PRIVACY", "limited"));

        var kinds = Found(await AnswersAsync(world)).Select(f => f.Kind).ToList();

        kinds.ShouldContain("date");
        kinds.Except(["date", "zip", "organization"]).ShouldBeEmpty();
    }

    private static async Task<IReadOnlyList<string>> AnswersAsync(World world)
    {
        var client = await world.ConnectAsync();
        var answers = new List<string>();
        async Task<ToolReply> Call(string tool, string arguments)
        {
            var reply = await client.ReplyAsync(tool, arguments);
            reply.IsError.ShouldBeFalse($"{tool}: {reply.Text}");
            answers.Add(reply.Text);
            answers.Add(reply.Content.GetRawText());
            return reply;
        }

        foreach (var (first, last, born) in new[] { ("Marissa", "Jones", "1971-06-29"), ("Justin", "Williams", "1968-05-28"),
            ("Helen", "Milliken", "2000-11-16") })
        {
            var subject = (await Call("search_subjects", $$"""{"firstName":"{{first}}","lastName":"{{last}}"}""")).First.GetProperty("id").GetString();
            foreach (var kind in Kinds) await Call("get_clinical_concepts", $$"""{"subject":"{{subject}}","kinds":["{{kind}}"],"max_bytes":262144}""");
            var found = await Call("drcloud_fhir_search",
                $$"""{"type":"Patient","parameters":[{"name":"family","value":"{{last}}"},{"name":"given","value":"{{first}}"}]}""");
            var patient = found.Resources()[0].GetProperty("id").GetString();
            foreach (var type in Types.Where(t => t != "Medication"))
                await Call("drcloud_fhir_search", $$"""{"type":"{{type}}","patient":"{{patient}}","max_bytes":262144,"include_provenance":true}""");
            await Call("drcloud_fhir_search",
                $$"""{"type":"DocumentReference","patient":"{{patient}}","include":["patient","author:Practitioner"],"elements":["text","content"]}""");
            var person = $$"""{"first_name":"{{first}}","last_name":"{{last}}","date_of_birth":"{{born}}"}""";
            await Call("record_vitals", $$"""{"patient_lookup":{{person}},"date_taken":"2026-11-20","pulse":70}""");
        }

        foreach (var type in new[] { "Practitioner", "Organization", "Location", "PractitionerRole", "Group", "Medication" })
            await Call("drcloud_fhir_search", $$"""{"type":"{{type}}","max_bytes":262144}""");
        foreach (var gender in new[] { "female", "male" })
            await Call("drcloud_fhir_search", $$"""{"type":"Condition","query":"patient.gender={{gender}}&_elements=text,note","max_bytes":262144}""");
        await Call("extract_codes", """{"text":"Hypertension and type 2 diabetes.","system":{"name":"ICD-10-CM"}}""");
        await Call("lang2fhir_create", """{"text":"Hypertension","resource":"auto"}""");
        return answers;
    }

    private static IReadOnlyList<(string Value, string Kind, string Where)> Found(IReadOnlyList<string> texts) => Planted.Found(texts);

    private static Task<string> AuditAsync(World world) => File.ReadAllTextAsync(Path.Combine(world.DataDirectory, "audit.jsonl"));
}
