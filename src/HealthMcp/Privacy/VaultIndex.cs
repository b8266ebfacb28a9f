using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using HealthMcp.Storage;

namespace HealthMcp.Privacy;

/// <summary>One handle and what it stands for; <paramref name="Offset"/> is where the file says so.</summary>
/// <param name="Owner">Handle of the person in whose record it was found, where that was one; else empty.</param>
internal sealed record VaultEntry(HandleRequest Request, string Handle, string Owner, long Offset);

/// <summary>
/// The vault in memory: both directions in O(1), readable while another thread writes. The key of a value is a keyed hash of
/// (system, kind, value), so that the identifiers of patients cannot be read off the table and nobody can choose colliding ones.
/// </summary>
internal sealed class VaultIndex(byte[] key)
{
    private readonly ConcurrentDictionary<UInt128, VaultEntry> _byValue = new();
    private readonly ConcurrentDictionary<string, VaultEntry> _byHandle = new(StringComparer.Ordinal);

    public LabelIndex Labels { get; } = new();

    public int Count => _byHandle.Count;

    public IEnumerable<VaultEntry> Entries => _byHandle.Values;

    public string? HandleOf(in HandleRequest request) => _byValue.TryGetValue(KeyOf(request), out var entry) ? entry.Handle : null;

    public VaultEntry? ByHandle(string handle) => _byHandle.GetValueOrDefault(handle);

    public void Add(VaultEntry entry)
    {
        _byValue[KeyOf(entry.Request)] = entry;
        _byHandle[entry.Handle] = entry;
    }

    public void Remove(string handle)
    {
        if (_byHandle.TryRemove(handle, out var entry))
        {
            _byValue.TryRemove(KeyOf(entry.Request), out _);
            Labels.Remove(handle);
        }
    }

    private UInt128 KeyOf(in HandleRequest request)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, FramedFields.Of(request.System, request.Kind, request.Value), hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
