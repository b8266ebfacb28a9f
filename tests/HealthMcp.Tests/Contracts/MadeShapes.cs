namespace HealthMcp.Tests.Contracts;

/// <summary>
/// Shapes that no operation answers, because a tool makes their rows, with the number of leaves below each. The numbers are exact, so that a row that
/// goes, or comes, is looked at.
/// </summary>
internal static class MadeShapes
{
    public static readonly IReadOnlyList<(string Shape, int Leaves)> All =
    [
        ("xcures.document.part", 4),
        ("xcures.document.header", 10),
        ("xcures.document.file", 3),
        ("xcures.document.change", 29),
        ("xcures.document.publication", 32),
        ("xcures.checklist.answer", 23),
        ("xcures.checklist.feedback", 4),
        ("phenoml.upload.preview", 17),
        ("phenoml.extract.citation", 21),
        ("phenoml.feedback.preview", 42),
        ("phenoml.cohort.query", 13),
        ("phenoml.cohort.patient", 1),
        ("phenoml.template.change", 21),
        ("phenoml.omop.counts", 5),
        ("phenoml.query", 9),
        ("phenoml.fhir.change", 8),
        ("phenoml.profile.upload", 5),
        ("phenoml.provider.view", 11),
        ("phenoml.provider.change", 17),
        ("phenoml.turn", 3),
        ("phenoml.chat.request", 5),
        ("phenoml.agent.change", 19),
        ("phenoml.prompt.change", 15),
        ("phenoml.workflow.change", 46),
        ("phenoml.workflow.request", 41),
        ("phenoml.workflow.step", 11),
        ("phenoml.tool.described", 6),
    ];
}
