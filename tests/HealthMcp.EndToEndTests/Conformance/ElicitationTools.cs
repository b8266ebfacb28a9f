using System.ComponentModel;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using static ModelContextProtocol.Protocol.ElicitRequestParams;

namespace HealthMcp.EndToEndTests.Conformance;

/// <summary>Tools that ask the client in the middle of a call, which only sessions allow.</summary>
internal static class ElicitationTools
{
    [McpServerTool(Name = "test_sampling"), Description("Lets the client's model answer a prompt.")]
    public static async Task<string> SampleAsync(McpServer server, [Description("The prompt.")] string prompt, CancellationToken ct)
    {
        var result = await server.SampleAsync(Ask(prompt, 100), ct);
        return $"LLM response: {result.Content.OfType<TextContentBlock>().FirstOrDefault()?.Text}";
    }

    [McpServerTool(Name = "test_elicitation"), Description("Asks the user something.")]
    public static Task<string> ElicitAsync(McpServer server, [Description("The question.")] string message, CancellationToken ct) =>
        ElicitAsync(
            server,
            message,
            ct,
            ("username", new StringSchema { Description = "User's response" }),
            ("email", new StringSchema { Description = "User's email address" }));

    [McpServerTool(Name = "test_elicitation_sep1034_defaults"), Description("Asks with a default for each kind of field.")]
    public static Task<string> DefaultsAsync(McpServer server, CancellationToken ct) => ElicitAsync(
        server,
        "Please review these values.",
        ct,
        ("name", new StringSchema { Default = "John Doe" }),
        ("age", new NumberSchema { Type = "integer", Default = 30 }),
        ("score", new NumberSchema { Default = 95.5 }),
        ("status", new UntitledSingleSelectEnumSchema { Enum = ["active", "inactive", "pending"], Default = "active" }),
        ("verified", new BooleanSchema { Default = true }));

    [McpServerTool(Name = "test_elicitation_sep1330_enums"), Description("Asks with each kind of choice.")]
    public static Task<string> EnumsAsync(McpServer server, CancellationToken ct) => ElicitAsync(
        server,
        "Please choose.",
        ct,
        ("untitledSingle", new UntitledSingleSelectEnumSchema { Enum = ["option1", "option2", "option3"] }),
        ("titledSingle", new TitledSingleSelectEnumSchema { OneOf = Titled("First Option", "Second Option", "Third Option") }),
        ("legacyEnum", new LegacyTitledEnumSchema { Enum = ["opt1", "opt2", "opt3"], EnumNames = ["Option One", "Option Two", "Option Three"] }),
        ("untitledMulti", new UntitledMultiSelectEnumSchema { Items = new UntitledEnumItemsSchema { Enum = ["option1", "option2", "option3"] } }),
        ("titledMulti", new TitledMultiSelectEnumSchema
        {
            Items = new TitledEnumItemsSchema { AnyOf = Titled("First Choice", "Second Choice", "Third Choice") },
        }));

    public static CreateMessageRequestParams Ask(string prompt, int maxTokens) => new()
    {
        Messages = [new SamplingMessage { Role = Role.User, Content = [new TextContentBlock { Text = prompt }] }],
        MaxTokens = maxTokens,
    };

    private static async Task<string> ElicitAsync(
        McpServer server, string message, CancellationToken ct, params (string Name, PrimitiveSchemaDefinition Schema)[] fields)
    {
        var schema = new RequestSchema();
        foreach (var (name, field) in fields)
        {
            schema.Properties[name] = field;
        }

        var result = await server.ElicitAsync(new ElicitRequestParams { Message = message, RequestedSchema = schema }, ct);
        return $"Elicitation completed: action={result.Action}, fields={result.Content?.Count ?? 0}";
    }

    private static EnumSchemaOption[] Titled(params string[] titles) =>
        [.. titles.Select((title, at) => new EnumSchemaOption { Const = $"value{at + 1}", Title = title })];
}
