using HealthMcp.Access;
using HealthMcp.Keys;

namespace HealthMcp.Tests.Keys;

/// <summary>A key never does more than the deployment grants, nor sees more than its own level.</summary>
public sealed class KeyLevelTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("a/b.read a/c.read", "a/b.read a/d.read", "a/b.read")]
    [InlineData("user/*.rs", "user/Observation.rs", "user/Observation.rs")]
    [InlineData("user/Observation.read", "user/*.rs", "user/Observation.read")]
    [InlineData("user/Observation.cruds", "user/*.rs", "")]
    [InlineData("a/b.read phi/identified phi/limited", "a/b.read phi/identified phi/limited", "a/b.read")]
    [InlineData("a/b.read", "", "")]
    public void Its_scopes_are_those_that_both_grant(string key, string configured, string left) =>
        KeyCaller.Scopes(Key(key, "deidentified"), ScopeSet.Parse(configured)).All.Order(StringComparer.Ordinal).ShouldBe(Split(left));

    [Theory]
    [InlineData("identified", "phi/identified", "phi/identified")]
    [InlineData("identified", "phi/limited", "phi/limited")]
    [InlineData("identified", "", "")]
    [InlineData("limited", "phi/identified", "phi/limited")]
    [InlineData("limited", "phi/limited", "phi/limited")]
    [InlineData("limited", "", "")]
    [InlineData("deidentified", "phi/identified phi/limited", "")]
    [InlineData("Identified", "phi/identified", "")]
    public void Its_level_is_the_lower_of_both(string level, string configured, string left) =>
        KeyCaller.Scopes(Key("", level), ScopeSet.Parse(configured)).All.ShouldBe(Split(left));

    [Theory]
    [InlineData("identified", "identified")]
    [InlineData("limited", "limited")]
    [InlineData("deidentified", "deidentified")]
    public async Task An_answer_is_given_at_the_keys_level(string level, string given)
    {
        await using var server = await KeyedServer.StartAsync(("HEALTHMCP_PRIVACY", "identified"), ("HEALTHMCP_PURPOSE", "treatment"));
        var reply = await server.CallAsync(server.NewKey("xcures/subjects.read", level), "search_subjects", """{"firstName":"Marissa","lastName":"Jones"}""");

        reply.Content.GetProperty("privacy").GetProperty("level").GetString().ShouldBe(given);
        reply.Text.Contains("Marissa", StringComparison.Ordinal).ShouldBe(level == "identified");
    }

    private static RegistrationKey Key(string scopes, string level) => new("ab12cd34", "test", "00", Split(scopes), level, Now, Now.AddDays(1), []);

    private static string[] Split(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
