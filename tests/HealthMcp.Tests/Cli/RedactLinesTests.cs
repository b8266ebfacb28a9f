using System.Text;
using System.Text.Json;
using HealthMcp.Cli;

namespace HealthMcp.Tests.Cli;

public sealed class RedactLinesTests
{
    [Theory]
    [InlineData("Call 555-867-5309 today.", "555-867-5309", "phone")]
    [InlineData("\U0001F600\U0001F637 mail jo@example.com now", "jo@example.com", "email")]
    [InlineData("cafe\u0301 \U0001D4D0 SSN 123-45-6789.", "123-45-6789", "ssn")]
    [InlineData("\u00E9\u0301\u0301 seen 03/14/2019 \U0001F600", "03/14/2019", "date")]
    public async Task Offsets_are_utf16_units_of_the_text_as_it_came(string text, string found, string kind)
    {
        var line = (await LinesAsync(Line("a", text))).Lines.ShouldHaveSingleItem();

        var span = line.GetProperty("spans").EnumerateArray().ShouldHaveSingleItem();
        text[span.GetProperty("start").GetInt32()..span.GetProperty("end").GetInt32()].ShouldBe(found);
        span.GetProperty("kind").GetString().ShouldBe(kind);
        line.GetProperty("text").GetString()!.ShouldNotContain(found);
        line.GetProperty("text").GetString()!.ShouldContain(text[..span.GetProperty("start").GetInt32()]);
    }

    [Fact]
    public async Task Combining_marks_inside_a_name_belong_to_its_passage()
    {
        const string Text = "Seen by Dr. Jose\u0301 Garci\u0301a.";
        var line = (await LinesAsync(Line("a", Text))).Lines.ShouldHaveSingleItem();

        line.GetProperty("text").GetString()!.ShouldNotContain("\u0301");
        var span = line.GetProperty("spans").EnumerateArray().Last();
        Text[..span.GetProperty("end").GetInt32()].ShouldEndWith("a");
    }

    [Fact]
    public async Task The_id_comes_back_as_it_was_given()
    {
        var run = await LinesAsync("""{"id":"é-1","text":"x"}""", """{"id":12345678901234567890,"text":"x"}""", """{"id":1.50,"text":"x"}""");

        run.Lines.Select(line => line.GetProperty("id").GetRawText()).ShouldBe(["\"é-1\"", "12345678901234567890", "1.50"]);
        run.Code.ShouldBe(Exit.Done);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("3")]
    [InlineData("""{"id":"Quentin"}""")]
    [InlineData("""{"text":"Quentin"}""")]
    [InlineData("""{"id":null,"text":"Quentin"}""")]
    [InlineData("""{"id":"a","text":5}""")]
    [InlineData("""{"id":"a","text":"Quentin","known":"Quentin"}""")]
    [InlineData("""{"id":"a","text":"Quentin","known":[1]}""")]
    [InlineData("""{"id":"a","text":"Quentin","known":[null]}""")]
    [InlineData("""{"id":"a","text":"Quentin \ud83d"}""")]
    [InlineData("""{"id":"\ud83d","text":"Quentin"}""")]
    public async Task A_malformed_line_is_said_by_its_number_and_the_rest_goes_on(string malformed)
    {
        var run = await LinesAsync(Line("a", "x"), malformed, Line("b", "y"));

        run.Code.ShouldBe(Exit.ToolError);
        run.Lines.Count.ShouldBe(3);
        run.Lines[1].GetProperty("error").GetString().ShouldBe("""line 2 is not {"id","text"}""");
        run.Lines[2].GetProperty("id").GetString().ShouldBe("b");
        (run.Out + run.Error).ShouldNotContain("Quentin");
    }

    [Theory]
    [InlineData("Zorblatt", "the aunt of zorblatt came", "zorblatt", "name")]
    [InlineData("Zorblatt Quuxly", "told Quuxly so", "Quuxly", "name")]
    [InlineData("QX77-4410", "sample qx77 4410 taken", "qx77 4410", "number")]
    [InlineData("zo@quux.example", "write zo@quux.example", "zo@quux.example", "email")]
    public async Task Known_values_are_found_where_nothing_else_tells_them(string known, string text, string found, string kind)
    {
        var run = await LinesAsync(JsonSerializer.Serialize(new { id = 1, text, known = (string[])[known] }));

        var span = run.Lines.Single().GetProperty("spans").EnumerateArray().ShouldHaveSingleItem();
        text[span.GetProperty("start").GetInt32()..span.GetProperty("end").GetInt32()].ShouldBe(found);
        span.GetProperty("kind").GetString().ShouldBe(kind);
    }

    [Fact]
    public async Task What_one_line_knows_the_next_does_not()
    {
        var run = await LinesAsync("""{"id":1,"text":"sample qx77 4410","known":["QX77-4410"]}""", """{"id":2,"text":"sample qx77 4410","known":null}""");

        run.Lines[0].GetProperty("text").GetString().ShouldBe("sample [number]");
        run.Lines[1].GetProperty("text").GetString().ShouldBe("sample qx77 4410");
    }

    [Fact]
    public async Task At_identified_there_are_no_passages()
    {
        var run = await RedactRun.OfAsync(Line("a", "Call 555-867-5309."), "--format", "jsonl", "--level", "identified");

        run.Lines.Single().GetProperty("text").GetString().ShouldBe("Call 555-867-5309.");
        run.Lines.Single().GetProperty("spans").GetArrayLength().ShouldBe(0);
        run.Error.ShouldContain("nothing");
    }

    [Fact]
    public async Task A_thousand_lines_come_out_in_order()
    {
        var run = await LinesAsync([.. Enumerable.Range(0, 1000).Select(n => Line($"n{n}", $"Row {n}: call 555-867-5309."))]);

        run.Lines.Select(line => line.GetProperty("id").GetString()).ShouldBe(Enumerable.Range(0, 1000).Select(n => $"n{n}"));
        run.Out.ShouldNotContain("5309");
        run.Code.ShouldBe(Exit.Done);
    }

    [Fact]
    public async Task Lines_are_written_before_all_are_read()
    {
        using var output = new MemoryStream();
        using var input = new Watched(Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Repeat(Line("a", new string('x', 900)), 1000))), output);
        var terminal = new Terminal(TextReader.Null, TextWriter.Null, TextWriter.Null, false, () => input, () => output);

        (await new CommandLine(terminal).RunAsync(["redact", "--format", "jsonl"])).ShouldBe(Exit.Done);

        input.WrittenAtLastRead.ShouldBeGreaterThan(0);
    }

    private static Task<RedactRun> LinesAsync(params string[] lines) => RedactRun.OfAsync(string.Join('\n', lines) + "\n", "--format", "jsonl");

    private static string Line(string id, string text) => JsonSerializer.Serialize(new { id, text });

    /// <summary>An input that notes how much was written when its last bytes were asked for.</summary>
    private sealed class Watched(byte[] bytes, MemoryStream output) : MemoryStream(bytes)
    {
        public long WrittenAtLastRead { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position < Length) WrittenAtLastRead = output.Length;
            return base.ReadAsync(buffer, cancellationToken);
        }
    }
}
