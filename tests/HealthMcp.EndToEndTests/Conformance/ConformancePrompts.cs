using System.ComponentModel;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using static ModelContextProtocol.Protocol.ElicitRequestParams;

namespace HealthMcp.EndToEndTests.Conformance;

internal static class ConformancePrompts
{
    [McpServerPrompt(Name = "test_simple_prompt"), Description("A prompt without arguments.")]
    public static PromptMessage Simple() => Text("This is a simple prompt for testing.");

    [McpServerPrompt(Name = "test_prompt_with_arguments"), Description("A prompt with two arguments.")]
    public static PromptMessage WithArguments([Description("First test argument.")] string arg1, [Description("Second test argument.")] string arg2) =>
        Text($"Prompt with arguments: arg1='{arg1}', arg2='{arg2}'");

    [McpServerPrompt(Name = "test_prompt_with_embedded_resource"), Description("A prompt that embeds a resource.")]
    public static PromptMessage[] WithResource([Description("URI of the resource to embed.")] string resourceUri) =>
    [
        new()
        {
            Role = Role.User,
            Content = new EmbeddedResourceBlock
            {
                Resource = new TextResourceContents { Uri = resourceUri, MimeType = "text/plain", Text = "Embedded resource content for testing." },
            },
        },
        Text("Please process the embedded resource above."),
    ];

    [McpServerPrompt(Name = "test_prompt_with_image"), Description("A prompt with a picture.")]
    public static PromptMessage[] WithImage() =>
    [
        new() { Role = Role.User, Content = ImageContentBlock.FromBytes(Samples.Png, "image/png") },
        Text("Please analyze the image above."),
    ];

    [McpServerPrompt(Name = "test_input_required_result_prompt"), Description("A prompt that asks before it answers.")]
    public static PromptMessage InputRequired(RequestContext<GetPromptRequestParams> context) =>
        InputRequiredTools.Answer(context.Params, "user_context") is not null
            ? Text("A prompt with the context that was given.")
            : throw new InputRequiredException(InputRequiredTools.One(
                "user_context", InputRequiredTools.Form("What context should the prompt use?", "context", new StringSchema())));

    private static PromptMessage Text(string text) => new() { Role = Role.User, Content = new TextContentBlock { Text = text } };
}
