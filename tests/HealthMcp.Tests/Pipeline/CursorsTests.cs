using System.Text.Json;
using HealthMcp.Access;
using HealthMcp.Catalog;
using HealthMcp.Pipeline;
using HealthMcp.Storage;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Pipeline;

public sealed class CursorsTests
{
    private static readonly Caller Ann = new("ann", "stdio", ScopeSet.None);
    private readonly Cursors _cursors = new(new SealedBox(new byte[32], new SeededEntropy(1)));

    [Theory]
    [InlineData(null, 0)]
    [InlineData("2:25", 13)]
    [InlineData("a|b|c", 1)]
    public void A_cursor_opens_to_what_was_sealed(string? page, int given)
    {
        var digest = Digest(Ann, "t", """{"a":1}""");

        _cursors.Open(_cursors.Seal(new CursorPosition(page, given), digest), digest).ShouldBe(new CursorPosition(page, given));
    }

    [Theory]
    [InlineData("ann", "t", """{"a":2}""")]
    [InlineData("ann", "t", """{"a":1,"b":1}""")]
    [InlineData("ann", "t", """{}""")]
    [InlineData("ann", "u", """{"a":1}""")]
    [InlineData("bob", "t", """{"a":1}""")]
    public void It_is_no_good_for_another_caller_tool_or_question(string caller, string tool, string arguments)
    {
        var cursor = _cursors.Seal(new CursorPosition("2", 0), Digest(Ann, "t", """{"a":1}"""));

        Refused(cursor, Digest(new Caller(caller, "stdio", ScopeSet.None), tool, arguments));
    }

    [Theory]
    [InlineData("""{"a":1,"max_bytes":2000}""")]
    [InlineData("""{"fields":["x"],"a":1,"cursor":"cur_1"}""")]
    public void How_the_answer_is_wanted_may_change(string arguments) => Digest(Ann, "t", arguments).ShouldBe(Digest(Ann, "t", """{"a":1}"""));

    [Theory]
    [InlineData("")]
    [InlineData("cur_")]
    [InlineData("2")]
    [InlineData("cur_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("cur_../../etc/passwd")]
    public void What_this_server_did_not_give_is_refused(string cursor) => Refused(cursor, Digest(Ann, "t", "{}"));

    [Fact]
    public void Every_changed_character_is_found()
    {
        var digest = Digest(Ann, "t", "{}");
        var cursor = _cursors.Seal(new CursorPosition("3", 2), digest);
        for (var i = 4; i < cursor.Length; i++) Refused($"{cursor[..i]}{(cursor[i] == 'A' ? 'B' : 'A')}{cursor[(i + 1)..]}", digest);
    }

    private void Refused(string cursor, byte[] digest)
    {
        var refusal = Should.Throw<CallFailureException>(() => _cursors.Open(cursor, digest));
        refusal.Code.ShouldBe(FailureCodes.InvalidCursor);
    }

    private static byte[] Digest(Caller caller, string tool, string arguments) => Cursors.Digest(caller, tool, JsonElement.Parse(arguments));
}
