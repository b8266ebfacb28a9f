using FsCheck;
using FsCheck.Fluent;
using HealthMcp.Storage;

namespace HealthMcp.Tests.Storage;

public sealed class FramedFieldsTests
{
    [Fact]
    public void Any_strings_survive_lone_surrogates_included()
    {
        string[] odd = ["", "\ud800", "a\0b", "Ünï"];
        FramedFields.TryRead(FramedFields.Of(odd), out var fields).ShouldBeTrue();
        fields.ShouldBe(odd);

        Prop.ForAll<NonNull<string>[]>(values =>
        {
            var strings = values.Select(v => v.Get).ToArray();
            return FramedFields.TryRead(FramedFields.Of(strings), out var read) && read.SequenceEqual(strings, StringComparer.Ordinal);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Moving_a_character_to_the_neighbour_changes_the_bytes() => FramedFields.Of("ab", "c").ShouldNotBe(FramedFields.Of("a", "bc"));

    [Fact]
    public void Any_bytes_are_read_or_refused_without_a_crash() =>
        Prop.ForAll<byte[]>(bytes =>
        {
            var whole = FramedFields.TryRead(bytes, out var fields);
            return !whole || FramedFields.Of([.. fields]).SequenceEqual(bytes);
        }).QuickCheckThrowOnFailure();
}
