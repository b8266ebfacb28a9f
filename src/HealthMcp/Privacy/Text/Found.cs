namespace HealthMcp.Privacy;

/// <summary>A passage of the normalised text that some rule found; what replaces it when not the token of its kind.</summary>
internal readonly record struct Found(string Kind, int Start, int End, string? Replacement);
