namespace HealthMcp.Privacy;

/// <summary>A reference to a record, as it will be written.</summary>
/// <param name="Opening">The quote, the type and the slash.</param>
/// <param name="Handle">What stands for the id.</param>
internal sealed record LiteralReference(byte[] Opening, HandleAside Handle);
