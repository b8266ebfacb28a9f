using HealthMcp.Storage;
using HealthMcp.Writes;

namespace HealthMcp.Tests.Writes;

public sealed class IdempotencyKeysTests
{
    private static readonly PayloadDigest Payload = PayloadDigest.Of("POST", "/patients", "{}"u8);
    private readonly IdempotencyKeys _keys = new(KeyFile.FromSecret(new byte[32]));

    [Fact]
    public void The_same_approval_of_the_same_bytes_has_the_same_key_everywhere()
    {
        var key = _keys.For("c", "t", Payload, "n");

        new IdempotencyKeys(KeyFile.FromSecret(new byte[32])).For("c", "t", Payload, "n").ShouldBe(key);
        key.Version.ShouldBe(8);
        (key.Variant & 0xC).ShouldBe(0x8);
    }

    [Fact]
    public void Anything_else_has_another_key()
    {
        var secret = new byte[32];
        secret[0] = 1;
        Guid[] keys =
        [
            _keys.For("c", "t", Payload, "n"), _keys.For("d", "t", Payload, "n"), _keys.For("c", "u", Payload, "n"), _keys.For("ct", "", Payload, "n"),
            _keys.For("c", "t", PayloadDigest.Of("POST", "/patients", "[]"u8), "n"), _keys.For("c", "t", Payload, "m"),
            new IdempotencyKeys(KeyFile.FromSecret(secret)).For("c", "t", Payload, "n"),
        ];

        keys.Distinct().Count().ShouldBe(keys.Length);
    }
}
