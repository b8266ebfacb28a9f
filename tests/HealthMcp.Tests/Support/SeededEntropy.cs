using HealthMcp.Storage;

namespace HealthMcp.Tests.Support;

/// <summary>The same bytes in each run.</summary>
internal sealed class SeededEntropy(int seed = 1) : Entropy
{
    private readonly Lock _gate = new();
    private readonly Random _random = new(seed);

    public override void Fill(Span<byte> buffer)
    {
        lock (_gate)
        {
            _random.NextBytes(buffer);
        }
    }
}
