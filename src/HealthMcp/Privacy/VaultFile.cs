using System.Globalization;
using HealthMcp.Storage;

namespace HealthMcp.Privacy;

/// <summary>
/// The vault file as one process knows it: how far it has read, and the index of what stood there. The file is append-only but for
/// forgetting, which first appends a mark and then wipes the bodies that the mark names. Callers serialise all but <see cref="HasGrown"/>.
/// </summary>
internal sealed class VaultFile(IDataStore store, string name, KeyFile keys, Entropy entropy)
{
    private readonly VaultFormat _format = new(keys, entropy);
    private readonly byte[] _indexKey = keys.Derive("vault/index");
    private byte[] _header = [];
    private long _end;
    private volatile VaultIndex _index = new([]);

    private string Vault => $"The handle vault {store.PlaceOf(name)}";

    /// <summary>What was read so far; other threads may look things up while a caller reads on.</summary>
    public VaultIndex Index => _index;

    /// <summary>True when the file is not as long as we know it: another process wrote, or someone removed it. </summary>
    public bool HasGrown() => store.LengthOf(name) != Volatile.Read(ref _end);

    /// <summary>Takes the file for this process and reads what others have added.</summary>
    public IHeldBytes Acquire()
    {
        var file = store.Hold(name);
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

    /// <summary>Adds handles and what is known of persons: one write and one flush, however many.</summary>
    public void Add(IHeldBytes file, IReadOnlyList<NewHandle> minted, IReadOnlyList<NewLabels> learned)
    {
        using var frames = new MemoryStream();
        var apply = new List<Action>(minted.Count + learned.Count);
        foreach (var (request, handle, owner) in minted)
        {
            var entry = new VaultEntry(request, handle, owner, _end + frames.Length);
            apply.Add(() => _index.Add(entry));
            frames.Write(Frame(entry.Offset, VaultReplay.Minted, handle, request.System, request.Kind, request.Value, owner));
        }

        foreach (var (handle, labels) in learned)
        {
            var offset = _end + frames.Length;
            apply.Add(() => _index.Labels.Add(handle, labels, offset));
            frames.Write(Frame(offset, [VaultReplay.Labelled, handle, .. VaultReplay.Fields(labels)]));
        }

        Append(file, frames);
        apply.ForEach(add => add());
    }

    /// <summary>The mark comes first: a crash after it is made good by whoever opens the file next.</summary>
    public void Forget(IHeldBytes file, IReadOnlyList<VaultEntry> entries)
    {
        using var frames = new MemoryStream();
        var places = new List<long>();
        foreach (var entry in entries)
        {
            long[] own = [entry.Offset, .. _index.Labels.Of(entry.Handle).Offsets];
            places.AddRange(own);
            var named = own.Select(place => place.ToString(CultureInfo.InvariantCulture));
            frames.Write(Frame(_end + frames.Length, [VaultReplay.Forgotten, entry.Handle, .. named]));
        }

        Append(file, frames);
        foreach (var entry in entries) _index.Remove(entry.Handle);
        Wipe(file, places);
    }

    private byte[] Frame(long offset, params ReadOnlySpan<string> fields) => _format.Frame(_header, offset, FramedFields.Of(fields));

    private void Append(IHeldBytes file, MemoryStream frames)
    {
        file.Append(frames.GetBuffer().AsSpan(0, (int)frames.Length));
        Volatile.Write(ref _end, _end + frames.Length);
    }

    private static void Wipe(IHeldBytes file, IEnumerable<long> places)
    {
        var wiped = false;
        foreach (var place in places)
        {
            var body = file.Read(place + VaultFormat.PrefixSize, BitConverter.ToInt32(file.Read(place, sizeof(int))));
            if (body.AsSpan().IndexOfAnyExcept((byte)0) < 0) continue;
            file.Overwrite(place + VaultFormat.PrefixSize, new byte[body.Length]);
            wiped = true;
        }

        if (wiped) file.Flush();
    }

    private void Follow(IHeldBytes file)
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
    private byte[] Begin(IHeldBytes file, byte[] found)
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
                $"{Vault} was made with another key or changed: restore both from one backup, or move it away (its handles then end).");
        }

        _index = new VaultIndex(_indexKey);
        _header = header;
        Volatile.Write(ref _end, VaultFormat.HeaderSize);
    }

    private void ReadOn(IHeldBytes file, byte[] tail)
    {
        var replay = new VaultReplay(_format, _header, _index);
        var (read, changed) = replay.Run(_end, tail);
        if (replay.Torn is { } torn) file.Truncate(torn);
        if (changed is { } place) throw Changed(place);
        Wipe(file, replay.Forgot);
        Volatile.Write(ref _end, _end + read);
    }

    private StorageException Changed(long offset) =>
        new(string.Create(
            CultureInfo.InvariantCulture,
            $"{Vault} was changed outside this program at byte {offset}: restore it from a backup, or move it away (its handles then end)."));
}

/// <summary>A handle to be added to the file.</summary>
internal sealed record NewHandle(HandleRequest Request, string Handle, string Owner);

/// <summary>What is to be added of one person.</summary>
internal sealed record NewLabels(string Handle, IReadOnlyList<Label> Labels);
