using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using HealthMcp.Hosting;

namespace HealthMcp.Tests.Hosting;

public sealed class JsonRelaxerTests
{
    [Theory]
    [InlineData("""plain""", """plain""")]
    [InlineData("""\u0022a\u0022""", """\"a\" """)]
    [InlineData("""\u003Cb\u003E \u0026 \u0027 \u002B""", """<b> & ' +""")]
    [InlineData("""Zo\u00EB \uD83D\uDE00""", """Zoë 😀""")]
    [InlineData("""\\u0022""", """\\u0022""")]
    [InlineData("""\\\u0022""", """\\\" """)]
    [InlineData("""\u005C \n \t \u0000 \u001B \u007F""", """\u005C \n \t \u0000 \u001B \u007F""")]
    [InlineData("""\u2028 \u2029 \u200B \uFEFF \uE000""", """\u2028 \u2029 \u200B \uFEFF \uE000""")]
    [InlineData("""\uD83D alone \uDE00""", """\uD83D alone \uDE00""")]
    [InlineData("""\uD83D\u0022""", """\uD83D\" """)]
    [InlineData("""cut \u00""", """cut \u00""")]
    public void Escapes_that_need_not_be_are_gone(string escaped, string relaxed) => Relax(escaped, int.MaxValue).ShouldBe(relaxed.TrimEnd());

    [Fact]
    public void Every_string_means_the_same_afterwards_however_it_is_cut() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), Arb.From(Gen.Choose(1, 20)), (text, chunk) =>
        {
            var json = JsonSerializer.Serialize(text + "\\\"\\u0022\"" + text);
            return JsonSerializer.Deserialize<string>(Relax(json, chunk)) == JsonSerializer.Deserialize<string>(json)
                && JsonSerializer.Deserialize<string>(Relax(json, int.MaxValue)) == JsonSerializer.Deserialize<string>(json);
        }).QuickCheckThrowOnFailure();

    private static string Relax(string json, int chunk)
    {
        var relaxer = new JsonRelaxer();
        var bytes = Encoding.UTF8.GetBytes(json);
        using var result = new MemoryStream();
        for (var at = 0; at < bytes.Length; at += Math.Min(chunk, bytes.Length - at))
        {
            result.Write(relaxer.Relax(bytes.AsMemory(at, Math.Min(chunk, bytes.Length - at))).Span);
        }

        return Encoding.UTF8.GetString(result.ToArray());
    }
}
