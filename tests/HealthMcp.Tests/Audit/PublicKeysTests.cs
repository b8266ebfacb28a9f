using System.Security.Cryptography;
using HealthMcp.Audit;

namespace HealthMcp.Tests.Audit;

public sealed class PublicKeysTests
{
    [Fact]
    public void Keys_are_read_with_whatever_stands_between_them()
    {
        var (one, two) = (LogForger.NewKey(), LogForger.NewKey());

        var read = PublicKeys.Read($"of our server:\r\n{PublicKeys.Pem(one)}\n\nabc since then\n{PublicKeys.Pem(two)}");

        read.Select(key => key.Id).ShouldBe([one.Id, two.Id]);
        read[1].Public.ShouldBe(two.Public);
    }

    [Fact]
    public void A_file_with_anything_else_in_it_proves_nothing()
    {
        var good = PublicKeys.Pem(LogForger.NewKey());
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var larger = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        string[] bad =
        [
            pair.ExportPkcs8PrivateKeyPem(),
            larger.ExportSubjectPublicKeyInfoPem(),
            "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
        ];

        PublicKeys.Read("").ShouldBeEmpty();
        foreach (var other in bad) PublicKeys.Read(good + "\n" + other).ShouldBeEmpty();
    }

    [Fact]
    public void One_head_has_one_spelling()
    {
        var head = new HeadText(new HeadState(3, new ChainState(7, new string('a', 64), 99)), "key", new string('b', 64), new byte[64]).Bytes;
        HeadText.Of(head).ShouldNotBeNull().State.State.Seq.ShouldBe(7);
        for (var i = 0; i < head.Length; i++)
        {
            byte[][] others = [[.. head[..i], .. head[(i + 1)..]], [.. head[..i], (byte)' ', .. head[i..]], [.. head[..i], 200, .. head[(i + 1)..]]];
            foreach (var other in others) (HeadText.Of(other)?.Bytes ?? other).ShouldBe(other);
        }

        HeadText.Of([.. head, .. "\n"u8]).ShouldBeNull();
        HeadText.Of([]).ShouldBeNull();
    }
}
