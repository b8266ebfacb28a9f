using HealthMcp.Catalog;
using HealthMcp.Privacy;

namespace HealthMcp.Pipeline;

/// <summary>The handles of one call. Those that do not exist yet are minted together, under one lock and with one flush, before anything is written.</summary>
internal sealed class CallHandles(HandleVault vault, string system, string space, CallTrace trace)
{
    private readonly HashSet<HandleRequest> _missing = [];
    private bool _minted;

    /// <summary>Null for one that <see cref="MintMissing"/> will make.</summary>
    public string? Find(string source, string kind, string value)
    {
        // The accounting of disclosures is by patient, so documents and rows of a chart are not listed one by one.
        if (kind is "subj" or "pt") trace.Touched(system, value);
        var request = new HandleRequest(space, kind, value);
        if (_minted) return vault.Mint(space, kind, value);
        if (vault.Find(request) is { } known) return known;
        _missing.Add(request);
        return null;
    }

    public void MintMissing()
    {
        if (_missing.Count > 0) vault.MintAll([.. _missing]);
        _minted = true;
    }
}
