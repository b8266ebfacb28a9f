namespace HealthMcp.Privacy;

/// <summary>
/// Gives the handle that stands for a raw id, for example <c>subj_…</c> for kind <c>subj</c>. One value, one handle. Null while an answer is read: there
/// is none yet, and it will be asked for again when the answer is written.
/// </summary>
internal delegate string? HandleMinter(string system, string kind, string value);
