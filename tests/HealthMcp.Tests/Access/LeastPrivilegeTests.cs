using System.Net;
using System.Text.Json;
using HealthMcp.Tests.Hosting;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Access;

/// <summary>Each scope of each tool is needed, whichever way a caller comes in.</summary>
public sealed class LeastPrivilegeTests
{
    [Theory]
    [InlineData("stdio")]
    [InlineData("key")]
    [InlineData("oauth")]
    public async Task Without_a_scope_each_tool_is_refused_recorded_and_listed_only_to_who_can_ask_for_it(string way)
    {
        await using var server = await ProtectedServer.StartAsync(("HEALTHMCP_TOOLSETS", "all"));
        var app = server.World.App;
        foreach (var (tool, scope) in app.Tools.On.SelectMany(tool => tool.Definition.Scopes.Select(scope => (tool.Name, scope))))
        {
            var others = string.Join(' ', app.Scopes.Known.Except([scope]));
            var (listed, refusal) = way switch
            {
                "stdio" => await OverStdioAsync(server, others, tool),
                "key" => await WithKeyAsync(server, others, tool),
                _ => await WithTokenAsync(server, others, tool, scope),
            };

            listed.Count.ShouldBe(way == "oauth" ? app.Tools.On.Count : app.Tools.On.Count(other => !other.Definition.Scopes.Contains(scope)));
            listed.Contains(tool).ShouldBe(way == "oauth");
            refusal.ShouldContain(scope);
            var line = server.Audit()[^1];
            line.GetProperty("tool").GetString().ShouldBe(tool);
            line.GetProperty("outcome").GetString().ShouldBe("insufficient_scope");
            line.GetProperty("transport").GetString().ShouldBe(way == "stdio" ? "stdio" : "http");
            line.GetProperty("caller").GetString()!.ShouldStartWith(way == "stdio" ? "local" : way);
        }

        server.World.Sandbox.Journal.Entries.ShouldBeEmpty();
    }

    private static async Task<(IReadOnlyList<string> Listed, string Refusal)> OverStdioAsync(ProtectedServer server, string scopes, string tool)
    {
        using var app = server.World.Build(("HEALTHMCP_TOOLSETS", "all"), ("HEALTHMCP_SCOPES", scopes));
        var client = await server.World.ConnectAsync(app);
        var listed = await client.ListToolsAsync();
        var reply = await client.ReplyAsync(tool, "{}");
        reply.ErrorCode.ShouldBe("insufficient_scope");
        return ([.. listed.Select(one => one.Name)], reply.Text);
    }

    private static async Task<(IReadOnlyList<string> Listed, string Refusal)> WithKeyAsync(ProtectedServer server, string scopes, string tool)
    {
        var key = server.Keys.Make(scopes);
        var (_, list) = await server.WithKeyAsync(key, HttpServer.Modern("tools/list"));
        var (response, body) = await server.WithKeyAsync(key, HttpServer.Call(tool));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        body.GetProperty("result").GetProperty("isError").GetBoolean().ShouldBeTrue();
        return (Names(list), body.GetRawText());
    }

    private static async Task<(IReadOnlyList<string> Listed, string Refusal)> WithTokenAsync(
        ProtectedServer server, string scopes, string tool, string scope)
    {
        var token = (server.Tokens with { Scope = scopes }).Make();
        var (_, list) = await server.ListAsync(token);
        var (response, body) = await server.CallAsync(token, tool);
        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        response.Headers.WwwAuthenticate.ToString().ShouldContain("error=\"insufficient_scope\"");
        response.Headers.WwwAuthenticate.ToString().Split("scope=\"")[^1].TrimEnd('"').Split(' ').ShouldContain(scope);
        return (Names(list), body.GetRawText());
    }

    private static IReadOnlyList<string> Names(JsonElement list) =>
        [.. list.GetProperty("result").GetProperty("tools").EnumerateArray().Select(tool => tool.GetProperty("name").GetString()!)];
}
