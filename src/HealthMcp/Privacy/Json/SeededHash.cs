using System.Buffers.Binary;

namespace HealthMcp.Privacy;

/// <summary>A fast hash that differs from process to process, so that nobody can send values that all collide.</summary>
internal static class SeededHash
{
    private static readonly ulong Seed = ((ulong)(uint)HashCode.Combine(1) << 32) | (uint)HashCode.Combine(2);
    private static readonly ulong Other = (0x9E3779B97F4A7C15UL ^ ((ulong)(uint)HashCode.Combine(3) << 32) ^ (uint)HashCode.Combine(4)) | 1;

    public static ulong Of(ReadOnlySpan<byte> key)
    {
        var hash = Seed ^ (ulong)key.Length;
        for (; key.Length > 2 * sizeof(ulong); key = key[(2 * sizeof(ulong))..]) hash = Mix(Long(key) ^ Other, Long(key[sizeof(ulong)..]) ^ hash);

        // The two halves overlap where the rest is short: its length is in the seed.
        return key.Length switch
        {
            >= sizeof(ulong) => Mix(Long(key) ^ Other, Long(key[^sizeof(ulong)..]) ^ hash),
            >= sizeof(uint) => Mix(Short(key) ^ Other, Short(key[^sizeof(uint)..]) ^ hash),
            > 0 => Mix(((ulong)key[0] | ((ulong)key[key.Length >> 1] << 8) | ((ulong)key[^1] << 16)) ^ Other, hash),
            _ => Mix(Other, hash),
        };
    }

    /// <summary>The same in half the bits.</summary>
    public static uint Fold(ReadOnlySpan<byte> key)
    {
        var hash = Of(key);
        return (uint)(hash ^ (hash >> 32));
    }

    private static ulong Long(ReadOnlySpan<byte> key) => BinaryPrimitives.ReadUInt64LittleEndian(key);

    private static ulong Short(ReadOnlySpan<byte> key) => BinaryPrimitives.ReadUInt32LittleEndian(key);

    private static ulong Mix(ulong one, ulong two)
    {
        var high = Math.BigMul(one, two, out var low);
        return high ^ low;
    }
}
