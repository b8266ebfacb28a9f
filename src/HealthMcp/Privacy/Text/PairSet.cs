namespace HealthMcp.Privacy;

/// <summary>How words begin, by two characters: says at the price of one look that a word is none of them.</summary>
internal sealed class PairSet
{
    private readonly ulong[] _bits = new ulong[64];

    public void Add(char first, char second) => _bits[first & 63] |= 1UL << second;

    /// <summary>May be true for others that share their lower six bits.</summary>
    public bool Contains(char first, char second) => (_bits[first & 63] & (1UL << second)) != 0;
}
