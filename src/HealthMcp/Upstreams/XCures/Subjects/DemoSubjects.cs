using System.Text.Json.Nodes;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.XCures.Subjects;

/// <summary>
/// The made-up persons whom the vendor keeps in its live system for everybody to try reading with. Nothing is written about them there. The
/// sandbox has persons of the same names, who are there to be written about.
/// </summary>
internal static class DemoSubjects
{
    private static readonly (string First, string Last, string Born)[] All =
        [("Marissa", "Jones", "1971-06-29"), ("Justin", "Williams", "1968-05-28"), ("Helen", "Milliken", "2000-11-16")];

    /// <exception cref="CallFailureException">The record is one of them, on the live system.</exception>
    public static void Refuse(SystemSource source, JsonObject record)
    {
        if (!source.Sandbox && All.Any(demo => Is(demo, record)))
            throw CallFailureException.Invalid(
                "subject",
                "This is one of the demo subjects that all customers of xCures share: they are for reading only. Try writes on the sandbox.");
    }

    private static bool Is((string First, string Last, string Born) demo, JsonObject record) =>
        WholeMatch.Same(demo.First, record["firstName"]?.ToString())
        && WholeMatch.Same(demo.Last, record["lastName"]?.ToString())
        && record["birthDate"]?.ToString().StartsWith(demo.Born, StringComparison.Ordinal) == true;
}
