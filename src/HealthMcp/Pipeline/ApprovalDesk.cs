using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using HealthMcp.Audit;
using HealthMcp.Storage;
using HealthMcp.Writes;

namespace HealthMcp.Pipeline;

/// <summary>What a link shows to a browser.</summary>
internal enum DeskView
{
    /// <summary>A wrong, expired or foreign link; they look alike.</summary>
    Nothing,

    /// <summary>It waits to be opened: nothing of the patient yet.</summary>
    Closed,

    /// <summary>As closed, after a wrong code.</summary>
    WrongCode,

    /// <summary>Too many wrong codes on this caller's pages.</summary>
    Resting,

    /// <summary>All of it, and the two buttons.</summary>
    Open,

    /// <summary>What was answered.</summary>
    Answered,

    /// <summary>The answer cannot be recorded, so it does not count.</summary>
    Unrecorded,
}

/// <summary>What is to be shown.</summary>
/// <param name="View">Which page.</param>
/// <param name="Approval">What it is about; null where nothing may be told.</param>
/// <param name="Browser">Secret of the browser that opened it, to be set as a cookie when it is new.</param>
/// <param name="Form">Proof that a form came from the page.</param>
internal sealed record DeskAnswer(DeskView View, Approval? Approval = null, string? Browser = null, string? Form = null)
{
    // Both secrets stay out of logs.
    public override string ToString() => View.ToString();
}

/// <summary>
/// Where a person answers an approval. The first browser that opens a link is the only one to see it. Each step leaves an audit line first: what could
/// not be recorded does not count.
/// </summary>
internal sealed class ApprovalDesk(ApprovalBook approvals, AuditLog log, SubjectMarks marks, string? code, TimeProvider time, Entropy entropy)
{
    public const int MostWrongCodes = 5;
    public const string Transport = "page";

    /// <summary>How long the caller may take to repeat its call once a person has approved.</summary>
    public static readonly TimeSpan AfterAnswer = TimeSpan.FromMinutes(10);

    private readonly byte[]? _code = code is null ? null : Hash(code);

    /// <summary>The page asks for a code before it shows anything.</summary>
    public bool AsksCode => _code is not null;

    /// <summary>For a person who approves in a terminal; false where there is no code.</summary>
    public bool IsCode(string? typed) => _code is not null && CryptographicOperations.FixedTimeEquals(Hash(typed ?? ""), _code);

    public DeskAnswer See(string link, string? browser) => approvals.Open(link) switch
    {
        null => new DeskAnswer(DeskView.Nothing),
        { Browser: null, State: ApprovalState.Pending } closed => new DeskAnswer(DeskView.Closed, closed),
        { } found when !IsItsBrowser(found, browser) => new DeskAnswer(DeskView.Nothing),
        { State: ApprovalState.Pending } open => new DeskAnswer(DeskView.Open, open, Form: FormOf(open, browser!)),
        { } answered => new DeskAnswer(DeskView.Answered, answered),
    };

    /// <summary>Opens it for one browser, once.</summary>
    public DeskAnswer Open(string link, string? typed)
    {
        if (approvals.Open(link) is not { Browser: null, State: ApprovalState.Pending } closed) return new DeskAnswer(DeskView.Nothing);
        var answer = new DeskAnswer(DeskView.Nothing);
        approvals.Change(closed.Id, (now, tries) =>
        {
            if (now.Browser is not null || !now.Salt.AsSpan().SequenceEqual(closed.Salt)) return null;
            if (_code is null || (tries.MayTry(now.Caller) && IsCode(typed)))
            {
                if (!Record(now, "approval_opened")) return Keep(ref answer, DeskView.Unrecorded);
                Span<byte> secret = stackalloc byte[32];
                entropy.Fill(secret);
                var browser = Base64Url.EncodeToString(secret);
                var opened = now with { Browser = Convert.ToHexStringLower(Hash(browser)) };
                answer = new DeskAnswer(DeskView.Open, opened, browser, FormOf(opened, browser));
                return opened;
            }

            return WrongCode(now, tries, ref answer);
        });
        if (answer.Approval is { WrongCodes: >= MostWrongCodes } spent) approvals.Remove(spent.Id);
        return answer;
    }

    /// <summary>Takes the answer, once. The same browser that sends it twice is told what it has answered.</summary>
    public DeskAnswer Answer(string link, string? browser, string? form, bool approve)
    {
        if (approvals.Open(link) is not { } found || !IsItsBrowser(found, browser) || !IsForm(found, browser!, form)) return new DeskAnswer(DeskView.Nothing);
        var answer = new DeskAnswer(DeskView.Nothing);
        approvals.Change(found.Id, (now, _) =>
        {
            if (!IsItsBrowser(now, browser)) return null;
            answer = new DeskAnswer(DeskView.Answered, now);
            if (now.State != ApprovalState.Pending) return null;
            if (!Record(now, approve ? "approved" : "declined")) return Keep(ref answer, DeskView.Unrecorded);
            var answered = Answered(now, approve);
            answer = new DeskAnswer(DeskView.Answered, answered);
            return answered;
        });
        return answer;
    }

    /// <summary>The person refused already where the client asked whether to open the page.</summary>
    public void Refuse(string id) => approvals.Change(
        id, (now, _) => now.State == ApprovalState.Pending && Record(now, "declined") ? Answered(now, approve: false) : null);

    public Approval? Find(string id) => approvals.Find(id);

    public string IdOf(byte[] call) => approvals.IdOf(call);

    private Approval Answered(Approval now, bool approve) => now with
    {
        State = approve ? ApprovalState.Approved : ApprovalState.Declined,
        Expires = time.GetUtcNow() + AfterAnswer,
    };

    private Approval? WrongCode(Approval now, CodeTries tries, ref DeskAnswer answer)
    {
        if (!tries.MayTry(now.Caller)) return Keep(ref answer, DeskView.Resting);
        tries.Wrong(now.Caller);
        Record(now, "wrong_code");
        var wrong = now with { WrongCodes = now.WrongCodes + 1 };
        answer = new DeskAnswer(DeskView.WrongCode, wrong);
        return wrong;
    }

    private static Approval? Keep(ref DeskAnswer answer, DeskView view)
    {
        answer = new DeskAnswer(view);
        return null;
    }

    private static bool IsItsBrowser(Approval approval, string? browser) =>
        approval.Browser is { } known && browser is not null && CryptographicOperations.FixedTimeEquals(Convert.FromHexString(known), Hash(browser));

    private static string FormOf(Approval approval, string browser) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(browser), Encoding.UTF8.GetBytes("form/" + approval.Id)));

    private static bool IsForm(Approval approval, string browser, string? form) =>
        form is not null && CryptographicOperations.FixedTimeEquals(Hash(form), Hash(FormOf(approval, browser)));

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private bool Record(Approval approval, string outcome)
    {
        try
        {
            log.Append(new AuditEntry
            {
                Time = time.GetUtcNow(),
                CallId = entropy.NewGuid().ToString("N"),
                Phase = AuditPhase.End,
                Caller = approval.Caller,
                ClientName = approval.Sheet.Client,
                Transport = Transport,
                Tool = approval.Sheet.Tool,
                Toolset = approval.Sheet.Toolset,
                System = approval.Sheet.Toolset,
                Source = approval.Sheet.Live ? AuditSource.Live : AuditSource.Sandbox,
                Level = "identified",
                Subjects = [.. approval.Sheet.Records.Select(record => marks.Of(record.System, record.Id))],
                Outcome = outcome,
            });
            return true;
        }
        catch (AuditUnavailableException)
        {
            return false;
        }
    }
}
