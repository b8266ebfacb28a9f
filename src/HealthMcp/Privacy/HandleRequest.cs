namespace HealthMcp.Privacy;

/// <summary>
/// A value that needs a handle. <paramref name="System"/> names the source and whether it is real, such as <c>sandbox:xcures</c> or
/// <c>live:xcures:&lt;hash of its address&gt;</c>, so that fake and real records never share a handle.
/// </summary>
internal readonly record struct HandleRequest(string System, string Kind, string Value)
{
    public override string ToString() => $"{System} {Kind}";
}
