namespace HealthMcp.Privacy;

/// <summary>Scrubs a text for a call and counts in its session what went; gives the same string when nothing did.</summary>
internal delegate string TextRule(string text, RedactionSession session);
