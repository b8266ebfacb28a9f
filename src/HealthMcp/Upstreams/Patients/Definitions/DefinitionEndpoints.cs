using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.Patients.Definitions;

/// <summary>One kind of definition: the same five operations, in the words of the contract.</summary>
/// <param name="Kind">alert, field or tag, as the tools call it.</param>
/// <param name="Handle">Handle kind of the definition's id.</param>
internal sealed record DefinitionKind(string Kind, string Handle, string Path)
{
    private const string One = "/{definition_uuid}";

    public string Shape => $"patients.{Kind}_definition";

    public Endpoint List => field ??= Of("GET", "", Effect.Read) with { Rows = "items" };

    public Endpoint Get => field ??= Of("GET", One, Effect.Read);

    /// <summary>Without an Idempotency-Key in the contract: a repeat could write twice.</summary>
    public Endpoint Create => field ??= Of("POST", "", Effect.Create);

    /// <summary>A repeat with the same base_version is refused, because the version has moved.</summary>
    public Endpoint Update => field ??= Of("PATCH", One, Effect.Update) with { RepeatIsSafe = true };

    public Endpoint Archive => field ??= Of("POST", $"{One}/archive", Effect.Delete);

    private Endpoint Of(string method, string below, Effect effect) => new(PatientsEndpoints.System, method, Path + below, effect, Shape);
}

/// <summary>What the practice has defined for itself: alerts, custom fields, tags.</summary>
internal static class DefinitionEndpoints
{
    public static readonly IReadOnlyList<DefinitionKind> Kinds =
    [
        new("alert", "adef", "/api/v1/{org_id}/patient-alert-definitions"),
        new("field", "fdef", "/api/v1/{org_id}/patient-field-definitions"),
        new("tag", "tdef", "/api/v1/{org_id}/patient-tag-definitions"),
    ];

    public static readonly IReadOnlyList<Endpoint> Reads = [.. Kinds.SelectMany(kind => new[] { kind.List, kind.Get })];

    public static readonly IReadOnlyList<Endpoint> Saves = [.. Kinds.SelectMany(kind => new[] { kind.Create, kind.Update, kind.Get, kind.List })];

    public static readonly IReadOnlyList<Endpoint> Archives = [.. Kinds.SelectMany(kind => new[] { kind.Archive, kind.Get })];

    /// <summary>Operations that tools call.</summary>
    public static readonly IReadOnlyList<Endpoint> All = [.. Reads.Concat(Saves).Concat(Archives).Distinct()];

    public static DefinitionKind Of(string kind) => Kinds.First(one => one.Kind == kind);
}
