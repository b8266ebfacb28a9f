using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.People;

/// <summary>The filters of one list, as they may be asked at the caller's privacy level.</summary>
internal sealed record RecordQuestion(RecordKind Kind, IReadOnlyList<(string Name, string Value)> Filters, IReadOnlyList<string> Notices)
{
    private const string Widened = "date_from and date_to were widened to whole years, because full dates are withheld at this privacy level.";

    /// <exception cref="CallFailureException">A filter belongs to another list, or asks for what is withheld.</exception>
    public static RecordQuestion Screen(ListPatientRecordsInput input, CallContext call)
    {
        var kind = RecordKinds.Of(input.Kind);
        if (!call.IdentifiersVisible && input.Q is not null)
            throw new CallFailureException(
                FailureCodes.QuestionWithheld,
                "q looks in notes, whose names and numbers are withheld at this privacy level: "
                    + "read the list without it, or filter by mode, direction or dates.")
            {
                Argument = "q",
            };
        var given = Given(call.DatesVisible ? input : input with { DateFrom = WholeYears.Start(input.DateFrom), DateTo = WholeYears.End(input.DateTo) });
        if (given.Find(filter => !kind.Filters.Contains(filter.Name, StringComparer.Ordinal)) is { Name: { } foreign })
        {
            var takes = kind.Filters.Count == 0 ? "this list takes no filter" : $"this list takes {string.Join(", ", kind.Filters)}";
            throw CallFailureException.Invalid(foreign, $"{foreign} does not filter this kind: {takes}.");
        }

        var dated = input.DateFrom is not null || input.DateTo is not null;
        return new(kind, given, dated && !call.DatesVisible ? [Widened] : []);
    }

    private static List<(string Name, string Value)> Given(ListPatientRecordsInput input)
    {
        (string Name, string? Value)[] all =
        [
            ("status", input.Status), ("include_family", Word(input.IncludeFamily)), ("is_active", Word(input.IsActive)),
            ("problem_status", input.ProblemStatus), ("date_from", input.DateFrom), ("date_to", input.DateTo), ("mode", input.Mode),
            ("direction", input.Direction), ("communication_source", input.CommunicationSource), ("q", input.Q),
        ];
        return [.. all.Where(filter => filter.Value is not null).Select(filter => (filter.Name, filter.Value!))];
    }

    private static string? Word(bool? value) => value switch { true => "true", false => "false", null => null };
}
