using HealthMcp.Catalog;
using HealthMcp.Upstreams.XCures.Writing;

namespace HealthMcp.Upstreams.XCures.Subjects;

/// <summary>The answer to a create of subjects: a row for each, in the order in which they were given.</summary>
internal static class CreatedAnswer
{
    /// <summary>Some were written and some were not.</summary>
    public const string Partly = "partly_done";

    /// <exception cref="CallFailureException">None was written: why the first was not.</exception>
    public static UpstreamResult Of(IReadOnlyList<CreatedSubject> subjects, bool allVisible)
    {
        var written = subjects.Select(one => one.Written).OfType<WrittenRecord>().ToList();
        if (written.Count == 0) throw subjects.Select(one => one.Failure!).OrderBy(failure => failure.Code != FailureCodes.InDoubt).First();
        var rows = subjects.Select(one => Row(one, allVisible)).ToList();
        return UpstreamResult.Of(XCuresEndpoints.System, new Section("subjects", PeopleEndpoints.CreateSubjects.Shape, rows)) with
        {
            Write = new WriteOutcome(Status(subjects, written), written.Count == subjects.Count && written.TrueForAll(one => one.Verified)),
            Notices = Notices(subjects, written),
        };
    }

    private static string Status(IReadOnlyList<CreatedSubject> subjects, List<WrittenRecord> written) =>
        written.Count < subjects.Count ? Partly
        : written.TrueForAll(one => one.Status == WrittenRecord.AlreadyWritten) ? WrittenRecord.AlreadyWritten
        : WrittenRecord.Done;

    private static ReadOnlyMemory<byte> Row(CreatedSubject one, bool allVisible)
    {
        if (one.Written is null) return SubjectRow.Failed(one.Id, allVisible && one.Reason is { } said ? said : one.Failure!.Message);
        if (one.OnlyId) return SubjectRow.OnlyId(one.Id);
        return allVisible ? one.Written.Row : SubjectRow.WithoutTexts(one.Written.Row);
    }

    private static IReadOnlyList<string> Notices(IReadOnlyList<CreatedSubject> subjects, List<WrittenRecord> written)
    {
        var said = written.Select(one => one.Notice).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (subjects.Count > written.Count)
        {
            said.Insert(
                0,
                $"{subjects.Count - written.Count} of {subjects.Count} subjects were not created, or are in doubt: "
                    + "see failureReason, and send only those again.");
        }

        return said;
    }
}
