using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.XCures.Checklists;

/// <summary>Operations on the checklists of a project.</summary>
internal static class ChecklistEndpoints
{
    private const string Path = XCuresEndpoints.Registry + "/checklist";

    public static readonly Endpoint List = new(XCuresEndpoints.System, "GET", Path, Effect.Read, "xcures.checklist");

    /// <summary>
    /// Answers questions from records that are there. The vendor keeps the answer and gives it again, so that a repeat does no harm unless it asks for
    /// a new one.
    /// </summary>
    public static readonly Endpoint Evaluate = new(
        XCuresEndpoints.System, "POST", Path + "/{checklistId}/evaluate", Effect.Transform, "xcures.checklist.evaluation");

    /// <summary>The same operation where it is told to make a new answer: that one stands in the place of the recent one, for everybody.</summary>
    public static readonly Endpoint Renew = Evaluate with { Effect = Effect.Update, Discloses = true };

    /// <summary>The vendor cannot tell a repeat from a second opinion.</summary>
    public static readonly Endpoint Feedback = new(
        XCuresEndpoints.System, "POST", Path + "/{checklistId}/item/{checklistItemId}/feedback", Effect.Create, "xcures.empty");

    /// <summary>An operation stands in it once, with the most that it may do.</summary>
    public static readonly IReadOnlyList<Endpoint> All = [List, Renew, Feedback];
}
