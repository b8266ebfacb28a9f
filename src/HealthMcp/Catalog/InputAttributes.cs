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

/// <summary>
/// The argument is free text in which <c>{{handle.field}}</c> is filled in with a remembered value of a person whom the same call names.
/// Only for text that goes into that person's own record in the system that the value came from.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class FillAttribute : Attribute;

/// <summary>
/// The argument looks for words in records. Where names are withheld it takes none, because a hit would confirm whose record it is.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NoNamesAttribute : Attribute;
