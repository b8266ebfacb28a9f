using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.People;

/// <summary>A search that may be asked at the caller's privacy level.</summary>
/// <param name="Input">The arguments, birth dates widened where days are withheld.</param>
/// <param name="Lookup">One person is asked for by identifying values: only whole matches are answered.</param>
/// <param name="Notices">What was changed about the question.</param>
internal sealed record PatientQuestion(SearchPatientsInput Input, bool Lookup, IReadOnlyList<string> Notices)
{
    private const string Complete = "first_name and last_name, last_name and date_of_birth, all three, or chart_number alone";
    private const string Widened = "dob_from and dob_to were widened to whole years, because full dates are withheld at this privacy level.";

    private static readonly string[][] CompleteSets =
        [["first_name", "last_name"], ["last_name", "date_of_birth"], ["first_name", "last_name", "date_of_birth"], ["chart_number"]];

    /// <summary>Holds back what the answer would withhold, as decision 0008 has it.</summary>
    /// <exception cref="CallFailureException">The question cannot be asked at this level, or contradicts itself.</exception>
    public static PatientQuestion Screen(SearchPatientsInput input, CallContext call, DateOnly today)
    {
        var key = Given(input, Keys);
        if (key.Count > 0) return LookUp(input, key);
        if (!call.IdentifiersVisible && input.Search is not null)
        {
            throw Withheld("search", $"search looks in names and contact data, which are withheld at this privacy level: look one person up by {Complete}.");
        }

        if (input.SortBy is { } sort && !Sortable(sort, call))
            throw Withheld("sort_by", "This sort order is withheld at this privacy level: sort by created_at, updated_at or status.");
        if (call.DatesVisible || (input.DobFrom ?? input.DobTo) is null) return new(input, Lookup: false, []);
        var (from, to) = WholeYears.Birth(input.DobFrom, input.DobTo, today);
        return new(input with { DobFrom = from, DobTo = to }, Lookup: false, [Widened]);
    }

    private static PatientQuestion LookUp(SearchPatientsInput input, IReadOnlySet<string> key)
    {
        if (!CompleteSets.Any(key.SetEquals)) throw CallFailureException.Invalid(key.First(), $"A look-up takes exactly one complete set: {Complete}.");
        return Given(input, Narrowing).FirstOrDefault() is { } other
            ? throw CallFailureException.Invalid(other, $"{other} does not go with a look-up: give {Complete}, and nothing that narrows or sorts.")
            : new(input, Lookup: true, []);
    }

    private static bool Sortable(string sort, CallContext call) => sort switch
    {
        "created_at" or "updated_at" or "status" => true,
        "date_of_birth" => call.DatesVisible,
        _ => call.IdentifiersVisible,
    };

    private static HashSet<string> Given(SearchPatientsInput input, IEnumerable<(string Name, Func<SearchPatientsInput, string?> Value)> of) =>
        [.. of.Where(one => one.Value(input) is not null).Select(one => one.Name)];

    private static IEnumerable<(string Name, Func<SearchPatientsInput, string?> Value)> Keys =>
    [
        ("first_name", i => i.FirstName), ("last_name", i => i.LastName), ("date_of_birth", i => i.DateOfBirth), ("chart_number", i => i.ChartNumber),
    ];

    /// <summary>What a list can be narrowed by; also what an empty answer names.</summary>
    public static IEnumerable<(string Name, Func<SearchPatientsInput, string?> Value)> Narrowing =>
    [
        ("search", i => i.Search), ("status", i => i.Status), ("primary_provider_uuid", i => i.PrimaryProviderUuid), ("location_uuid", i => i.LocationUuid),
        ("tag_definition_uuid", i => i.TagDefinitionUuid), ("dob_from", i => i.DobFrom), ("dob_to", i => i.DobTo), ("sort_by", i => i.SortBy),
        ("sort_dir", i => i.SortDir),
    ];

    /// <summary>Names of what was asked by, for the answer to a search that found nothing.</summary>
    public IReadOnlyList<string> Asked => [.. Given(Input, Keys.Concat(Narrowing)).Where(name => !name.StartsWith("sort", StringComparison.Ordinal))];

    private static CallFailureException Withheld(string argument, string message) => new(FailureCodes.QuestionWithheld, message) { Argument = argument };
}
