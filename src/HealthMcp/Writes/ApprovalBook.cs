using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using HealthMcp.Storage;

namespace HealthMcp.Writes;

/// <summary>
/// The approvals that are asked for, for all processes and machines of a deployment. A call has one at a time, which names itself by the call, so that the
/// same call again finds it. The link is a name and a proof that only this deployment's key can make, and nothing of it is kept.
/// </summary>
internal sealed class ApprovalBook
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    /// <summary>Approvals of one caller that may wait at the same time.</summary>
    public const int MostOfCaller = 20;

    private const string Begin = "approval-";
    private const int IdSize = 20;
    private const int ProofSize = 32;

    private readonly SealedWholes<Approval> _approvals;
    private readonly SealedWholes<Dictionary<string, CodeTries.Count>> _tries;
    private readonly IWhole _gate;
    private readonly byte[] _name;
    private readonly byte[] _link;
    private readonly Entropy _entropy;
    private readonly TimeProvider _time;

    public ApprovalBook(IDataStore store, KeyFile keys, Entropy entropy, TimeProvider time)
    {
        var box = new SealedBox(keys.Derive("approval/seal"), entropy);
        _approvals = new(store, box, WritesJson.Default.Approval);
        _tries = new(store, box, WritesJson.Default.DictionaryStringCount);
        _gate = store.Whole("approvals");
        (_name, _link, _entropy, _time) = (keys.Derive("approval/name"), keys.Derive("approval/link"), entropy, time);
    }

    /// <summary>Name of the approval that a call would have; <paramref name="call"/> is the digest of caller, tool and arguments.</summary>
    public string IdOf(byte[] call) => Convert.ToHexStringLower(HMACSHA256.HashData(_name, call).AsSpan(0, IdSize));

    /// <summary>Null when there is none, or it has expired.</summary>
    public Approval? Find(string id) => Find(_approvals, id);

    /// <summary>Asks for one, unless somebody just did. Null when this caller has too many that wait.</summary>
    /// <param name="id">Of the call.</param>
    /// <param name="caller">Who calls.</param>
    /// <param name="subject">What exactly is to be approved.</param>
    /// <param name="sheet">What the page shows.</param>
    /// <param name="shownAt">Where a page is about to be opened: from the first moment on its link is told to nobody.</param>
    public Approval? Add(string id, string caller, byte[] subject, ApprovalSheet sheet, string? shownAt = null)
    {
        using var held = _gate.Acquire();
        var approvals = _approvals.Under(held);
        if (Find(approvals, id) is { } there) return there;
        if (Sweep(approvals, caller) >= MostOfCaller) return null;
        var made = New(id, caller, subject, sheet);
        while (Confirmations.LooksLikeKey(LinkOf(made)) && !Confirmations.LooksLikeKey(IdText(made))) made = New(id, caller, subject, sheet);
        made = made with { ShownAt = shownAt };
        approvals.Write(Begin + id, made);
        return made;
    }

    public void Remove(string id)
    {
        using var held = _gate.Acquire();
        _approvals.Under(held).Delete(Begin + id);
    }

    /// <summary>Changes one while nobody else can. What <paramref name="change"/> gives back stays; null leaves it as it is.</summary>
    public Approval? Change(string id, Func<Approval, CodeTries, Approval?> change)
    {
        using var held = _gate.Acquire();
        var approvals = _approvals.Under(held);
        if (Find(approvals, id) is not { } now) return null;
        if (change(now, new CodeTries(_tries.Under(held), _time)) is not { } changed) return now;
        approvals.Write(Begin + id, changed);
        return changed;
    }

    /// <summary>The last part of its page's address: 70 characters of base64url.</summary>
    public string LinkOf(Approval approval) => Base64Url.EncodeToString([.. Convert.FromHexString(approval.Id), .. Proof(approval)]);

    /// <summary>Names the approval to a client, which may tell others; it opens nothing.</summary>
    public string PublicName(Approval approval) => Convert.ToHexStringLower(SHA256.HashData(Proof(approval)).AsSpan(0, 16));

    /// <summary>The approval that a link opens. Null for every other link, without saying which it is.</summary>
    public Approval? Open(string link)
    {
        Span<byte> bytes = stackalloc byte[IdSize + ProofSize];
        if (link.Length != Base64Url.GetEncodedLength(bytes.Length) || !Decode(link, bytes)) return null;
        return Find(Convert.ToHexStringLower(bytes[..IdSize])) is { } found && CryptographicOperations.FixedTimeEquals(bytes[IdSize..], Proof(found))
            ? found
            : null;
    }

    private Approval? Find(SealedWholes<Approval> approvals, string id) =>
        approvals.Read(Begin + id) is { } found && found.Expires > _time.GetUtcNow() ? found : null;

    private Approval New(string id, string caller, byte[] subject, ApprovalSheet sheet)
    {
        Span<byte> random = stackalloc byte[48];
        _entropy.Fill(random);
        return new Approval(id, random[..24].ToArray(), subject, Base64Url.EncodeToString(random[24..]))
        {
            Caller = caller,
            Expires = _time.GetUtcNow() + Lifetime,
            Sheet = sheet,
        };
    }

    // The first part of a link is the same for the same call, so drawing anew cannot change it.
    private static string IdText(Approval approval) => Base64Url.EncodeToString(Convert.FromHexString(approval.Id));

    private static bool Decode(string link, Span<byte> bytes)
    {
        try
        {
            // One link has one spelling.
            return Base64Url.TryDecodeFromChars(link, bytes, out var size) && size == bytes.Length && Base64Url.EncodeToString(bytes) == link;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private byte[] Proof(Approval approval) => HMACSHA256.HashData(_link, (byte[])[.. Encoding.ASCII.GetBytes(approval.Id), 0, .. approval.Salt]);

    /// <returns>How many of this caller's still wait.</returns>
    private int Sweep(SealedWholes<Approval> approvals, string caller)
    {
        var waiting = 0;
        foreach (var name in approvals.Names(Begin).Where(name => !name.Contains('.', StringComparison.Ordinal)))
        {
            if (approvals.Read(name) is not { } one) continue;
            if (one.Expires <= _time.GetUtcNow()) approvals.Delete(name);
            else if (one.Caller == caller && one.State == ApprovalState.Pending) waiting++;
        }

        return waiting;
    }
}
