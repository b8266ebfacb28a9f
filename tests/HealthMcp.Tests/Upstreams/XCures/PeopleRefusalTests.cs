using HealthMcp.Sandbox;

namespace HealthMcp.Tests.Upstreams.XCures;

/// <summary>What every tool about persons does when the record is not there, the scope is missing, or xCures fails.</summary>
public sealed class PeopleRefusalTests
{
    private const string Nobody = "7d0c2a50-3f7e-4b19-9d57-6a1f0c3e8b21";
    private const string NewPerson = """{"subjects":[{"firstName":"Ann","lastName":"Example"}]}""";

    private const string Applicant = """
        {"firstName":"Ann","lastName":"Example","birthDate":"1980-01-02","addressPostalCode":"45011","sexAtBirth":"female","emailAddress":"ann@example.org"}
        """;

    /// <summary>Tool, arguments about nobody, scope.</summary>
    public static TheoryData<string, string, string> OfNobody => new()
    {
        { "get_subject", $$"""{"subject":"{{Nobody}}"}""", "xcures/subjects.read" },
        { "get_subject_summary", $$"""{"subject":"{{Nobody}}"}""", "xcures/subjects.read" },
        { "update_subject", $$$"""{"subject":"{{{Nobody}}}","changes":{"addressCity":"Dayton"}}""", "xcures/subjects.write" },
        { "request_records", $$"""{"subject":"{{Nobody}}"}""", "xcures/records.write" },
        { "get_record_requests", $$"""{"id":"{{Nobody}}"}""", "xcures/records.read" },
        { "get_application", $$"""{"id":"{{Nobody}}"}""", "xcures/applications.read" },
        { "resend_application_invite", $$"""{"id":"{{Nobody}}"}""", "xcures/applications.write" },
    };

    public static TheoryData<string, string, string> Every
    {
        get
        {
            var all = new TheoryData<string, string, string>
            {
                { "list_projects", "{}", "xcures/subjects.read" },
                { "create_subjects", NewPerson, "xcures/subjects.write" },
                { "get_record_requests", "{}", "xcures/records.read" },
                { "create_application", Applicant, "xcures/applications.write" },
            };
            foreach (var row in OfNobody) all.Add((string)row[0], (string)row[1], (string)row[2]);
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(OfNobody))]
    public async Task What_is_not_there_is_said_to_be_not_there(string tool, string arguments, string scope)
    {
        await using var world = await PeopleWorld.StartAsync();

        var reply = await world.CallAsync(tool, arguments);

        reply.ErrorCode.ShouldBe("not_found", scope);
        reply.Text.ShouldNotContain(Nobody);
        reply.Text.ShouldNotContain("CANARY");
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Without_the_scope_it_is_refused(string tool, string arguments, string scope)
    {
        await using var world = await PeopleWorld.StartAsync(("HEALTHMCP_SCOPES", "patients/records.read"));

        var reply = await world.CallAsync(tool, arguments);

        reply.ErrorCode.ShouldBe("insufficient_scope");
        reply.Content.GetRawText().ShouldContain(scope);
        world.Sandbox.Journal.Entries.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task When_xcures_refuses_the_account_nothing_of_its_answer_comes_out(string tool, string arguments, string scope)
    {
        await using var world = await PeopleWorld.StartAsync(("HEALTHMCP_WRITES", "direct"));
        world.Sandbox.Faults.Next("xcures", "*", Fault.Status(403), 20);

        var reply = await world.CallAsync(tool, arguments);

        reply.ErrorCode.ShouldBe("upstream_forbidden", scope);
        reply.Text.ShouldNotContain("CANARY");
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Unknown_and_hostile_arguments_are_refused_before_anything_is_asked(string tool, string arguments, string scope)
    {
        await using var world = await PeopleWorld.StartAsync();
        var wrong = arguments.Replace(Nobody, "../../oauth/token", StringComparison.Ordinal).Replace("ann@example.org", "no address", StringComparison.Ordinal)
            .Replace("\"lastName\":\"Example\"}]", "\"lastName\":\"Example\",\"gender\":\"../M\"}]", StringComparison.Ordinal);
        if (wrong == arguments) wrong = """{"status":"x","surprise":1}""";

        var reply = await world.CallAsync(tool, wrong);

        reply.ErrorCode.ShouldBeOneOf(["invalid_argument", "unknown_handle"]);
        reply.Text.ShouldNotContain("oauth", Case.Sensitive, scope);
        world.Sandbox.Journal.Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task Read_only_leaves_the_tools_that_read()
    {
        await using var world = await PeopleWorld.StartAsync(("HEALTHMCP_READ_ONLY", "true"));

        var names = (await world.Client.ListToolsAsync()).Select(tool => tool.Name).ToList();

        names.ShouldContain("get_subject");
        new[] { "create_subjects", "update_subject", "request_records", "create_application", "resend_application_invite" }.Intersect(names).ShouldBeEmpty();
    }
}
