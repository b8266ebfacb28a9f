namespace HealthMcp.Tests.Contracts.Traffic;

/// <summary>Calls about PhenoML's agents, workflows and registry of MCP servers.</summary>
internal static class AgentCalls
{
    private const string Provider = "7002b0b4-8d09-445a-bf65-0fafdaf26c35";

    public static readonly IReadOnlyList<CallStep> All =
    [
        new("list_prompts", "{}"),
        new("save_prompt", """{"name":"Chart prompt","content":"You read charts.","tags":["demo"]}""") { Keep = [("prompt", "data.id")] },
        new("save_prompt", """{"prompt_id":"<prompt>","content":"You read charts carefully.","description":"For charts"}"""),
        new("save_prompt", """{"prompt_id":"<prompt>","name":"Chart prompt","content":"You read charts.","is_default":false,"replace":true}"""),
        new("save_prompt", """{"name":"Without content"}""") { Fails = "invalid_argument" },
        new("get_prompt", """{"prompt_id":"<prompt>"}"""),
        new("list_mcp_servers", "{}"),
        new("register_mcp_server", """{"name":"Documentation","mcp_server_url":"https://docs.example.com/mcp"}""")
        {
            Keep = [("server", "data.server.id"), ("tool", "data.tools.0.id"), ("other_tool", "data.tools.1.id")],
        },
        new("register_mcp_server", """{"name":"Nowhere","mcp_server_url":"https://mcp.invalid/mcp"}""") { Fails = "upstream_rejected" },
        new("register_mcp_server", """{"name":"Plain","mcp_server_url":"http://docs.example.com/mcp"}""") { Fails = "invalid_argument" },
        new("get_mcp_server", """{"mcp_server_id":"<server>"}"""),
        new("list_mcp_server_tools", """{"mcp_server_id":"<server>"}"""),
        new("get_mcp_server_tool", """{"mcp_server_tool_id":"<tool>"}"""),
        new("list_agents", """{"tags":"medical"}"""),
        new("save_agent", $$"""{"name":"Chart agent","prompts":["<prompt>"],"provider":["{{Provider}}"]}""") { Keep = [("agent", "data.id")] },
        new("save_agent", """{"agent_id":"<agent>","tools":["<tool>"],"tags":["demo"],"description":"Reads charts"}"""),
        new("save_agent", $$"""{"agent_id":"<agent>","name":"Chart agent","prompts":["<prompt>"],"provider":["{{Provider}}"],"replace":true}"""),
        new("save_agent", """{"agent_id":"<agent>"}""") { Fails = "invalid_argument" },
        new("get_agent", """{"agent_id":"<agent>"}"""),
        new("chat_with_agent", """{"agent_id":"<agent>","message":"What is Marissa Jones's current condition?"}""") { Keep = [("session", "data.session_id")] },
        new("chat_with_agent", """{"agent_id":"<agent>","session_id":"<session>","message":"How can Marissa Jones be reached?","context":"Be brief"}""")
        {
            Listens = true,
        },
        new("get_chat_messages", """{"chat_session_id":"<session>"}"""),
        new("get_chat_messages", """{"chat_session_id":"<session>","role":["user","assistant"],"order":"desc","num_messages":2}"""),
        .. Workflows,
        new("remove_mcp_server_tool", """{"mcp_server_tool_id":"<other_tool>"}"""),
        new("remove_mcp_server", """{"mcp_server_id":"<server>"}"""),
        new("delete_agent", """{"agent_id":"<agent>"}"""),
        new("delete_prompt", """{"prompt_id":"<prompt>"}"""),
    ];

    private static IReadOnlyList<CallStep> Workflows =>
    [
        new("list_workflows", "{}"),
        new("list_workflows", """{"verbose":true}"""),
        new("save_workflow", $$"""
            {"name":"Diagnosis","workflow_instructions":"Given diagnosis data, find the patient and create a condition record",
            "sample_data":{"patient_last_name":"Rippin","patient_first_name":"Clay","diagnosis_code":"I10"},"fhir_provider_id":["{{Provider}}"]}
            """) { Keep = [("workflow", "data.id")] },
        new("save_workflow", """{"workflow_id":"<workflow>","name":"Diagnosis of a patient"}"""),
        new("get_workflow", """{"workflow_id":"<workflow>","verbose":true}"""),
        new("run_workflow", """
            {"workflow_id":"<workflow>","input_data":{"patient_last_name":"Jones","patient_first_name":"Marissa","diagnosis_code":"I10"},"preview":true}
            """),
        new("run_workflow", """
            {"workflow_id":"<workflow>","input_data":{"patient_last_name":"Jones","patient_first_name":"Marissa","diagnosis_code":"I10"}}
            """),
        new("delete_workflow", """{"workflow_id":"<workflow>"}"""),
    ];
}
