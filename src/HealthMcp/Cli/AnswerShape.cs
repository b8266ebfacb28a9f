using HealthMcp.Privacy;

namespace HealthMcp.Cli;

/// <summary>The privacy shape of a whole answer as a system sends it, where the pipeline knows the shape of its rows.</summary>
internal static class AnswerShape
{
    private static readonly string[] Proprietary = ["xcures", "patients", "phenoml"];

    /// <returns>What is wrong with asking for this operation, or null.</returns>
    public static string? Problem(string format, string? operation)
    {
        if (!Proprietary.Contains(format, StringComparer.Ordinal))
            return operation is null ? null : $"--operation goes with --format {string.Join(", ", Proprietary)} only.";
        return OperationTable.Default.Find(format, operation) is null
            ? $"--operation must be one of {format}'s operations: {string.Join("; ", OperationTable.Default.Of(format).Select(row => row.Operation))}."
            : null;
    }

    /// <summary>The shape of this operation's answer; of one event's data where the answer is a stream of events.</summary>
    public static string Of(string format, string? operation) =>
        OperationTable.Default.Find(format, operation)?.Shape ?? ShapeCatalog.AnyResource;
}
