namespace HealthMcp.Privacy;

/// <summary>A passage that identifies: offsets in UTF-16 units of the text as it came.</summary>
/// <param name="Kind">name, date, age, phone, email, url, ip, ssn, number, address, zip, city, facility.</param>
/// <param name="Start">First unit.</param>
/// <param name="End">After the last unit.</param>
/// <param name="Replacement">What stands in its place.</param>
internal readonly record struct ScrubSpan(string Kind, int Start, int End, string Replacement);
