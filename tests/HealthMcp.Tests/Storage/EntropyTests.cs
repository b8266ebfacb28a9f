using HealthMcp.Storage;
using HealthMcp.Tests.Support;

namespace HealthMcp.Tests.Storage;

public sealed class EntropyTests
{
    [Fact]
    public void A_guid_is_of_version_4()
    {
        var guid = Entropy.System.NewGuid();

        guid.Version.ShouldBe(4);
        (guid.Variant & 0xC).ShouldBe(0x8);
        guid.ShouldNotBe(Entropy.System.NewGuid());
    }

    [Fact]
    public void A_seed_repeats_a_run() => new SeededEntropy(7).NewGuid().ShouldBe(new SeededEntropy(7).NewGuid());
}
