using System.Text.RegularExpressions;

namespace HealthMcp.Audit;

/// <summary>
/// What may stand in the audit log. Each field has a narrow shape and whatever does not fit is replaced as a whole: a part of a name is still a name.
/// </summary>
internal static partial class SafeText
{
    public const string Replaced = "(replaced)";

    /// <summary>What this program names itself: tools, systems, levels, outcomes, kinds of data. Lower case, as no name of a person is.</summary>
    public static string Code(string? text) => Fit(CodeShape(), text);

    /// <summary>Callers, scopes and call ids, which others name: no blanks, so no sentence and no full name.</summary>
    public static string Token(string? text) => Fit(TokenShape(), text);

    /// <summary>What a client calls itself, where blanks are common.</summary>
    public static string Client(string? text) => Fit(ClientShape(), text);

    /// <summary>
    /// A system, verb and path template such as <c>xcures GET /subject/{id}</c>. A run of four digits looks like a filled-in template, and is not let in.
    /// </summary>
    public static string Endpoint(string? text) => text is not null && LongNumber().IsMatch(text) ? Replaced : Fit(EndpointShape(), text);

    private static string Fit(Regex shape, string? text) => text is not null && shape.IsMatch(text) ? text : Replaced;

    [GeneratedRegex(@"\A[a-z0-9_.:-]{1,96}\z", RegexOptions.NonBacktracking)]
    private static partial Regex CodeShape();

    [GeneratedRegex(@"\A[A-Za-z0-9._:/|@*?=-]{1,96}\z", RegexOptions.NonBacktracking)]
    private static partial Regex TokenShape();

    [GeneratedRegex(@"\A[A-Za-z0-9 ._/()@-]{1,48}\z", RegexOptions.NonBacktracking)]
    private static partial Regex ClientShape();

    [GeneratedRegex(@"\A[a-z]{2,16} [A-Z]{3,7} /[A-Za-z0-9._${}/-]{0,160}\z", RegexOptions.NonBacktracking)]
    private static partial Regex EndpointShape();

    [GeneratedRegex(@"[0-9]{4}", RegexOptions.NonBacktracking)]
    private static partial Regex LongNumber();
}
