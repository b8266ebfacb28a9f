using System.Buffers.Binary;

namespace HealthMcp.Privacy;

/// <summary>A fast hash that differs from process to process, so that nobody can send values that all collide.</summary>
internal static class SeededHash
{
    private static readonly ulong Seed = ((ulong)(uint)HashCode.Combine(1) << 32) | (uint)HashCode.Combine(2);

    public static ulong Of(ReadOnlySpan<byte> key)
    {
        var hash = Seed ^ (ulong)key.Length;
        for (; key.Length >= sizeof(ulong); key = key[sizeof(ulong)..]) hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(key));
        var rest = 0UL;
        foreach (var b in key) rest = (rest << 8) | b;
        return Mix(hash ^ rest);
    }

    /// <summary>The same in half the bits.</summary>
    public static uint Fold(ReadOnlySpan<byte> key)
    {
        var hash = Of(key);
        return (uint)(hash ^ (hash >> 32));
    }

    private static ulong Mix(ulong value)
    {
        var high = Math.BigMul(value, (0x9E3779B97F4A7C15UL ^ Seed) | 1, out var low);
        return high ^ low;
    }
}
