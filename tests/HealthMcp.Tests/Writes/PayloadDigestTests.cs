using FsCheck;
using FsCheck.Fluent;
using HealthMcp.Writes;

namespace HealthMcp.Tests.Writes;

public sealed class PayloadDigestTests
{
    [Fact]
    public void The_same_write_has_the_same_digest() =>
        PayloadDigest.Of("put", "/a?b=1", "{}"u8).ShouldBe(PayloadDigest.Of("PUT", "/a?b=1", "{}"u8));

    [Fact]
    public void A_digest_is_64_hex_digits() => PayloadDigest.Of("PUT", "/", []).Hex.ShouldMatch("^[0-9a-f]{64}$");

    [Fact]
    public void Different_writes_differ_wherever_the_border_lies() =>
        Prop.ForAll<NonNull<string>, byte[], byte>((path, body, extra) =>
        {
            var digest = PayloadDigest.Of("POST", path.Get, body);
            return digest != PayloadDigest.Of("POST", path.Get, [.. body, extra])
                && digest != PayloadDigest.Of("POST", path.Get + (char)extra, body)
                && digest != PayloadDigest.Of("PUT", path.Get, body);
        }).QuickCheckThrowOnFailure();
}
