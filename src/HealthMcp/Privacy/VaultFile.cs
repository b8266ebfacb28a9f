using System.Globalization;
using HealthMcp.Storage;

namespace HealthMcp.Privacy;

/// <summary>
/// The vault file as one process knows it: how far it has read, and the index of what stood there. The file is append-only but for
/// forgetting, which first appends a mark and then wipes the body that the mark names. Callers serialise all but <see cref="HasGrown"/>.
/// </summary>
internal sealed class VaultFile(string path, KeyFile keys, Entropy entropy, TimeProvider time)
{
    private const string Minted = "mint";
    private const string Forgotten = "forget";

    private readonly VaultFormat _format = new(keys, entropy);
    private readonly byte[] _indexKey = keys.Derive("vault/index");
    private byte[] _header = [];
    private long _end;
    private volatile VaultIndex _index = new([]);

    /// <summary>What was read so far; other threads may look things up while a caller reads on.</summary>
    public VaultIndex Index => _index;

    /// <summary>True when the file is not as long as we know it: another process wrote, or someone removed it. Costs one stat.</summary>
    public bool HasGrown()
    {
        var file = new FileInfo(path);
        return !file.Exists || file.Length != Volatile.Read(ref _end);
    }

    /// <summary>Takes the file for this process and reads what others have added.</summary>
    public LockedFile Acquire()
    {
        var file = LockedFile.Open(path, time);
        try
        {
            Follow(file);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Adds entries: one write and one flush, however many.</summary>
    public void Mint(LockedFile file, IReadOnlyList<(HandleRequest Request, string Handle)> added)
    {
        using var frames = new MemoryStream();
        var entries = new List<VaultEntry>(added.Count);
        foreach (var (request, handle) in added)
        {
            entries.Add(new VaultEntry(request, handle, _end + frames.Length));
            frames.Write(Frame(_end + frames.Length, Minted, handle, request.System, request.Kind, request.Value));
        }

        Append(file, frames);
        entries.ForEach(_index.Add);
    }

    public void Forget(LockedFile file, IReadOnlyList<VaultEntry> entries)
    {
        using var frames = new MemoryStream();
        foreach (var entry in entries)
        {
            frames.Write(Frame(_end + frames.Length, Forgotten, entry.Handle, entry.Offset.ToString(CultureInfo.InvariantCulture)));
        }

        Append(file, frames);
        foreach (var entry in entries)
        {
            _index.Remove(entry.Handle);
            var length = BitConverter.ToInt32(file.Read(entry.Offset, sizeof(int)));
            file.Overwrite(entry.Offset + VaultFormat.PrefixSize, new byte[length]);
        }

        file.Flush();
    }

    private byte[] Frame(long offset, params ReadOnlySpan<string> fields) => _format.Frame(_header, offset, FramedFields.Of(fields));

    private void Append(LockedFile file, MemoryStream frames)
    {
        file.Append(frames.GetBuffer().AsSpan(0, (int)frames.Length));
        Volatile.Write(ref _end, _end + frames.Length);
    }

    private void Follow(LockedFile file)
    {
        var header = file.Read(0, VaultFormat.HeaderSize);
        if (header.Length < VaultFormat.HeaderSize)
        {
            header = Begin(file, header);
        }

        if (!header.AsSpan().SequenceEqual(_header) || file.Length < _end)
        {
            StartOver(header);
        }

        if (file.Length > _end)
        {
            ReadOn(file, file.Read(_end));
        }
    }

    /// <summary>An empty file, or one whose header a crash cut short, becomes a vault; anything else that short is not ours.</summary>
    private byte[] Begin(LockedFile file, byte[] found)
    {
        if (found.Length > 0 && !"HMVAULT1"u8.StartsWith(found.AsSpan(0, Math.Min(found.Length, 8))))
        {
            throw Changed(0);
        }

        var header = _format.NewHeader();
        file.Truncate(0);
        file.Append(header);
        return header;
    }

    private void StartOver(byte[] header)
    {
        if (!_format.IsHeader(header))
        {
            throw new StorageException(
                $"The handle vault {path} was made with another key or changed: restore both from one backup, or move it away (its handles then end).");
        }

        _index = new VaultIndex(_indexKey);
        _header = header;
        Volatile.Write(ref _end, VaultFormat.HeaderSize);
    }

    private void ReadOn(LockedFile file, byte[] tail)
    {
        var at = 0;
        var unreadable = new HashSet<long>();
        while (at < tail.Length)
        {
            var offset = _end + at;
            var state = _format.Read(_header, offset, tail.AsSpan(at), out var size, out var plain);
            if (state == FrameState.Torn)
            {
                // Its writer died before telling anyone the handles in it, so nothing is lost.
                file.Truncate(offset);
                break;
            }

            if (state == FrameState.Unreadable)
            {
                unreadable.Add(offset);
            }
            else if (state == FrameState.Changed || !Apply(offset, plain, unreadable))
            {
                throw Changed(offset);
            }

            at += size;
        }

        // A mark further on excuses what was wiped, or half wiped by a power failure; without one somebody else changed it.
        if (unreadable.Count > 0)
        {
            throw Changed(unreadable.Min());
        }

        Volatile.Write(ref _end, _end + at);
    }

    private bool Apply(long offset, byte[] plain, HashSet<long> unreadable)
    {
        switch (FramedFields.TryRead(plain, out var fields) ? fields : [])
        {
            case [Minted, var handle, var system, var kind, var value]:
                _index.Add(new VaultEntry(new HandleRequest(system, kind, value), handle, offset));
                return true;
            case [Forgotten, var handle, var place]:
                _index.Remove(handle);
                unreadable.Remove(long.Parse(place, CultureInfo.InvariantCulture));
                return true;
            default:
                return false;
        }
    }

    private StorageException Changed(long offset) =>
        new(string.Create(
            CultureInfo.InvariantCulture,
            $"The handle vault {path} was changed outside this program at byte {offset}: restore it from a backup, or move it away (its handles then end)."));
}
