using System.Globalization;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.DrCloud.Exporting;

/// <summary>Which arguments go together, and what to do next.</summary>
internal static class ExportArguments
{
    /// <exception cref="CallFailureException">An argument is missing, or does not go with the others.</exception>
    public static void Check(ExportInput input)
    {
        if (input.Types?.FirstOrDefault(type => !FhirTypes.ByName.ContainsKey(type)) is not null)
            throw CallFailureException.Invalid(
                "types",
                "types takes names of FHIR types that can be searched, such as Patient or Observation: drcloud_capabilities lists them.");
        if (input.Action == "start")
        {
            if ((input.Of == "group") != (input.Group is not null))
                throw CallFailureException.Invalid("group", "group and of: group go together: give both, or neither.");
            if (input.Export is not null) throw CallFailureException.Invalid("export", "start makes a new export: leave export out.");
        }
        else if (input.Export is null)
        {
            throw CallFailureException.Invalid("export", "Give the export that start answered (exp-…).");
        }

        if (input.Action == "read" && input.Types is not { Count: 1 })
            throw CallFailureException.Invalid("types", "read looks at one type: give one in types.");
    }

    public static IReadOnlyList<string> Next(ExportJob job) =>
    [
        .. job switch
        {
            { Parts: null } => ["The export is not ready: call with action status again."],
            { Parts.Count: 0 } => ["The export is empty: nothing of what was asked for was found, or none of its types is granted to this server."],
            { Copy.Level: null } => ["The export is ready: read looks at records of a type, save copies all of them to a file."],
            { IsSaved: false } => ["The copy is not complete: call with action save again to go on."],
            _ => new[] { "The copy is complete. The file lies in this server's data folder, for the operator: healthmcp doctor names it." },
        },
        .. job.Errors == 0 ? Array.Empty<string>() : [$"The EHR has {job.Errors} file(s) about records it could not export: the export is not complete."],
        .. job.Copy.LeftOut == 0 ? Array.Empty<string>() : [$"{job.Copy.LeftOut} record(s) could not be read safely and are not in the file."],
    ];

    /// <summary>The state of a page: which file of the type, and records of it that were given.</summary>
    public static (int Part, long From) Place(string? page) =>
        page?.Split(':') is [var part, var from] ? (int.Parse(part, CultureInfo.InvariantCulture), long.Parse(from, CultureInfo.InvariantCulture)) : (0, 0);
}
