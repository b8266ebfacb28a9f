using System.Security.Cryptography;
using System.Text;
using HealthMcp.Storage;

namespace HealthMcp.Writes;

/// <summary>
/// One entry for each write that was let through, for all processes and machines of a deployment: put down before it is sent, and again when its end is
/// known. Whoever comes second with the same approval finds it. What is in doubt stays until the operator says what became of it; everything else
/// goes after a day.
/// </summary>
internal sealed class WriteBook
{
    /// <summary>How long an entry whose end is known is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>How long whoever sends is believed without a renewal.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>Writes in doubt beyond this many stop further ones, so that they are looked at.</summary>
    public const int MostOpen = 500;

    private const int MostEnded = 20_000;

    /// <summary>Longer than any approval or confirmation is good: while one is, its entry is what keeps it from being used again.</summary>
    private static readonly TimeSpan Needed = TimeSpan.FromHours(1);

    private const string Begin = "write-";
    private static readonly TimeSpan BetweenSweeps = TimeSpan.FromMinutes(30);

    private readonly SealedWholes<KeptWrite> _entries;
    private readonly IWhole _gate;
    private readonly byte[] _key;
    private readonly TimeProvider _time;
    private DateTimeOffset _swept = DateTimeOffset.MinValue;
    private int _open;

    public WriteBook(IDataStore store, KeyFile keys, Entropy entropy, TimeProvider time)
    {
        _entries = new(store, new SealedBox(keys.Derive("writes/seal"), entropy), WritesJson.Default.KeptWrite);
        (_gate, _key, _time) = (store.Whole("writes"), keys.Derive("writes/name"), time);
    }

    /// <summary>What names a write under this approval; <paramref name="alike"/> is the digest of tool and arguments.</summary>
    public KeptWrite Entry(byte[] alike, byte[] call, string nonce, PayloadDigest payload, string caller, string tool, string system, string findOut) =>
        new(Named("id", Encoding.UTF8.GetBytes(nonce), 24), Named("alike", alike, 20), nonce, Convert.ToHexStringLower(call), payload.Hex)
        {
            Caller = caller,
            Tool = tool,
            System = system,
            FindOut = findOut,
            Started = _time.GetUtcNow(),
        };

    /// <summary>The entry of this very call under this approval.</summary>
    public KeptWrite? Find(byte[] alike, byte[] call, string nonce) =>
        _entries.Read(Name(Named("alike", alike, 20), Named("id", Encoding.UTF8.GetBytes(nonce), 24))) is { } entry
        && entry.Call == Convert.ToHexStringLower(call) ? entry : null;

    /// <summary>Writes of the same tool with the same arguments that are not known to have come to nothing.</summary>
    public IReadOnlyList<KeptWrite> Alike(byte[] alike) =>
        [.. Entries($"{Begin}{Named("alike", alike, 20)}-")
            .Where(entry => !entry.CameToNothing() && _time.GetUtcNow() - entry.Started < Kept)];

    /// <summary>Puts it down, on the disk when this returns. False: it was there already.</summary>
    public bool TryBegin(KeptWrite entry)
    {
        Sweep();
        using var held = _gate.Acquire();
        return _entries.Under(held).TryBegin(Name(entry), entry with { State = WriteState.Sent, Lease = _time.GetUtcNow() + Lease });
    }

    /// <summary>Takes over one whose end is unknown, to send it again. False: somebody else did, or its end is known by now.</summary>
    public bool TryTakeOver(KeptWrite entry)
    {
        using var held = _gate.Acquire();
        var entries = _entries.Under(held);
        if (entries.Read(Name(entry)) is not { } now || !now.IsOpen(_time.GetUtcNow())) return false;
        entries.Write(Name(entry), now with { State = WriteState.Sent, Lease = _time.GetUtcNow() + Lease });
        return true;
    }

    public KeptWrite? Again(KeptWrite entry) => _entries.Read(Name(entry));

    public void Renew(KeptWrite entry) => Change(entry, now => now.State == WriteState.Sent ? now with { Lease = _time.GetUtcNow() + Lease } : now);

    /// <summary>Puts down how it ended. What the operator has said meanwhile stands.</summary>
    public void End(KeptWrite entry, Func<KeptWrite, KeptWrite> end) =>
        Change(entry, now => now.State is WriteState.FoundWritten or WriteState.FoundNotWritten ? now : end(now));

    /// <summary>Those whose end nobody knows, oldest first.</summary>
    public IReadOnlyList<KeptWrite> Open()
    {
        var now = _time.GetUtcNow();
        return [.. Entries(Begin).Where(entry => entry.IsOpen(now)).OrderBy(entry => entry.Started).ThenBy(entry => entry.Id, StringComparer.Ordinal)];
    }

    /// <summary>Says what became of one in doubt. False: there is none of this id.</summary>
    public bool Resolve(string id, bool written)
    {
        if (Open().FirstOrDefault(entry => entry.Id == id) is not { } found) return false;
        var resolved = false;
        Change(found, now =>
        {
            resolved = now.IsOpen(_time.GetUtcNow());
            return resolved ? now with { State = written ? WriteState.FoundWritten : WriteState.FoundNotWritten, Started = _time.GetUtcNow() } : now;
        });
        return resolved;
    }

    public bool IsFull
    {
        get
        {
            // The operator may have looked at some since.
            if (_open >= MostOpen) _swept = DateTimeOffset.MinValue;
            Sweep();
            return _open >= MostOpen;
        }
    }

    private void Change(KeptWrite entry, Func<KeptWrite, KeptWrite> change)
    {
        using var held = _gate.Acquire();
        var entries = _entries.Under(held);
        if (entries.Read(Name(entry)) is { } now) entries.Write(Name(entry), change(now));
    }

    private IEnumerable<KeptWrite> Entries(string begin) => Names(begin).Select(_entries.Read).OfType<KeptWrite>();

    // A draft that a crash left beside a content has a name of its own.
    private IEnumerable<string> Names(string begin) => _entries.Names(begin).Where(name => !name.Contains('.', StringComparison.Ordinal));

    /// <summary>Now and then: it reads everything. What is in doubt stays, however old.</summary>
    private void Sweep()
    {
        var now = _time.GetUtcNow();
        if (now - _swept < BetweenSweeps) return;
        _swept = now;
        var all = Entries(Begin).ToList();
        _open = all.Count(entry => entry.IsOpen(now));
        var ended = all.Where(entry => entry.State != WriteState.Sent && !entry.IsOpen(now)).OrderByDescending(entry => entry.Started).ToList();
        foreach (var old in ended.Where((entry, at) => (at >= MostEnded && now - entry.Started > Needed) || now - entry.Started > Kept))
            _entries.Delete(Name(old));
    }

    private static string Name(KeptWrite entry) => Name(entry.Alike, entry.Id);

    private static string Name(string alike, string id) => $"{Begin}{alike}-{id}";

    private string Named(string what, byte[] of, int length) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(_key, (byte[])[.. Encoding.ASCII.GetBytes(what), 0, .. of]))[..length];
}
