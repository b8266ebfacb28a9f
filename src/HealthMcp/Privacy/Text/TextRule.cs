namespace HealthMcp.Privacy;

/// <summary>Adds every passage of a text that one rule takes for an identifier.</summary>
internal delegate void TextFinder(NoteText note, List<Found> found);

/// <summary>One way of finding identifiers in free text. Rules know nothing of each other: each can be left out by itself.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Citation">The paragraph of 45 CFR that it serves.</param>
/// <param name="Find">How it finds.</param>
internal sealed record TextRule(string Id, string Citation, TextFinder Find);
