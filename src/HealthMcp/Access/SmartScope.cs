using System.Text.RegularExpressions;

namespace HealthMcp.Access;

/// <summary>
/// A SMART scope: context, FHIR type or <c>*</c>, and the interactions c, r, u, d, s. v1 <c>.read</c> means <c>rs</c>, <c>.write</c>
/// means <c>cud</c>, <c>.*</c> all. A scope narrowed by a query (<c>?category=…</c>) covers nothing here, because nothing here could hold it to that.
/// </summary>
internal sealed partial record SmartScope(string Context, string Type, string Interactions)
{
    public static SmartScope? Parse(string scope)
    {
        var match = Form().Match(scope);
        if (!match.Success) return null;
        var interactions = match.Groups["how"].Value switch
        {
            "read" => "rs",
            "write" => "cud",
            "*" => "cruds",
            var letters => letters,
        };
        return interactions.Length == 0 ? null : new SmartScope(match.Groups["context"].Value, match.Groups["type"].Value, interactions);
    }

    /// <summary>
    /// A user's or system's scope covers the same type in either of the two contexts. <c>patient/</c> scopes need a patient that the
    /// sign-in bound; no sign-in here binds one, so they cover nothing.
    /// </summary>
    public bool Covers(SmartScope wanted) =>
        Context is "user" or "system"
            && (Type == "*" || Type == wanted.Type)
            && wanted.Interactions.All(i => Interactions.Contains(i, StringComparison.Ordinal));

    [GeneratedRegex(
        @"^(?<context>patient|user|system)/(?<type>\*|[A-Z][A-Za-z]+)\.(?<how>read|write|\*|c?r?u?d?s?)$",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
