using System.ComponentModel;
using System.Security.Cryptography;
using System.Text;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using static ModelContextProtocol.Protocol.ElicitRequestParams;

namespace HealthMcp.EndToEndTests.Conformance;

/// <summary>Tools that end with a question, and go on when they are called again with the answer.</summary>
internal static class InputRequiredTools
{
    private static readonly byte[] Key = RandomNumberGenerator.GetBytes(32);

    [McpServerTool(Name = "test_input_required_result_elicitation"), Description("Asks for a name.")]
    public static string Elicitation(RequestContext<CallToolRequestParams> context) =>
        Answer(context.Params, "user_name") is { } answer
            && answer.Deserialize(InputResponse.ElicitResultJsonTypeInfo)?.Content?.TryGetValue("name", out var name) is true
            ? $"Hello, {name}!"
            : throw new InputRequiredException(One("user_name", Form("What is your name?", "name", new StringSchema())));

    [McpServerTool(Name = "test_input_required_result_sampling"), Description("Asks the client's model.")]
    public static string Sampling(RequestContext<CallToolRequestParams> context) =>
        Answer(context.Params, "capital_question") is { } answer
            ? $"The model said: {answer.Deserialize(InputResponse.CreateMessageResultJsonTypeInfo)?.Content.OfType<TextContentBlock>().FirstOrDefault()?.Text}"
            : throw new InputRequiredException(One("capital_question", InputRequest.ForSampling(ElicitationTools.Ask("What is the capital of France?", 100))));

    [McpServerTool(Name = "test_input_required_result_list_roots"), Description("Asks for the client's roots.")]
    public static string Roots(RequestContext<CallToolRequestParams> context) =>
        Answer(context.Params, "client_roots") is { } answer
            ? $"Roots: {string.Join(", ", answer.Deserialize(InputResponse.ListRootsResultJsonTypeInfo)?.Roots.Select(root => root.Uri) ?? [])}"
            : throw new InputRequiredException(One("client_roots", InputRequest.ForRootsList(new ListRootsRequestParams())));

    [McpServerTool(Name = "test_input_required_result_request_state"), Description("Asks, and wants its state back.")]
    public static string State(RequestContext<CallToolRequestParams> context) => context.Params.RequestState switch
    {
        null => throw new InputRequiredException(Confirm(), Sign("request-state")),
        var state when Verify(state) == "request-state" => "state-ok",
        _ => throw new McpProtocolException("The request state is not the one that was given out.", McpErrorCode.InvalidParams),
    };

    [McpServerTool(Name = "test_input_required_result_tampered_state"), Description("Asks, and refuses a state it did not give out.")]
    public static string Tampered(RequestContext<CallToolRequestParams> context) => State(context);

    [McpServerTool(Name = "test_input_required_result_multiple_inputs"), Description("Asks three things at once.")]
    public static string Multiple(RequestContext<CallToolRequestParams> context) =>
        context.Params.InputResponses is { Count: >= 3 }
            ? "All three were answered."
            : throw new InputRequiredException(
                new Dictionary<string, InputRequest>(StringComparer.Ordinal)
                {
                    ["user_name"] = Form("What is your name?", "name", new StringSchema()),
                    ["greeting"] = InputRequest.ForSampling(ElicitationTools.Ask("Generate a greeting", 50)),
                    ["client_roots"] = InputRequest.ForRootsList(new ListRootsRequestParams()),
                },
                Sign("multiple"));

    [McpServerTool(Name = "test_input_required_result_multi_round"), Description("Asks twice, one after the other.")]
    public static string MultiRound(RequestContext<CallToolRequestParams> context) => context.Params.RequestState is { } state
        ? Verify(state) switch
        {
            "round-1" =>
                throw new InputRequiredException(One("step2", Form("Step 2: What is your favorite color?", "color", new StringSchema())), Sign("round-2")),
            "round-2" => "Both rounds are done.",
            _ => throw new McpProtocolException("The request state is not the one that was given out.", McpErrorCode.InvalidParams),
        }
        : throw new InputRequiredException(One("step1", Form("Step 1: What is your name?", "name", new StringSchema())), Sign("round-1"));

    [McpServerTool(Name = "test_input_required_result_capabilities"), Description("Asks only in ways the client has declared.")]
    public static string Capabilities(RequestContext<CallToolRequestParams> context)
    {
        var requests = new Dictionary<string, InputRequest>(StringComparer.Ordinal);
        if (context.Server.ClientCapabilities?.Sampling is not null)
        {
            requests["greeting"] = InputRequest.ForSampling(ElicitationTools.Ask("Generate a greeting", 50));
        }

        if (context.Server.ClientCapabilities?.Elicitation is not null)
        {
            requests["user_name"] = Form("What is your name?", "name", new StringSchema());
        }

        return requests.Count == 0 ? "The client can answer nothing." : throw new InputRequiredException(requests);
    }

    internal static InputResponse? Answer(RequestParams parameters, string key) =>
        parameters.InputResponses is { } answers && answers.TryGetValue(key, out var answer) ? answer : null;

    internal static Dictionary<string, InputRequest> One(string key, InputRequest request) => new(StringComparer.Ordinal) { [key] = request };

    internal static InputRequest Form(string message, string field, PrimitiveSchemaDefinition schema)
    {
        var form = new RequestSchema { Required = [field] };
        form.Properties[field] = schema;
        return InputRequest.ForElicitation(new ElicitRequestParams { Message = message, RequestedSchema = form });
    }

    private static Dictionary<string, InputRequest> Confirm() => One("confirm", Form("Please confirm", "ok", new BooleanSchema()));

    private static string Sign(string state) => $"{state}.{Convert.ToHexString(HMACSHA256.HashData(Key, Encoding.UTF8.GetBytes(state)))}";

    private static string? Verify(string signed)
    {
        var state = signed.Split('.')[0];
        return string.Equals(Sign(state), signed, StringComparison.Ordinal) ? state : null;
    }
}
