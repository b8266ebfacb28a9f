namespace HealthMcp.Catalog;

/// <summary>Which machine answers for a system. Handles and cursors of one source are never good for another.</summary>
/// <param name="System">xcures, phenoml, patients or drcloud.</param>
/// <param name="Sandbox">True when the data is made up.</param>
/// <param name="Namespace">Names the source without showing its address: <c>sandbox:xcures</c>, <c>live:xcures:3f2a…</c>.</param>
internal sealed record SystemSource(string System, bool Sandbox, string Namespace)
{
    public string Kind => Sandbox ? "sandbox" : "live";
}
