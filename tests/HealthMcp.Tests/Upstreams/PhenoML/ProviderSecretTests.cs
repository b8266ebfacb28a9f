using HealthMcp.Catalog;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Upstreams.PhenoML;

/// <summary>Secrets come from the operator's file, go only to the server that they are for, and come out nowhere.</summary>
public sealed class ProviderSecretTests : IAsyncLifetime
{
    private const string Secret = "s3cr3t-Value-9471";
    private readonly TempFolder _folder = new();
    private World _world = null!;

    public async Task InitializeAsync()
    {
        var file = Path.Combine(_folder.Path, "providers.json");
        await File.WriteAllTextAsync(file, $$"""
            {"clinic":{"base_url":"https://fhir.example/r4","client_id":"cid","client_secret":"{{Secret}}"},"empty":{"base_url":"https://fhir.example/r4"} }
            """);
        _world = await World.StartAsync(
            ("HEALTHMCP_TOOLSETS", "phenoml"), ("PHENOML_PROVIDER_SECRETS", file), ("HEALTHMCP_PRIVACY", "identified"), ("HEALTHMCP_PURPOSE", "operations"));
    }

    public async Task DisposeAsync()
    {
        await _world.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_secret_goes_up_and_comes_out_nowhere()
    {
        var client = await _world.ConnectAsync();
        var preview = await client.ReplyAsync("save_fhir_provider", Provider("clinic", "https://fhir.example/r4"));
        var made = await client.ReplyAsync("save_fhir_provider", Confirmed(Provider("clinic", "https://fhir.example/r4"), preview.Confirmation));
        made.IsError.ShouldBeFalse(made.Text);
        made.Content.GetProperty("write").GetProperty("verified").GetBoolean().ShouldBeTrue();
        var id = made.Data.GetProperty("provider").GetProperty("id").GetString();
        var add = $$"""{"provider":"{{id}}","action":"add","auth":{"auth_method":"on_behalf_of","credentials":"clinic"} }""";
        var more = await client.ReplyAsync("change_fhir_provider_auth", add);
        var added = await client.ReplyAsync("change_fhir_provider_auth", Confirmed(add, more.Confirmation));
        added.IsError.ShouldBeFalse(added.Text);
        var got = await client.ReplyAsync("get_fhir_provider", $$"""{"provider":"{{id}}"}""");
        got.Data.GetProperty("auth_configs").GetArrayLength().ShouldBe(2);

        _world.Sandbox.Journal.Entries.Count(entry => entry.Body.Contains(Secret, StringComparison.Ordinal)).ShouldBe(2);
        foreach (var text in new[] { preview, made, more, added, got }.Select(reply => reply.Content.GetRawText())
            .Append(_world.Log.Text)
            .Concat(Directory.EnumerateFiles(_world.DataDirectory, "*", SearchOption.AllDirectories).Select(Read)))
            text.ShouldNotContain(Secret);
    }

    [Theory]
    [InlineData("clinic", "https://evil.example/r4", FailureCodes.InvalidArgument, "go nowhere else")]
    [InlineData("clinic", "https://fhir.example/r4/../../evil", FailureCodes.InvalidArgument, "go nowhere else")]
    [InlineData("clinic", "https://fhir.example.evil.example/r4", FailureCodes.InvalidArgument, "go nowhere else")]
    [InlineData("clinic", "http://fhir.example/r4", FailureCodes.InvalidArgument, "https address")]
    [InlineData("clinic", "https://user:pw@fhir.example/r4", FailureCodes.InvalidArgument, "https address")]
    [InlineData("other", "https://fhir.example/r4", FailureCodes.InvalidArgument, "names no entry")]
    [InlineData("empty", "https://fhir.example/r4", FailureCodes.InvalidArgument, "have no client_id and client_secret")]
    public async Task It_is_not_sent_where_it_does_not_belong(string name, string address, string code, string says)
    {
        var reply = await _world.CallAsync("save_fhir_provider", Provider(name, address));
        (reply.ErrorCode, reply.Text.Contains(says, StringComparison.Ordinal)).ShouldBe((code, true), reply.Text);
        _world.Sandbox.Journal.Entries.ShouldNotContain(entry => entry.Body.Contains(Secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_provider_at_another_address_does_not_get_it_by_way_of_a_further_sign_in()
    {
        var client = await _world.ConnectAsync();
        var reply = await client.ReplyAsync(
            "change_fhir_provider_auth",
            """{"provider":"550e8400-e29b-41d4-a716-446655440000","action":"add","auth":{"auth_method":"client_secret","credentials":"clinic"}}""");
        reply.Text.ShouldContain("go nowhere else");
    }

    [Theory]
    [InlineData("""{"auth_method":"client_secret","client_secret":"x"}""", "an argument that this tool does not take")]
    [InlineData("""{"auth_method":"client_secret"}""", "needs credentials")]
    [InlineData("""{"auth_method":"none","credentials":"clinic"}""", "uses no secret")]
    [InlineData("""{"auth_method":"jwt"}""", "needs client_id")]
    [InlineData("""{"auth_method":"jwt","client_id":"c","role":"read","scopes":"a"}""", "either role or scopes")]
    [InlineData("""{"auth_method":"none","role":"read"}""", "neither role nor scopes")]
    public async Task A_sign_in_that_does_not_hold_together_is_refused(string auth, string says)
    {
        var reply = await _world.CallAsync("save_fhir_provider", $$"""{"name":"a","provider":"hapi","base_url":"https://fhir.example/r4","auth":{{auth}} }""");
        reply.ErrorCode.ShouldBe(FailureCodes.InvalidArgument);
        reply.Text.ShouldContain(says);
    }

    [Fact]
    public async Task Without_a_file_the_operator_is_named_as_the_one_to_ask()
    {
        await using var world = await World.StartAsync(("HEALTHMCP_TOOLSETS", "phenoml"));
        var reply = await world.CallAsync("save_fhir_provider", Provider("clinic", "https://fhir.example/r4"));
        reply.ErrorCode.ShouldBe(FailureCodes.NotConfigured);
        reply.Text.ShouldContain("PHENOML_PROVIDER_SECRETS");
    }

    private static string Provider(string credentials, string address) => $$"""
        {"name":"Clinic","provider":"epic","base_url":"{{address}}","auth":{"auth_method":"client_secret","credentials":"{{credentials}}","role":"read"} }
        """;

    private static string Confirmed(string call, string confirmation) => $$"""{{call.Trim()[..^1]}},"confirmation":"{{confirmation}}"}""";

    private static string Read(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
