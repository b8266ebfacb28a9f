using HealthMcp.Sandbox;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Upstreams.XCures.Applications;

public sealed class ApplicationToolsTests
{
    private const string Create = $"POST {PeopleWorld.Registry}/application";
    private const string Resend = $"POST {PeopleWorld.Registry}/application/{{id}}/resend-verification";

    [Fact]
    public async Task A_person_is_invited_once_and_becomes_a_subject_after_consent()
    {
        var time = new UpstreamClock(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero));
        await using var world = await PeopleWorld.StartAsync(new SandboxOptions { Time = time });
        var made = await world.WriteAsync("create_application", Applicant());
        var id = $$"""{"id":"{{made.Data.GetProperty("id")}}"}""";
        var before = await world.CallAsync("get_application", id);
        time.Advance(TimeSpan.FromMinutes(2));
        var after = await world.CallAsync("get_application", id);

        made.Content.GetProperty("write").GetProperty("verified").GetBoolean().ShouldBeTrue();
        before.Data.TryGetProperty("consentAccepted", out _).ShouldBeFalse();
        after.Data.GetProperty("consentAccepted").GetBoolean().ShouldBeTrue();
        var subject = await world.CallAsync("get_subject", $$"""{"subject":"{{after.Data.GetProperty("subjectId")}}"}""");
        subject.IsError.ShouldBeFalse(subject.Text);
        foreach (var reply in new[] { made, before, after, subject })
            foreach (var word in new[] { "Cleo", "Example", "1990-05" }) reply.Text.ShouldNotContain(word);
    }

    [Fact]
    public async Task A_lost_answer_is_looked_for_and_never_sends_a_second_e_mail()
    {
        await using var world = await PeopleWorld.StartAsync();
        world.Sandbox.Faults.Next("xcures", Create, Fault.AnswerLost());
        world.Sandbox.Faults.Next("xcures", Create, Fault.ResetConnection());

        var found = await world.WriteAsync("create_application", Applicant());
        var doubt = await world.WriteAsync("create_application", Applicant("Dora"));

        found.Content.GetProperty("write").GetProperty("status").GetString().ShouldBe("already_written");
        doubt.ErrorCode.ShouldBe("in_doubt");
        doubt.Text.ShouldContain("ask the applicant");
        world.Sent(Create).Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_invitation_is_sent_again_with_its_webhooks_and_in_doubt_when_its_answer_is_lost()
    {
        await using var world = await PeopleWorld.StartAsync(PeopleWorld.Identified);
        var made = await world.WriteAsync("create_application", Applicant());
        var id = made.Data.GetProperty("id").GetString();

        var sent = await world.WriteAsync("resend_application_invite", $$"""{"id":"{{id}}","onConsentWebhookUrl":"https://hooks.example.org/c"}""");
        world.Sandbox.Faults.Next("xcures", Resend, Fault.AnswerLost());
        var lost = await world.WriteAsync("resend_application_invite", $$"""{"id":"{{id}}"}""");

        sent.Data.GetProperty("onConsentWebhookUrl").GetString().ShouldBe("https://hooks.example.org/c");
        sent.Content.GetProperty("write").GetProperty("verified").GetBoolean().ShouldBeTrue();
        lost.ErrorCode.ShouldBe("in_doubt");
        world.Sent(Resend).Select(entry => entry.Body).ShouldBe(["{\"onConsentWebhookUrl\":\"https://hooks.example.org/c\"}", "{}"]);
    }

    [Theory]
    [InlineData("http://hooks.example.org/c")]
    [InlineData("https://user:secret@hooks.example.org/c")]
    [InlineData("https://127.0.0.1/c")]
    [InlineData("https://[::1]/c")]
    [InlineData("https://localhost/c")]
    [InlineData("https://vault.internal/c")]
    [InlineData("file:///etc/passwd")]
    public async Task Only_public_https_addresses_are_called(string url)
    {
        await using var world = await PeopleWorld.StartAsync();

        var reply = await world.CallAsync("create_application", Applicant()[..^1] + $$""","onQueryResultWebhookUrl":"{{url}}"}""");

        reply.ErrorCode.ShouldBe("invalid_argument");
        reply.Content.GetProperty("error").GetProperty("argument").GetString().ShouldBe("onQueryResultWebhookUrl");
        reply.Text.ShouldNotContain(url);
        world.Sandbox.Journal.Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_webhook_is_warned_of_and_so_is_an_applicant_who_has_consented()
    {
        var time = new UpstreamClock(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero));
        await using var world = await PeopleWorld.StartAsync(new SandboxOptions { Time = time });
        var preview = await world.CallAsync("create_application", Applicant()[..^1] + ""","onConsentWebhookUrl":"https://hooks.example.org/c"}""");
        var made = await world.WriteAsync("create_application", Applicant());
        time.Advance(TimeSpan.FromMinutes(2));
        var again = await world.CallAsync("resend_application_invite", $$"""{"id":"{{made.Data.GetProperty("id")}}"}""");

        preview.Content.GetProperty("write").GetProperty("warnings").GetRawText().ShouldContain("web addresses");
        again.Content.GetProperty("write").GetProperty("warnings").GetRawText().ShouldContain("consented already");
    }

    [Fact]
    public async Task A_birth_date_that_cannot_be_is_refused()
    {
        await using var world = await PeopleWorld.StartAsync();

        var reply = await world.CallAsync("create_application", Applicant().Replace("1990", "2990", StringComparison.Ordinal));

        reply.ErrorCode.ShouldBe("invalid_argument");
        reply.Text.ShouldNotContain("2990");
    }

    private static string Applicant(string first = "Cleo") => "{" + $"\"firstName\":\"{first}\"" + ""","lastName":"Example","birthDate":"1990-05-06","""
        + """ "addressPostalCode":"45011","sexAtBirth":"female","emailAddress":"cleo@example.org"}""";
}
