namespace HealthMcp.Privacy;

/// <summary>Gives the handle that stands for a raw id, for example <c>subj_…</c> for kind <c>subj</c>. One value, one handle.</summary>
internal delegate string HandleMinter(string system, string kind, string value);
