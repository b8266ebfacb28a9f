using FsCheck;
using FsCheck.Fluent;
using HealthMcp.Catalog;

namespace HealthMcp.Tests.Signing;

/// <summary>The mark at the end of a text: one, whatever the text was, and nothing of the author's words lost.</summary>
public sealed class MarkTests
{
    public static TheoryData<string> Reviews => new(Enum.GetNames<Review>());

    [Theory]
    [MemberData(nameof(Reviews))]
    public void It_fits_into_the_room_that_arguments_leave(string review) =>
        (1 + Of(review).Mark.Length).ShouldBeLessThanOrEqualTo(Authorship.Room);

    [Theory]
    [MemberData(nameof(Reviews))]
    public void A_text_that_has_a_mark_gets_no_second_one(string review)
    {
        foreach (var earlier in Enum.GetNames<Review>())
        {
            var text = Of(earlier).Sign("Seen at rest.");

            Of(review).Sign(text).ShouldBe($"Seen at rest. {Of(review).Mark}");
            Of(review).Sign($"{text} Rechecked.").ShouldBe($"Seen at rest. Rechecked. {Of(review).Mark}");
            Of(review).Sign(text.Replace(' ', '\n').ToUpperInvariant()).ShouldBe($"SEEN\nAT\nREST. {Of(review).Mark}");
        }
    }

    [Theory]
    [InlineData("[AI-written by me]")]
    [InlineData("[AI: apnoea index 12]")]
    [InlineData("approved by a person")]
    [InlineData("[AI-assisted via HealthMcp: approved by Dr. Who]")]
    [InlineData("see [1] and [2]")]
    public void What_only_looks_like_one_stays(string text)
    {
        Authorship.Unsigned(text).ShouldBe(text);
        Of("Person").Sign(text).ShouldStartWith(text + " [");
    }

    [Theory]
    [InlineData("")]
    [InlineData("  \n")]
    [InlineData("[AI-written via HealthMcp: sent without a review]")]
    public void Where_there_is_no_text_the_mark_stands_alone(string text) => Of("Agent").Sign(text).ShouldBe(Of("Agent").Mark);

    [Fact]
    public void Signing_twice_is_signing_once_and_the_words_stay()
    {
        var pieces = Gen.Elements(
            "seen", " ", "\n", "[", "]", "AI-written via HealthMcp:", "sent without a review", "[[", "é", Of("Nobody").Mark,
            Of("Person").Mark.ToUpperInvariant());
        Prop.ForAll(Arb.From(pieces.ListOf()), all =>
        {
            var text = string.Concat(all);
            foreach (var review in Enum.GetValues<Review>())
            {
                var author = new Authorship(review);
                var once = author.Sign(text);
                if (author.Sign(once) != once || once.Split(author.Mark).Length != 2) return false;
            }

            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    private static Authorship Of(string review) => new(Enum.Parse<Review>(review));
}
