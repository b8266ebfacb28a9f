using System.Text.Json;
using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;
using HealthMcp.Tests.Upstreams.DrCloud.SignIn;

namespace HealthMcp.Tests.Upstreams.DrCloud.Generating;

public sealed class GenerateToolsTests
{
    private const string Docref = "POST /apis/{site}/fhir/DocumentReference/$docref";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_chart_is_summarised_in_sections_without_what_identifies(bool conformant)
    {
        await using var world = await StartAsync(conformant);
        var reply = await GenerateAsync(world, "");

        reply.IsError.ShouldBeFalse(reply.Text);
        var parts = reply.Data.GetProperty("parts").EnumerateArray().ToList();
        parts.Select(part => part.GetProperty("title").GetString()).ShouldContain("Problems");
        parts.ShouldAllBe(part => part.GetProperty("text").GetString()!.Length > 0);
        reply.Text.ShouldContain("encephalitis", Case.Insensitive);
        foreach (var name in new[] { "Milliken", "Helen", "2000-11-16", "Binary/" }) reply.Data.ToString().ShouldNotContain(name);
    }

    [Fact]
    public async Task At_the_identified_level_the_header_names_the_patient()
    {
        await using var world = await StartAsync(false, ("HEALTHMCP_PRIVACY", "identified"), ("HEALTHMCP_PURPOSE", "treatment"));
        (await GenerateAsync(world, "")).Data.GetProperty("header").GetProperty("people").ToString().ShouldContain("Helen");
    }

    [Fact]
    public async Task The_parameters_stand_in_the_query_and_days_become_years()
    {
        await using var world = await StartAsync(false);
        var reply = await GenerateAsync(world, ""","start":"2023-03-04","end":"2024-05-06" """);
        reply.Notices.ShouldContain(notice => notice.Contains("whole years", StringComparison.Ordinal));
        var came = world.Sandbox.Journal.Of("drcloud", Docref).ShouldHaveSingleItem();
        came.Body.ShouldBeEmpty();
        came.PathAndQuery.ShouldEndWith("&start=2023-01-01&end=2024-12-31");
    }

    [Theory]
    [InlineData(400, "upstream_rejected")]
    [InlineData(401, "upstream_unauthorized")]
    [InlineData(500, "upstream_error")]
    [InlineData(501, "upstream_forbidden")]
    public async Task A_refusal_becomes_a_sentence_and_nothing_is_sent_twice(int status, string code)
    {
        await using var world = await StartAsync(false);
        world.Sandbox.Faults.Next("drcloud", Docref, Fault.Status(status), times: 3);
        var reply = await GenerateAsync(world, "");
        reply.ErrorCode.ShouldBe(code);
        reply.Text.ShouldNotContain("CANARY");
        world.Sandbox.Journal.Of("drcloud", Docref).Count.ShouldBe(status == 401 ? 2 : 1);
    }

    [Fact]
    public async Task Without_the_patients_own_record_there_is_no_document()
    {
        await using var world = await StartAsync(false);
        world.Sandbox.Faults.Next("drcloud", "GET /apis/{site}/fhir/Patient/{id}", Fault.Status(404));
        (await GenerateAsync(world, "")).ErrorCode.ShouldBe("not_found");
        world.Sandbox.Journal.Of("drcloud", Docref).ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_the_scopes_of_the_types_it_is_not_called()
    {
        await using var world = await StartAsync(false, ("HEALTHMCP_SCOPES", "drcloud/fhir.read user/Patient.rs"));
        (await GenerateAsync(world, "")).ErrorCode.ShouldBe("insufficient_scope");
    }

    [Fact]
    public async Task A_sign_in_for_one_patient_has_that_patients_document_and_no_others()
    {
        await using var world = await StartAsync(false);
        using var signedIn = await SignInHarness.SignedInAsync(world, native: true, settings: ("HEALTHMCP_TOOLSETS", "drcloud"));
        var own = (await world.CallAsync("drcloud_fhir_search", """{"type":"Patient"}""", signedIn)).Resources()[0].GetProperty("id").GetString();
        var made = await world.CallAsync("drcloud_generate_document", $$"""{"patient":"{{own}}"}""", signedIn);
        made.IsError.ShouldBeFalse(made.Text);
        made.Data.GetProperty("parts").GetArrayLength().ShouldBeGreaterThan(0);

        // The key may have one written for anybody; its file is not for the patient who signed in.
        foreach (var person in global::HealthMcp.Sandbox.Data.Person.All)
            await world.CallAsync("drcloud_generate_document", $$"""{"patient":"{{person.FhirId}}"}""");
        var read = world.Sandbox.Journal.Of("drcloud", "GET /apis/{site}/fhir/Binary/{id}");
        var files = read.Select(entry => entry.PathAndQuery.Split('/')[^1]).Distinct().ToList();
        var open = 0;
        foreach (var file in files)
        {
            var reply = await world.CallAsync("drcloud_fhir_read", $$"""{"type":"Binary","id":"{{file}}"}""", signedIn);
            if (!reply.IsError) open++;
            else reply.ErrorCode.ShouldBe("upstream_forbidden");
        }

        (files.Count > 5, open).ShouldBe((true, 1));
    }

    private static async Task<World> StartAsync(bool conformant, params (string, string)[] settings) =>
        await World.StartAsync(new SandboxOptions { Conformant = conformant }, [("HEALTHMCP_TOOLSETS", "drcloud"), .. settings]);

    private static async Task<ToolReply> GenerateAsync(World world, string more)
    {
        var found = await world.CallAsync("drcloud_fhir_search", """{"type":"Patient","query":"family=Milliken&given=Helen"}""");
        var patient = found.Resources()[0].GetProperty("id").GetString();
        return await world.CallAsync("drcloud_generate_document", $$"""{"patient":"{{patient}}"{{more}}}""");
    }
}
