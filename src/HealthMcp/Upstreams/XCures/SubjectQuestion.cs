using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.XCures;

/// <summary>A search that may be asked at the caller's privacy level.</summary>
/// <param name="Input">The arguments, dates widened where days are withheld.</param>
/// <param name="Lookup">One person is asked for by withheld values: only whole matches may be answered or counted.</param>
/// <param name="Notices">What was changed about the question.</param>
internal sealed record SubjectQuestion(SearchSubjectsInput Input, bool Lookup, IReadOnlyList<string> Notices)
{
    private const string Complete = "firstName and lastName, lastName and birthDate, or one identifier (identifier or externalIdentifiers)";

    private static readonly string[][] CompleteSets =
    [
        ["firstName", "lastName"], ["lastName", "birthDate"], ["firstName", "lastName", "birthDate"], ["identifier"], ["externalIdentifiers"],
    ];

    /// <summary>
    /// Holds back what the answer would withhold: below a field's level it can neither narrow nor sort, except in a complete look-up,
    /// which tells no more than that the person is there.
    /// </summary>
    /// <exception cref="CallFailureException">The question cannot be asked at this level, or contradicts itself.</exception>
    public static SubjectQuestion Screen(SearchSubjectsInput input, CallContext call, DateOnly today)
    {
        Contradiction(input);
        if (call.IdentifiersVisible) return new(input, Lookup: false, []);
        if (input.SortField is { } sort && !Visible(SubjectFilters.OfSort(sort), call))
        {
            throw Withheld("sortField", "This sort order is withheld at this privacy level: sort by created or updated.");
        }

        var given = SubjectFilters.All.Where(filter => filter.Values(input).Count > 0).ToList();
        var hidden = given.Where(filter => !Visible(filter.Visible, call)).Select(filter => filter.Name).ToList();
        if (hidden.Count > 0) RequireLookup(input, hidden, given);
        var (asked, widened) = call.DatesVisible ? (input, false) : SubjectDates.Widen(input, today);
        return new(asked, hidden.Count > 0, widened ? [SubjectDates.Notice] : []);
    }

    private static bool Visible(VisibleFrom from, CallContext call) => from switch
    {
        VisibleFrom.Always => true,
        VisibleFrom.Limited => call.DatesVisible,
        _ => call.IdentifiersVisible,
    };

    private static void RequireLookup(SearchSubjectsInput input, List<string> hidden, List<SubjectFilter> given)
    {
        if (hidden.Find(name => !CompleteSets.Any(set => set.Contains(name, StringComparer.Ordinal))) is { } never)
            throw Withheld(never, $"{never} is withheld at this privacy level and cannot narrow a search: leave it out, or look one person up by {Complete}.");
        if (given.Exists(filter => filter.Name == "subjectIds"))
            throw Withheld(
                "subjectIds",
                "subjectIds cannot be combined with names, birth date or identifiers at "
                    + "this privacy level, because that would confirm them: use one or the other.");
        var key = given.Select(filter => filter.Name)
            .Where(name => name == "birthDate" || hidden.Contains(name, StringComparer.Ordinal))
            .ToHashSet(StringComparer.Ordinal);
        var whole = CompleteSets.Any(key.SetEquals) && (!key.Contains("externalIdentifiers") || input.ExternalIdentifiers!.Count == 1);
        if (!whole)
        {
            throw Withheld(
                hidden[0],
                $"At this privacy level a look-up takes exactly one complete set: {Complete}; add what is missing and leave out the rest.");
        }
    }

    private static void Contradiction(SearchSubjectsInput input)
    {
        Either("birthDate", input.BirthDate, input.BirthDateStart ?? input.BirthDateEnd);
        Either("deathDate", input.DeathDate, input.DeathDateStart ?? input.DeathDateEnd);
        Either("created", input.Created, input.CreatedStart ?? input.CreatedEnd);
        Either("updated", input.Updated, input.UpdatedStart ?? input.UpdatedEnd);
    }

    private static void Either(string name, string? exact, string? range)
    {
        if (exact is not null && range is not null) throw CallFailureException.Invalid(name, $"Give either {name} or a range of it (…Start, …End), not both.");
    }

    private static CallFailureException Withheld(string argument, string message) => new(FailureCodes.QuestionWithheld, message) { Argument = argument };
}
