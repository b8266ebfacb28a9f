using System.Text.RegularExpressions;

namespace HealthMcp.Access;

/// <summary>
/// A SMART scope: context, FHIR type or <c>*</c>, and the interactions c, r, u, d, s. v1 <c>.read</c> means <c>rs</c>, <c>.write</c>
/// means <c>cud</c>, <c>.*</c> all.
/// </summary>
/// <param name="Narrowed">The query behind it (SMART 2.2, finer-grained scopes); null when there is none.</param>
internal sealed partial record SmartScope(string Context, string Type, string Interactions, string? Narrowed)
{
    private const string Category = "category=";

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
        if (interactions.Length == 0) return null;
        var query = match.Groups["query"];
        return new SmartScope(match.Groups["context"].Value, match.Groups["type"].Value, interactions, query.Success ? query.Value : null);
    }

    /// <summary>The scope to ask for: a server that knows narrowed ones will offer them itself.</summary>
    public static string Unnarrowed(string scope) => scope.IndexOf('?', StringComparison.Ordinal) is var at and >= 0 ? scope[..at] : scope;

    /// <summary>
    /// A user's or system's scope covers the same type in either of the two contexts. <c>patient/</c> scopes need a patient that the
    /// sign-in bound; no sign-in here binds one, so they cover nothing. A narrowed scope covers only what is held to the same category.
    /// </summary>
    public bool Covers(SmartScope wanted) =>
        Context is "user" or "system"
            && (Type == "*" || Type == wanted.Type)
            && wanted.Interactions.All(i => Interactions.Contains(i, StringComparison.Ordinal))
            && (Narrowed is null || (CategoryOf(Narrowed) is { } category && category == CategoryOf(wanted.Narrowed)));

    // One category and nothing else; any other query is not understood, and what is not understood grants nothing.
    private static string? CategoryOf(string? query)
    {
        if (query is null || !query.StartsWith(Category, StringComparison.Ordinal)) return null;
        var value = Uri.UnescapeDataString(query[Category.Length..]);
        return value.Length == 0 || value.AsSpan().ContainsAny(",&;\\") ? null : value;
    }

    [GeneratedRegex(
        @"^(?<context>patient|user|system)/(?<type>\*|[A-Z][A-Za-z]+)\.(?<how>read|write|\*|c?r?u?d?s?)(\?(?<query>[!-~]+))?\z",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
