using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.XCures;

/// <summary>Where each kind goes on, written <c>condition:2:25:40:0;lab:3:50:51:0</c>. Kinds that are done are left out.</summary>
internal static class ConceptPages
{
    public static IReadOnlyDictionary<string, PageState> Start(IReadOnlyList<string> kinds, string? page)
    {
        if (page is null) return kinds.ToDictionary(kind => kind, _ => PageState.First, StringComparer.Ordinal);
        var states = new Dictionary<string, PageState>(StringComparer.Ordinal);
        foreach (var part in page.Split(';'))
        {
            var colon = Math.Max(part.IndexOf(':', StringComparison.Ordinal), 0);
            if (!kinds.Contains(part[..colon], StringComparer.Ordinal))
            {
                throw new CallFailureException(
                    FailureCodes.InvalidCursor,
                    "The cursor does not belong to this question: leave it out to start again.") { Argument = "cursor" };
            }

            states[part[..colon]] = PageState.Parse(part[(colon + 1)..]);
        }

        return states;
    }

    public static string? Next(IEnumerable<(string Kind, PageState? State)> kinds)
    {
        var open = kinds.Where(kind => kind.State is not null).Select(kind => $"{kind.Kind}:{kind.State}").ToList();
        return open.Count == 0 ? null : string.Join(';', open);
    }
}
