using HealthMcp.Storage;

namespace HealthMcp.Privacy;

/// <summary>
/// Gives identifiers random handles that a model may see, and takes them back (a code under 45 CFR 164.514(c)). One value has one handle per
/// vault, in every process that shares the file and after a restart.
/// </summary>
internal sealed class HandleVault
{
    public const string FileName = "handles.vault";

    private readonly Lock _gate = new();
    private readonly VaultFile _file;
    private readonly Entropy _entropy;

    private HandleVault(VaultFile file, Entropy entropy) => (_file, _entropy) = (file, entropy);

    public static HandleVault Open(IDataStore store, KeyFile keys, Entropy entropy)
    {
        var vault = new HandleVault(new VaultFile(store, FileName, keys, entropy), entropy);
        vault.Follow();
        return vault;
    }

    /// <summary>How many handles there are, of how many persons something is remembered, and how many values.</summary>
    public (int Handles, int Persons, int Values) Count()
    {
        Follow();
        return (_file.Index.Count, _file.Index.Labels.Persons, _file.Index.Labels.Values);
    }

    /// <summary>The handle of one value. For the values of a whole answer use <see cref="MintAll"/>, which flushes once.</summary>
    public string Mint(string system, string kind, string value) => MintAll([new HandleRequest(system, kind, value)])[0];

    /// <summary>
    /// Handles in the order of the requests. Known values cost no lock; new ones together cost one lock, one write, one flush, and so does
    /// what was learned of persons with it.
    /// </summary>
    /// <param name="requests">Values that need handles.</param>
    /// <param name="learned">What the same answer showed of persons; of those who have no handle nothing is kept.</param>
    /// <param name="owner">The one person in whose record the values were found; null when there is none, or several.</param>
    public IReadOnlyList<string> MintAll(
        IReadOnlyList<HandleRequest> requests, IReadOnlyList<PersonLabels>? learned = null, HandleRequest? owner = null)
    {
        if (requests.FirstOrDefault(r => !HandleCode.IsKind(r.Kind)) is { Kind: not null })
        {
            throw new ArgumentException("A kind of handle is at most 12 lower-case letters and digits.", nameof(requests));
        }

        var known = Known(requests);
        return known is not null && !News(learned ?? [], r => _file.Index.HandleOf(r)).Any() ? known : MintMissing(requests, learned ?? [], owner);
    }

    /// <summary>What is remembered of a person.</summary>
    public LabelSet LabelsOf(HandleRequest person)
    {
        if (_file.HasGrown()) Follow();
        return _file.Index.HandleOf(person) is { } handle ? _file.Index.Labels.Of(handle) : LabelSet.Empty;
    }

    /// <summary>The handle that a value has already, or null. It may miss one that another process has just given.</summary>
    public string? Find(HandleRequest request) => _file.Index.HandleOf(request);

    /// <summary>What a handle stands for. Every reason to refuse gives the same answer; the check character spares most typing errors a look.</summary>
    public HandleResolution Resolve(string handle, string expectedKind, string system)
    {
        if (!HandleCode.TryRead(handle, expectedKind, out var canonical))
        {
            return HandleResolution.Refused;
        }

        if (_file.HasGrown())
        {
            Follow();
        }

        var request = _file.Index.ByHandle(canonical)?.Request;
        return request is { } found && found.Kind == expectedKind && found.System == system
            ? HandleResolution.Found(found.Value)
            : HandleResolution.Refused;
    }

    /// <summary>Ends one handle for all processes and wipes its value from the file. The same value gets a new handle when it comes again.</summary>
    /// <returns>What it stood for; null when it was not known.</returns>
    public HandleRequest? Forget(string handle, string kind) =>
        HandleCode.TryRead(handle, kind, out var canonical) && Forget(e => e.Handle == canonical) is [var one, ..] ? one : null;

    /// <summary>Ends a person's handle with what is remembered, and the handles of everything that was read in that person's record.</summary>
    public IReadOnlyList<HandleRequest> ForgetPerson(string handle, string kind) =>
        HandleCode.TryRead(handle, kind, out var canonical) ? Forget(e => e.Handle == canonical || e.Owner == canonical) : [];

    /// <summary>Ends every handle.</summary>
    public IReadOnlyList<HandleRequest> ForgetAll() => Forget(_ => true);

    private string[]? Known(IReadOnlyList<HandleRequest> requests)
    {
        if (_file.HasGrown())
        {
            return null;
        }

        var index = _file.Index;
        var handles = new string[requests.Count];
        for (var i = 0; i < handles.Length; i++)
        {
            if (index.HandleOf(requests[i]) is not { } handle)
            {
                return null;
            }

            handles[i] = handle;
        }

        return handles;
    }

    private string[] MintMissing(IReadOnlyList<HandleRequest> requests, IReadOnlyList<PersonLabels> learned, HandleRequest? owner)
    {
        lock (_gate)
        {
            using var file = _file.Acquire();
            var index = _file.Index;
            var added = new Dictionary<HandleRequest, string>();
            var handles = requests.Select(r => index.HandleOf(r) ?? added.GetValueOrDefault(r) ?? (added[r] = Fresh(r.Kind))).ToArray();
            string? Handle(HandleRequest request) => added.GetValueOrDefault(request) ?? index.HandleOf(request);
            var news = News(learned, Handle).ToList();
            var whose = owner is { } one ? Handle(one) ?? "" : "";
            if (added.Count + news.Count > 0)
            {
                _file.Add(file, [.. added.Select(a => new NewHandle(a.Key, a.Value, a.Value == whose ? "" : whose))], news);
            }

            return handles;
        }
    }

    private IEnumerable<NewLabels> News(IReadOnlyList<PersonLabels> learned, Func<HandleRequest, string?> handleOf) =>
        from one in learned
        let handle = handleOf(one.Person)
        where handle is not null
        let news = _file.Index.Labels.News(handle, one.Labels)
        where news.Count > 0
        select new NewLabels(handle, news);

    private string Fresh(string kind)
    {
        string handle;
        do
        {
            handle = HandleCode.New(kind, _entropy);
        }
        while (_file.Index.ByHandle(handle) is not null);

        return handle;
    }

    private List<HandleRequest> Forget(Func<VaultEntry, bool> chosen)
    {
        lock (_gate)
        {
            using var file = _file.Acquire();
            var entries = _file.Index.Entries.Where(chosen).ToList();
            if (entries.Count > 0)
            {
                _file.Forget(file, entries);
            }

            return entries.ConvertAll(e => e.Request);
        }
    }

    private void Follow()
    {
        lock (_gate)
        {
            _file.Acquire().Dispose();
        }
    }
}
