using FsCheck;
using FsCheck.Fluent;
using HealthMcp.Sandbox;

namespace HealthMcp.Tests.Upstreams.XCures.Writing;

/// <summary>What a call of a sequence writes.</summary>
public enum WrittenThing
{
    SubjectWithGivenId,
    Subject,
    Batch,
    Change,
    RecordRequest,
    Application,
    Invitation,
}

/// <summary>A fault that waits on the way of a call.</summary>
public sealed record Trouble(string Operation, FaultKind Kind, int Times)
{
    public Fault Fault => Kind switch
    {
        FaultKind.AnswerLost => Fault.AnswerLost(),
        FaultKind.ResetConnection => Fault.ResetConnection(),
        FaultKind.Status => Fault.Status(503),
        FaultKind.HtmlErrorPage => Fault.HtmlErrorPage(),
        FaultKind.TruncatedJson => Fault.TruncatedJson(),
        FaultKind.WrongContentType => Fault.WrongContentType(),
        FaultKind.ExpiredToken => Fault.ExpiredToken(),
        _ => Fault.ErrorBodyWithSuccess(),
    };
}

/// <summary>One write over a network in trouble.</summary>
public sealed record TroubledCall(WrittenThing Thing, IReadOnlyList<Trouble> Troubles)
{
    public override string ToString() => $"{Thing} with {string.Join(", ", Troubles)}";

    private const string Registry = "/api/v1/patient-registry";

    private static readonly Dictionary<WrittenThing, string[]> Operations = new()
    {
        [WrittenThing.SubjectWithGivenId] = ["POST /api/v2/patient-registry/subject", $"GET {Registry}/subject/{{id}}"],
        [WrittenThing.Subject] = ["POST /api/v2/patient-registry/subject", $"GET {Registry}/subject/{{id}}"],
        [WrittenThing.Batch] =
            [$"POST {Registry}/subject", $"POST {Registry}/subject", "POST /api/v2/patient-registry/subject", $"GET {Registry}/subject/{{id}}"],
        [WrittenThing.Change] = [$"PUT {Registry}/subject/{{id}}", $"GET {Registry}/subject/{{id}}"],
        [WrittenThing.RecordRequest] = [$"POST {Registry}/query", $"POST {Registry}/query", $"GET {Registry}/query", $"GET {Registry}/query/{{id}}"],
        [WrittenThing.Application] = [$"POST {Registry}/application", $"GET {Registry}/application/{{id}}"],
        [WrittenThing.Invitation] = [$"POST {Registry}/application/{{id}}/resend-verification", $"GET {Registry}/application/{{id}}"],
    };

    // An invitation has no answer to tell a false success by.
    private static readonly FaultKind[] Kinds =
    [
        FaultKind.AnswerLost, FaultKind.AnswerLost, FaultKind.AnswerLost, FaultKind.ResetConnection, FaultKind.Status, FaultKind.HtmlErrorPage,
        FaultKind.TruncatedJson, FaultKind.WrongContentType, FaultKind.ExpiredToken, FaultKind.ErrorBodyWithSuccess,
    ];

    /// <summary>One to four writes, each with up to four kinds of trouble that last for one to three requests.</summary>
    public static Arbitrary<List<TroubledCall>> Sequences() =>
        Gen.Choose(1, 4).SelectMany(length => Call().ListOf(length)).Select(calls => calls.ToList()).ToArbitrary();

    private static Gen<TroubledCall> Call() => Gen.Elements(Enum.GetValues<WrittenThing>()).SelectMany(thing =>
        Gen.Choose(0, 4).SelectMany(many => Trouble(thing).ListOf(many)).Select(troubles => new TroubledCall(thing, [.. troubles])));

    private static Gen<Trouble> Trouble(WrittenThing thing) =>
        from operation in Gen.Elements(Operations[thing])
        from kind in Gen.Elements(thing == WrittenThing.Invitation ? Kinds[..^1] : Kinds)
        from times in Gen.Choose(1, 3)
        select new Trouble(operation, kind, times);
}
