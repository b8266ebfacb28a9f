using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;
using ModelContextProtocol.Client;

namespace HealthMcp.Tests.Upstreams;

/// <summary>A read as an agent makes it.</summary>
/// <param name="Name">For people.</param>
/// <param name="Tool">Name of the tool.</param>
/// <param name="Arguments">JSON; subject, patient, document and checklist in angle brackets stand for handles that the first steps find.</param>
internal sealed record TypicalRead(string Name, string Tool, string Arguments)
{
    /// <summary>Asks whole, with an empty journal.</summary>
    public async Task<ToolReply> AskAsync(World world, McpClient client)
    {
        var filled = await TypicalReads.FilledAsync(client, Arguments);
        world.Sandbox.Journal.Clear();
        var reply = await client.ReplyAsync(Tool, $$"""{{filled[..^1]}}{{(filled.Length > 2 ? "," : "")}}"max_bytes":262144}""");
        reply.IsError.ShouldBeFalse(reply.Text);
        return reply;
    }
}

/// <summary>What agents ask xCures and Patients, whether the answer is short beside the systems' own or not.</summary>
internal static class TypicalReads
{
    public static readonly TypicalRead[] Ten =
    [
        new("a page of subjects", "search_subjects", """{"pageSize":25}"""),
        new("one subject", "get_subject", """{"subject":"<subject>"}"""),
        new("what is known", "get_clinical_concepts", """{"subject":"<subject>","pageSize":50}"""),
        new("laboratory", "get_clinical_concepts", """{"subject":"<subject>","kinds":["lab"],"pageSize":100}"""),
        new("documents", "search_documents", """{"subject":"<subject>","pageSize":50}"""),
        new("one document", "get_document", """{"documentId":"<document>"}"""),
        new("a page of patients", "search_patients", """{"page_size":25}"""),
        new("medical summary", "get_medical_summary", """{"patient":"<patient>"}"""),
        new("medications", "list_patient_records", """{"patient":"<patient>","kind":"medications"}"""),
        new("vital signs of all years", "get_vitals", """{"patient":"<patient>"}"""),
    ];

    public static readonly TypicalRead[] Further =
    [
        new("find a person", "search_subjects", """{"firstName":"Marissa","lastName":"Jones"}"""),
        new("medications of xCures", "get_clinical_concepts", """{"subject":"<subject>","kinds":["medication"]}"""),
        new("encounters and coverage", "get_clinical_concepts", """{"subject":"<subject>","kinds":["encounter","coverage"]}"""),
        new("allergies", "list_patient_records", """{"patient":"<patient>","kind":"allergies"}"""),
        new("problems", "list_patient_records", """{"patient":"<patient>","kind":"diseases"}"""),
        new("trend of vital signs", "get_vitals", """{"patient":"<patient>","view":"trend"}"""),
        new("conditions as FHIR", "get_fhir_resources", """{"subject":"<subject>","type":"Condition"}"""),
        new("observations as FHIR", "get_fhir_resources", """{"subject":"<subject>","type":"Observation","pageSize":100}"""),
        new("all as FHIR", "export_fhir", """{"subject":"<subject>"}"""),
        new("a checklist", "evaluate_checklist", """{"subject":"<subject>","checklistId":"<checklist>"}"""),
    ];

    public static Task<World> StartAsync() => World.StartAsync(new SandboxOptions { KeepAnswers = true }, ("HEALTHMCP_TOOLSETS", "all"));

    public static async Task<string> FilledAsync(McpClient client, string arguments)
    {
        const string Marissa = """{"firstName":"Marissa","lastName":"Jones"}""";
        async Task<string> First(string tool, string asked) => (await client.ReplyAsync(tool, asked)).First.GetProperty("id").GetString()!;
        var filled = arguments;
        async Task Put(string name, Func<Task<string>> find)
        {
            if (filled.Contains(name, StringComparison.Ordinal)) filled = filled.Replace(name, await find(), StringComparison.Ordinal);
        }

        await Put("<subject>", () => First("search_subjects", Marissa));
        await Put("<patient>", () => First("search_patients", """{"first_name":"Marissa","last_name":"Jones"}"""));
        await Put("<checklist>", () => First("list_checklists", "{}"));
        await Put("<document>", async () =>
        {
            var subject = await First("search_subjects", Marissa);
            var documents = await client.ReplyAsync("search_documents", $$"""{"subject":"{{subject}}","sortField":"documentDate"}""");
            return documents.Data.EnumerateArray().First(row => row.GetProperty("contentType").GetString() == "application/xml").GetProperty("id").GetString()!;
        });
        return filled;
    }
}
