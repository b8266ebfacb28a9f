using System.Buffers.Binary;
using HealthMcp.Storage;

namespace HealthMcp.Writes;

/// <summary>
/// The confirmations that were redeemed and could otherwise be redeemed again, for all processes. The file is a row of slots of 32 bytes, nonce
/// and expiry. A slot that has expired is used again, so the file stays as long as the busiest ten minutes were and is never rewritten: a
/// slot lies within one disk sector, and what a crash can tear is only an entry that no longer counts.
/// </summary>
internal sealed class UsedNonces(IDataStore store, string name, TimeProvider time)
{
    public const int NonceSize = 24;
    private const int SlotSize = NonceSize + sizeof(long);

    /// <summary>True for the first one who asks, and only after that is on the disk.</summary>
    public bool TryUse(ReadOnlySpan<byte> nonce, DateTimeOffset expires)
    {
        using var file = store.Hold(name);
        var slots = file.Read(0);
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();

        // The remainder of a slot that a crash cut short is written over.
        var free = slots.Length / SlotSize * SlotSize;
        for (var at = free - SlotSize; at >= 0; at -= SlotSize)
        {
            var slot = slots.AsSpan(at, SlotSize);
            if (slot[..NonceSize].SequenceEqual(nonce))
            {
                return false;
            }

            if (BinaryPrimitives.ReadInt64LittleEndian(slot[NonceSize..]) <= now)
            {
                free = at;
            }
        }

        Span<byte> used = stackalloc byte[SlotSize];
        nonce.CopyTo(used);
        BinaryPrimitives.WriteInt64LittleEndian(used[NonceSize..], expires.ToUnixTimeMilliseconds());
        file.Overwrite(free, used);
        file.Flush();
        return true;
    }
}
