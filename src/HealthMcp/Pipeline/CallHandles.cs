using HealthMcp.Catalog;
using HealthMcp.Privacy;

namespace HealthMcp.Pipeline;

/// <summary>The handles of one call. Those that do not exist yet are minted together, under one lock and with one flush, before anything is written.</summary>
internal sealed class CallHandles(HandleVault vault, string system, string space, CallTrace trace)
{
    private readonly HashSet<HandleRequest> _missing = [];
    private readonly HashSet<HandleRequest> _persons = [];
    private bool _minted;

    /// <summary>Persons whom the answer names by their ids.</summary>
    public IReadOnlyCollection<HandleRequest> Persons => _persons;

    /// <summary>Null for one that <see cref="MintMissing"/> will make.</summary>
    public string? Find(string source, string kind, string value)
    {
        var request = new HandleRequest(space, kind, value);

        // The accounting of disclosures is by patient, so documents and rows of a chart are not listed one by one.
        if (LabelReader.IsPerson(kind) && _persons.Add(request)) trace.Touched(system, value);
        if (_minted) return vault.Mint(space, kind, value);
        if (vault.Find(request) is { } known) return known;
        _missing.Add(request);
        return null;
    }

    /// <param name="learned">What persons' own records showed.</param>
    /// <param name="owner">The one person whom the call is about, to whom the new handles belong.</param>
    public void MintMissing(IReadOnlyList<PersonLabels> learned, HandleRequest? owner)
    {
        vault.MintAll([.. _missing], learned, owner);
        _minted = true;
    }
}
