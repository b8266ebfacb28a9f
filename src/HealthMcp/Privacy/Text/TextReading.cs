namespace HealthMcp.Privacy;

/// <summary>A text that was read as far as it can be before all of its record is known.</summary>
/// <param name="Text">As it is written.</param>
/// <param name="Normal">Without its disguises.</param>
/// <param name="Note">As the rules read it; null when reading took too long.</param>
/// <param name="Found">What the rules found so far.</param>
/// <param name="IsSuspect">It reads like instructions to a model.</param>
internal sealed record TextReading(string Text, NormalisedText Normal, NoteText? Note, List<Found> Found, bool IsSuspect);
