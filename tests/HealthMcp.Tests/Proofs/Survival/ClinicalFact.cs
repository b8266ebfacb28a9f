namespace HealthMcp.Tests.Proofs.Survival;

/// <summary>Something clinical that a resource says.</summary>
/// <param name="Path">Where: property names, with the URL of an extension and the type of a contained resource, without indexes.</param>
/// <param name="Kind">What it is counted as.</param>
/// <param name="Raw">Its JSON, byte for byte.</param>
/// <param name="MayGo">The rule that lets redaction take it away; null when none does.</param>
internal sealed record ClinicalFact(string Path, string Kind, string Raw, string? MayGo);
