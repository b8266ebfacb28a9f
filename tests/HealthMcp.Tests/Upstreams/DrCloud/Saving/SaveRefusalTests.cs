using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;
using HealthMcp.Tests.Upstreams.DrCloud.SignIn;

namespace HealthMcp.Tests.Upstreams.DrCloud.Saving;

/// <summary>What is not written, and how that is said.</summary>
public sealed class SaveRefusalTests
{
    private const string Ann = """{"family":"Zwetschgenbaum","given":["Annegret"],"npi":"1234567893"}""";

    [Theory]
    [InlineData("""{"phone":"555-018-4711"}""", "practitioner")]
    [InlineData("""{"family":"Canary","given":["Ann"],"clear":["fax"]}""", "clear")]
    [InlineData("""{"practitioner":"00000000-0000-4000-8000-000000000000"}""", "practitioner")]
    [InlineData("""{"practitioner":"00000000-0000-4000-8000-000000000000","fax":"5550184711","clear":["fax"]}""", "clear")]
    [InlineData("""{"family":"Canary","given":["Ann"],"npi":"1234567894"}""", "npi")]
    [InlineData("""{"family":"Canary","given":["Ann"],"npi":"12345678931"}""", "npi")]
    [InlineData("""{"family":"Canary","given":["   "]}""", "given")]
    [InlineData("""{"family":"Canary","given":["Ann"],"gender":"canary"}""", "gender")]
    [InlineData("""{"family":"Canary","given":["Ann"],"address":{}}""", "address")]
    [InlineData("""{"family":"Canary","given":["Ann"],"resource":{"resourceType":"Patient"}}""", "")]
    public async Task What_cannot_be_right_is_refused_before_anything_is_sent(string arguments, string argument)
    {
        await using var world = await SaveWorld.StartAsync(conformant: true);
        var reply = await world.CallAsync(arguments);
        reply.ErrorCode.ShouldBe("invalid_argument", reply.Text);
        reply.Content.GetProperty("error").GetProperty("argument").GetString().ShouldBe(argument);
        reply.Text.ShouldNotContain("canary", Case.Insensitive);
        world.World.Sandbox.Journal.Entries.ShouldNotContain(entry => entry.Method == "PUT" || entry.Operation == SaveWorld.Create);
    }

    [Theory]
    [InlineData("drcloud/fhir.read drcloud/fhir.write user/Practitioner.rs")]
    [InlineData("drcloud/fhir.read drcloud/fhir.write user/Practitioner.write")]
    [InlineData("drcloud/fhir.read user/*.rs user/Practitioner.write")]
    [InlineData("drcloud/fhir.read drcloud/fhir.write user/*.rs patient/Practitioner.write")]
    [InlineData("drcloud/fhir.read drcloud/fhir.write user/*.rs user/Patient.write")]
    public async Task Without_one_of_its_scopes_nothing_is_sent(string scopes)
    {
        await using var world = await SaveWorld.StartAsync(conformant: true, ("HEALTHMCP_SCOPES", scopes));
        (await world.CallAsync(Ann)).ErrorCode.ShouldBe("insufficient_scope");
        world.World.Sandbox.Journal.Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_vendors_key_may_not_write_and_neither_may_a_sign_in_without_the_scope()
    {
        await using var world = await World.StartAsync(("HEALTHMCP_TOOLSETS", "drcloud"), ("HEALTHMCP_WRITES", "direct"));
        var scopes = string.Join(' ', world.App.Scopes.Known);
        using var signedIn = await SignInHarness.SignedInAsync(
            world, settings: [("HEALTHMCP_SCOPES", scopes), ("HEALTHMCP_TOOLSETS", "drcloud"), ("HEALTHMCP_WRITES", "direct")]);
        foreach (var app in new[] { world.App, signedIn })
        {
            var reply = await world.CallAsync("drcloud_save_practitioner", Ann, app);
            reply.ErrorCode.ShouldBe("upstream_forbidden");
            reply.Text.ShouldContain("healthmcp login drcloud --write");
        }

        world.Sandbox.Journal.Of("drcloud", SaveWorld.Create).ShouldBeEmpty();
    }

    [Fact]
    public async Task On_a_live_EHR_a_model_cannot_approve_and_a_read_only_server_has_no_such_tool()
    {
        await using var world = await World.StartAsync();
        var scopes = string.Join(' ', world.App.Scopes.Known);
        using var live = await SignInHarness.SignedInAsync(world, write: true, settings: [("HEALTHMCP_SCOPES", scopes), ("HEALTHMCP_TOOLSETS", "drcloud")]);
        (await world.CallAsync("drcloud_save_practitioner", Ann, live)).ErrorCode.ShouldBe("writes_off");
        using var reading = world.Build(("HEALTHMCP_TOOLSETS", "all"), ("HEALTHMCP_READ_ONLY", "true"));
        reading.Tools.On.ShouldNotContain(tool => tool.Name == "drcloud_save_practitioner");
        world.Sandbox.Journal.Of("drcloud", SaveWorld.Create).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(400, "upstream_rejected")]
    [InlineData(401, "upstream_unauthorized")]
    [InlineData(403, "upstream_forbidden")]
    [InlineData(405, "upstream_forbidden")]
    [InlineData(409, "conflict")]
    [InlineData(415, "upstream_rejected")]
    [InlineData(422, "upstream_rejected")]
    [InlineData(429, "upstream_rate_limited")]
    [InlineData(501, "upstream_forbidden")]
    public async Task A_refusal_becomes_a_sentence_without_the_EHRs_words(int status, string code)
    {
        await using var world = await SaveWorld.StartAsync(conformant: true, ("HEALTHMCP_WRITES", "direct"));
        world.World.Sandbox.Faults.Next("drcloud", SaveWorld.Create, Fault.Status(status), 5);
        var reply = await world.CallAsync(Ann);
        reply.ErrorCode.ShouldBe(code);
        reply.Text.ShouldNotContain("CANARY");

        // 401 is answered before anything is done, with a new token; 429 asks to come again.
        if (status != 429) world.Sent(SaveWorld.Create).Count.ShouldBe(status == 401 ? 2 : 1);
    }

    [Fact]
    public async Task A_practitioner_that_is_not_there_is_said_to_be_not_there()
    {
        await using var world = await SaveWorld.StartAsync(conformant: false);
        var reply = await world.CallAsync("""{"practitioner":"00000000-0000-4000-8000-000000000000","phone":"555-018-4711"}""");
        reply.ErrorCode.ShouldBe("not_found");
        world.Sent(SaveWorld.Update).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_the_vendors_server_wants_of_a_new_one_is_said_in_the_preview()
    {
        await using var world = await SaveWorld.StartAsync(conformant: false);
        var preview = await world.CallAsync("""{"family":"Zwetschgenbaum","given":["A"]}""");
        preview.Content.GetProperty("write").GetProperty("warnings").GetArrayLength().ShouldBe(1);
        var refused = await world.ConfirmAsync("""{"family":"Zwetschgenbaum","given":["A"]}""", preview);
        (refused.ErrorCode, refused.Text.Contains("nothing was written", StringComparison.Ordinal)).ShouldBe(("upstream_rejected", true));
    }
}
