using HealthMcp.Tests.Support;
using ModelContextProtocol.Client;

namespace HealthMcp.Tests.Contracts.Traffic;

/// <summary>An answer without rows says what was searched, for every tool that reads: "none" must not be read out of "not looked".</summary>
public sealed class EmptyAnswerTests
{
    private static readonly string[] RecordKinds =
    [
        "alerts", "allergies", "communication-logs", "dependents", "diseases", "family", "field-values", "guardians", "medications",
        "referral-attributions", "relationships", "vital-signs",
    ];

    /// <summary>Tools that read one record or something that is always there, so that they have no empty answer.</summary>
    private static readonly Dictionary<string, string> NeverEmpty = new(StringComparer.Ordinal)
    {
        ["list_projects"] = "an account without a project cannot sign in",
        ["get_subject"] = "one record",
        ["get_subject_summary"] = "one record",
        ["get_document"] = "one record",
        ["get_application"] = "one record",
        ["get_patient"] = "one record",
        ["get_medical_summary"] = "one record, and each list with its number",
        ["count_patients_by_location"] = "each location with its number, also where that is 0",
        ["list_checklists"] = "the sandbox's project has two, and no tool removes one",
        ["list_code_systems"] = "the built-in ones are always there",
        ["get_code"] = "one record",
        ["list_codes"] = "a code system without codes cannot be uploaded",
        ["summarize_fhir"] = "one text, which says of each section that there is nothing in it",
        ["fhir_to_omop"] = "counts, also where they are 0, and at least the person",
        ["transcribe_audio"] = "one text",
        ["lang2fhir_create"] = "one record",
        ["get_agent"] = "one record",
        ["get_prompt"] = "one record",
        ["get_workflow"] = "one record",
        ["get_mcp_server"] = "one record",
        ["get_mcp_server_tool"] = "one record",
        ["list_prompts"] = "the sandbox has two, and what agents refer to is not removed here",
        ["list_workflows"] = "the sandbox has one",
        ["list_mcp_servers"] = "the sandbox has two",
        ["drcloud_fhir_read"] = "one record, and a record that is there has a version",
        ["drcloud_capabilities"] = "each type, also where nothing is offered",
        ["drcloud_generate_document"] = "one document",
        ["list_publish_templates"] = "the sandbox's project has one, and no tool removes it",
        ["lang2fhir_create_multi"] = "one Bundle",
        ["lang2fhir_document"] = "one record or Bundle",
        ["lang2fhir_search"] = "one search",
        ["list_fhir_providers"] = "the sandbox's account has two, and one of them is shared",
        ["get_fhir_provider"] = "one record",
        ["provider_fhir_read"] = "one record",
        ["export_code_system"] = "an uploaded code system has a code at least",
    };

    private static readonly IReadOnlyList<CallStep> Calls =
    [
        new("search_subjects", """{"firstName":"Nobody","lastName":"Atall"}"""),
        new("get_clinical_concepts", """{"subject":"<subject>","kinds":["radiation"]}"""),
        new("search_documents", """{"subject":"<subject>"}"""),
        new("get_fhir_resources", """{"subject":"<subject>","type":"Procedure"}"""),
        new("export_fhir", """{"subject":"<subject>","types":["Procedure"]}"""),
        new("get_record_requests", """{"status":"delayed"}"""),
        new("search_patients", """{"first_name":"Nobody","last_name":"Atall"}"""),
        new("check_duplicate_patients", """{"last_name":"Atall","date_of_birth":"1985-12-10"}"""),
        new("drcloud_fhir_search", """{"type":"Patient","query":"family=Atall&given=Nobody"}"""),
        new("drcloud_fhir_search", """{"type":"Condition","query":"onset-date=ge2090"}"""),
        new("list_definitions", """{"kind":"tag","search":"zzz"}"""),
        new("list_agents", """{"tags":"zzz"}"""),
        new("get_chat_messages", """{"chat_session_id":"session-abc123","role":["function"]}"""),
        new("list_mcp_server_tools", """{"mcp_server_id":"456"}"""),
        new("get_vitals", """{"patient":"<patient>"}"""),
        new("extract_codes", """{"text":"Nothing that has a code."}"""),
        new("extract_codes", """{"text":"Nothing that has a code.","systems":[{"name":"RXNORM"},{"name":"LOINC"}],"group_by":"citation"}"""),
        new("search_codes", """{"code_system":"RXNORM","text":"zzzz"}"""),
        new("search_codes", """{"code_system":"RXNORM","text":"zzzz","method":"text"}"""),
        new("analyze_cohort", """{"text":"zzzz"}"""),
        new("list_summary_templates", "{}"),
        new("get_vitals", """{"patient":"<patient>","view":"trend"}"""),
        new("provider_fhir_search", """{"provider":"medplum","type":"Condition","parameters":[{"name":"code","value":"http://snomed.info/sct|1"}]}"""),
        new("search_fhir_by_text", """{"text":"insurance","provider":"medplum","patient_id":"00000000-0000-4000-8000-000000000000"}"""),
        .. RecordKinds.Select(kind => new CallStep("list_patient_records", $$"""{"patient":"<patient>","kind":"{{kind}}"}""")),
    ];

    [Fact]
    public async Task It_says_what_was_searched()
    {
        await using var world = await World.StartAsync(("HEALTHMCP_TOOLSETS", "all"), ("HEALTHMCP_WRITES", "direct"));
        var client = await world.ConnectAsync();
        world.App.Tools.On.Select(tool => tool.Definition)
            .Where(tool => tool.Hints.ReadOnly)
            .Select(tool => tool.Name)
            .ShouldBe(Calls.Select(step => step.Tool).Distinct().Concat(NeverEmpty.Keys), ignoreOrder: true);
        var kept = await NewcomersAsync(client);

        var silent = new List<string>();
        foreach (var step in Calls)
        {
            var reply = await client.ReplyAsync(step.Tool, step.Fill(kept));
            if (reply.IsError || !reply.Notices.Any(Says) || reply.Text.Contains("Atall", StringComparison.Ordinal))
                silent.Add($"{step.Tool} {step.Arguments}: {reply.Text}");
        }

        silent.ShouldBeEmpty();
    }

    private static bool Says(string notice) => notice.StartsWith("Nothing was found. Searched", StringComparison.Ordinal);

    // Persons of whom nothing is recorded yet.
    private static async Task<Dictionary<string, string>> NewcomersAsync(McpClient client)
    {
        var subject = await client.ReplyAsync("create_subjects", """{"subjects":[{"firstName":"Ann","lastName":"Example"}]}""");
        var patient = await client.ReplyAsync("create_patient", """{"first_name":"Ann","last_name":"Example","date_of_birth":"1985-12-10"}""");
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["subject"] = subject.Data.GetProperty("subjects")[0].GetProperty("id").GetString()!,
            ["patient"] = patient.Data.GetProperty("id").GetString()!,
        };
    }
}
