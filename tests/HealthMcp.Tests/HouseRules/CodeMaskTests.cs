using System.Text.RegularExpressions;

namespace HealthMcp.Tests.HouseRules;

/// <summary>The other rules stand on the mask, so it is held to the forms of literal that could fool it.</summary>
public sealed class CodeMaskTests
{
    [Theory]
    [InlineData("a; // b", "a; ")]
    [InlineData("a/* b { */c", "a c")]
    [InlineData("f(\"x { \\\" y\")g", "f( )g")]
    [InlineData("f(\"\")g", "f( )g")]
    [InlineData("f('\\'', '{')g", "f( , )g")]
    [InlineData("f(@\"a\\\")g", "f( )g")]
    [InlineData("f(@\"a\"\"b{\")g", "f( )g")]
    [InlineData("f($\"a{b}c\")g", "f( b )g")]
    [InlineData("f($\"{{a}}{b:yyyy'-'}\")g", "f( b )g")]
    [InlineData("f($\"{(b ? \"}\" : c)}\")g", "f( (b ? : c) )g")]
    [InlineData("f($\"{global::A.B}\")g", "f( global::A.B )g")]
    [InlineData("f($@\"\\{b}\"\"\")g", "f( b )g")]
    [InlineData("f(\"\"\"a \"b\" {\"\"\")g", "f( )g")]
    [InlineData("f($$\"\"\"{a} {{b}}\"\"\")g", "f( b )g")]
    [InlineData("f(\"http://x\"u8);", "f( u8);")]
    [InlineData("# it's\na", " \na")]
    [InlineData("\"a\nb", " \nb")]
    public void Blanks_what_is_not_code(string source, string code)
    {
        var masked = CodeMask.Of(source);
        masked.Length.ShouldBe(source.Length);
        Regex.Replace(masked, " +", " ").ShouldBe(code);
    }

    [Fact]
    public void Keeps_lines_and_balanced_braces_in_every_file()
    {
        foreach (var file in Repository.CSharp(""))
        {
            file.Code.Count(c => c == '\n').ShouldBe(file.Text.Count(c => c == '\n'), file.Path);
            file.Code.Count(c => c == '{').ShouldBe(file.Code.Count(c => c == '}'), file.Path);
        }
    }
}
