using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>Turns the arguments into a checked question. Nothing is sent for a question that is not understood whole.</summary>
internal static class QuestionReader
{
    /// <exception cref="CallFailureException">An argument is not understood.</exception>
    public static SearchQuestion Read(FhirSearchInput input)
    {
        var type = Type(input.Type);
        var query = QueryString.Read(type, input.Query);
        var conditions = new List<SearchCondition>();
        if (Given(input.Patient)) conditions.Add(Patient(type, input.Patient!));
        if (input.Ids is { } ids) conditions.Add(Handles(Parameter(type, "_id", "ids"), ids, "ids"));
        conditions.AddRange((input.Parameters ?? []).SelectMany((parameter, index) => ParameterReader.Read(type, parameter, $"parameters[{index}]")));
        conditions.AddRange(query.Conditions);
        if (input.DateFrom is not null || input.DateTo is not null)
        {
            conditions.AddRange(Between(MainDate(type), input.DateFrom, input.DateTo, "date_from", "date_to"));
        }

        return Chain.Gather(new SearchQuestion(type, conditions)
        {
            Sort = Sorting.Read(type, One(input.Sort, query.Sort, "sort")),
            SortAsked = input.Sort is not null || query.Sort is not null,
            Count = input.Count ?? query.Count ?? 50,
            Provenance = input.IncludeProvenance == true || query.Provenance,
            Includes = [.. (input.Include ?? []).Select(one => Inclusion.Read(type, one, "include")), .. query.Includes],
            Elements = [.. input.Elements is { } names ? ElementNames.Read(names, "elements") : [], .. query.Elements],
            CountOnly = input.CountOnly == true || query.CountOnly,
        });
    }

    public static SearchParameter Parameter(FhirType type, string name, string argument) =>
        ParameterTable.Find(type.Name, name) ?? throw CallFailureException.Invalid(argument, ParameterTable.Unknown(type.Name, name));

    /// <summary>Conditions for a period of whole days, either end of which may be open.</summary>
    public static IEnumerable<SearchCondition> Between(SearchParameter parameter, string? from, string? to, string fromArgument, string toArgument)
    {
        if (from is not null && to is not null && string.CompareOrdinal(from, to) > 0)
        {
            throw CallFailureException.Invalid(toArgument, $"{toArgument} lies before {fromArgument}.");
        }

        if (from is not null) yield return ConditionRules.Make(parameter, null, "ge", [from], fromArgument);
        if (to is not null) yield return ConditionRules.Make(parameter, null, "le", [to], toArgument);
    }

    public static SearchCondition Handles(SearchParameter parameter, IReadOnlyList<string> ids, string argument)
    {
        if (ids.Any(id => ReferenceTarget.Parse(id) is null)) throw CallFailureException.Invalid(argument, $"{argument} takes handles of earlier answers.");
        if (parameter.Name == "_id") ids = [.. ids.Select(id => OwnId(parameter.Type, id, argument))];
        return ConditionRules.Make(parameter, null, null, [.. ids.Select(FhirEscape.Escape)], argument) with { ByHandle = true };
    }

    private static string OwnId(string type, string id, string argument) => ReferenceTarget.Parse(id) is { } target && (target.Type ?? type) == type
        ? target.Id
        : throw CallFailureException.Invalid(argument, $"{argument} takes resources of the type {type} here.");

    private static FhirType Type(string name)
    {
        if (FhirTypes.ByName.TryGetValue(name, out var type)) return type;
        if (name == "Binary") throw CallFailureException.Invalid("type", "Binary cannot be searched, only read: search DocumentReference, which names it.");
        var near = FhirTypes.All.Select(t => t.Name).OrderBy(n => Distance.Between(n, name)).First();
        var guess = Distance.Between(near, name) <= 3 ? $" Did you mean {near}?" : "";
        throw CallFailureException.Invalid(
            "type",
            $"type is none of the types that can be searched.{guess} They are {string.Join(", ", FhirTypes.All.Select(t => t.Name))}.");
    }

    // A patient is found among patients by id; everywhere else by the type's own reference to it.
    private static SearchCondition Patient(FhirType type, string id)
    {
        var parameter = ParameterTable.Find(type.Name, type.Name == "Patient" ? "_id" : "patient")
            ?? throw CallFailureException.Invalid("patient", $"{type.Name} does not belong to one patient: leave patient out.");
        return Handles(parameter, [id], "patient");
    }

    private static SearchParameter MainDate(FhirType type) => type.Dates is [var first, ..]
        ? Parameter(type, first, "date_from")
        : throw CallFailureException.Invalid("date_from", $"{type.Name} has no main date: name a date parameter in parameters, such as _lastUpdated.");

    private static string? One(string? argument, string? inQuery, string name) =>
        argument is not null && inQuery is not null
            ? throw CallFailureException.Invalid(name, $"{name} is given twice, as an argument and in query: give it once.")
            : argument ?? inQuery;

    private static bool Given(string? text) => !string.IsNullOrEmpty(text);
}
