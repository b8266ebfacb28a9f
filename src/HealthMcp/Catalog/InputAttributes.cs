namespace HealthMcp.Catalog;

/// <summary>
/// The argument takes a handle (such as <c>subj_…</c>) that this server gave out; the pipeline puts the record's id in its place
/// after the scope check. A UUID that the caller already has is taken as it is.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class HandleAttribute(string kind, string system) : Attribute
{
    public string Kind { get; } = kind;

    public string System { get; } = system;
}

/// <summary>JSON Schema <c>format</c> of a string argument: date (RFC 3339 full-date), time, date-time or uri.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FormatAttribute(string format) : Attribute
{
    public string Format { get; } = format;
}
