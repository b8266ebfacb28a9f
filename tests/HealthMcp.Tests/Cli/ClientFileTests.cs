using System.Text.Json;
using HealthMcp.Cli;

namespace HealthMcp.Tests.Cli;

public sealed class ClientFileTests
{
    private static readonly ServerEntry Entry = new("healthmcp", ["--stdio"]);

    [Theory]
    [InlineData("claude", "mcpServers", """{"command":"healthmcp","args":["--stdio"]}""")]
    [InlineData("cursor", "mcpServers", """{"command":"healthmcp","args":["--stdio"]}""")]
    [InlineData("vscode", "servers", """{"type":"stdio","command":"healthmcp","args":["--stdio"]}""")]
    public void An_empty_file_gets_the_entry_in_the_clients_own_form(string client, string root, string entry) =>
        JsonSerializer.Serialize(Written(client, "").GetProperty(root).GetProperty("healthmcp")).ShouldBe(entry);

    [Fact]
    public void What_else_is_in_the_file_stays() =>
        Written("claude", """{"a":[1,2],"mcpServers":{"x":{"command":"y"}}}""").GetRawText().ReplaceLineEndings("").ShouldContain("\"x\"");

    [Fact]
    public void Environment_that_the_user_set_stays() =>
        Written("claude", """{"mcpServers":{"healthmcp":{"command":"old","env":{"HEALTHMCP_PRIVACY":"limited"}}}}""")
            .GetProperty("mcpServers").GetProperty("healthmcp").GetProperty("env").GetProperty("HEALTHMCP_PRIVACY").GetString().ShouldBe("limited");

    [Fact]
    public void Comments_and_trailing_commas_are_read() =>
        Written("vscode", "{ // mine\n \"inputs\": [], }").GetProperty("inputs").GetArrayLength().ShouldBe(0);

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"mcpServers\": 3}")]
    public void A_file_of_another_form_is_left_alone(string text) => Should.Throw<InvalidOperationException>(() => ClientFile.Of("claude").With(text, Entry));

    [Theory]
    [InlineData("{")]
    [InlineData("not json")]
    public void What_is_not_json_is_left_alone(string text) => Should.Throw<JsonException>(() => ClientFile.Of("claude").With(text, Entry));

    private static JsonElement Written(string client, string text) => JsonElement.Parse(ClientFile.Of(client).With(text, Entry));
}
