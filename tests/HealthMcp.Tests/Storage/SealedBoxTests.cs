using System.Text;
using FsCheck;
using FsCheck.Fluent;
using HealthMcp.Storage;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Storage;

public sealed class SealedBoxTests
{
    private readonly SealedBox _box = new(new byte[32], new SeededEntropy());

    [Fact]
    public void Whatever_is_sealed_opens_again_with_its_associated_data_only() =>
        Prop.ForAll<byte[], byte[]>((plain, associated) =>
        {
            var box = _box.Seal(plain, associated);
            var text = _box.SealText(plain, associated);
            return _box.TryOpen(box, associated, out var opened) && opened.SequenceEqual(plain)
                && _box.TryOpenText(text, associated, out var fromText) && fromText.SequenceEqual(plain)
                && !_box.TryOpen(box, [.. associated, 0], out _);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_changed_byte_is_refused() =>
        Prop.ForAll<byte[], int, byte>((plain, where, change) =>
        {
            var box = _box.Seal(plain, []);
            box[(int)((uint)where % (uint)box.Length)] ^= (byte)(change | 1);
            return !_box.TryOpen(box, [], out var opened) && opened.Length == 0;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_changed_character_is_refused() =>
        Prop.ForAll<byte[], int, char>((plain, where, change) =>
        {
            var text = new StringBuilder(_box.SealText(plain, []));
            var at = (int)((uint)where % (uint)text.Length);
            if (text[at] == change)
            {
                return true;
            }

            text[at] = change;
            return !_box.TryOpenText(text.ToString(), [], out _);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Every_other_spelling_of_one_box_is_refused()
    {
        var text = _box.SealText("x"u8, []);
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

        foreach (var last in Alphabet.Where(c => c != text[^1]))
        {
            _box.TryOpenText(text[..^1] + last, [], out _).ShouldBeFalse();
        }

        foreach (var other in new[] { "", "A", "====", text + "=", text + "==", text + " ", " " + text, text + "\n", text[..^1], text + "A", "\u00e9" + text })
        {
            _box.TryOpenText(other, [], out _).ShouldBeFalse(other);
        }
    }

    [Fact]
    public void Another_key_opens_nothing()
    {
        var other = new byte[32];
        other[31] = 1;

        new SealedBox(other, Entropy.System).TryOpen(_box.Seal("x"u8, []), [], out _).ShouldBeFalse();
    }

    [Fact]
    public void The_same_text_never_seals_to_the_same_box() => _box.Seal("x"u8, []).ShouldNotBe(_box.Seal("x"u8, []));

    [Theory]
    [InlineData(0)]
    [InlineData(27)]
    public void A_box_too_short_to_be_one_is_refused(int size) => _box.TryOpen(new byte[size], [], out _).ShouldBeFalse();
}
