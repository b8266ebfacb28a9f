namespace HealthMcp.Catalog;

/// <summary>
/// A refusal or failure whose sentence may reach the caller: it says what to do next, and holds no identifying value, secret,
/// upstream text or value of an argument. Every other exception is answered with a fixed sentence.
/// </summary>
internal sealed class CallFailureException(string code, string message) : Exception(message)
{
    /// <summary>Stable machine-readable code in snake_case, such as <c>invalid_argument</c>.</summary>
    public string Code { get; } = code;

    /// <summary>Name of the argument at fault.</summary>
    public string? Argument { get; init; }

    /// <summary>The same call may succeed later without change.</summary>
    public bool Retryable { get; init; }

    /// <summary>Scopes that the call needed and the caller lacked.</summary>
    public IReadOnlyList<string> MissingScopes { get; init; } = [];

    public static CallFailureException Invalid(string argument, string message) => new(FailureCodes.InvalidArgument, message) { Argument = argument };
}

/// <summary>Codes of <see cref="CallFailureException"/>, the same in answers, audit lines and tests.</summary>
internal static class FailureCodes
{
    public const string UnknownTool = "unknown_tool";
    public const string InvalidArgument = "invalid_argument";
    public const string InsufficientScope = "insufficient_scope";
    public const string TooLarge = "too_large";
    public const string RateLimited = "rate_limited";
    public const string BudgetExceeded = "budget_exceeded";
    public const string UnknownHandle = "unknown_handle";
    public const string InvalidCursor = "invalid_cursor";
    public const string WritesOff = "writes_off";
    public const string InvalidConfirmation = "invalid_confirmation";
    public const string ApprovalDeclined = "approval_declined";
    public const string ApprovalChanged = "approval_changed";
    public const string WriteUnderWay = "write_under_way";
    public const string AuditUnavailable = "audit_unavailable";
    public const string StorageUnavailable = "storage_unavailable";
    public const string NotConfigured = "not_configured";
    public const string QuestionWithheld = "question_withheld";
    public const string UpstreamUnauthorized = "upstream_unauthorized";
    public const string UpstreamForbidden = "upstream_forbidden";
    public const string NotFound = "not_found";
    public const string Conflict = "conflict";
    public const string UpstreamRejected = "upstream_rejected";
    public const string UpstreamRateLimited = "upstream_rate_limited";
    public const string UpstreamError = "upstream_error";
    public const string UpstreamUnreachable = "upstream_unreachable";
    public const string UpstreamTimeout = "upstream_timeout";
    public const string UpstreamTooLarge = "upstream_too_large";
    public const string UpstreamNotJson = "upstream_not_json";
    public const string InDoubt = "in_doubt";
    public const string Cancelled = "cancelled";
    public const string Internal = "internal_error";
}
