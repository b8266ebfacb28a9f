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

    public static HandleVault Open(DataDirectory directory, KeyFile keys, Entropy entropy, TimeProvider time)
    {
        var vault = new HandleVault(new VaultFile(directory.PathOf(FileName), keys, entropy, time), entropy);
        vault.Follow();
        return vault;
    }

    /// <summary>The handle of one value. For the values of a whole answer use <see cref="MintAll"/>, which flushes once.</summary>
    public string Mint(string system, string kind, string value) => MintAll([new HandleRequest(system, kind, value)])[0];

    /// <summary>Handles in the order of the requests. Known values cost no lock; new ones together cost one lock, one write, one flush.</summary>
    public IReadOnlyList<string> MintAll(IReadOnlyList<HandleRequest> requests)
    {
        if (requests.FirstOrDefault(r => !HandleCode.IsKind(r.Kind)) is { Kind: not null })
        {
            throw new ArgumentException("A kind of handle is at most 12 lower-case letters and digits.", nameof(requests));
        }

        return Known(requests) ?? MintMissing(requests);
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
    public bool Forget(string handle, string kind) =>
        HandleCode.TryRead(handle, kind, out var canonical) && Forget(e => e.Handle == canonical) > 0;

    /// <summary>Ends all handles of one system and says how many there were.</summary>
    public int ForgetSystem(string system) => Forget(e => e.Request.System == system);

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

    private string[] MintMissing(IReadOnlyList<HandleRequest> requests)
    {
        lock (_gate)
        {
            using var file = _file.Acquire();
            var index = _file.Index;
            var added = new Dictionary<HandleRequest, string>();
            var handles = requests.Select(r => index.HandleOf(r) ?? added.GetValueOrDefault(r) ?? (added[r] = Fresh(r.Kind))).ToArray();
            if (added.Count > 0)
            {
                _file.Mint(file, [.. added.Select(a => (a.Key, a.Value))]);
            }

            return handles;
        }
    }

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

    private int Forget(Func<VaultEntry, bool> chosen)
    {
        lock (_gate)
        {
            using var file = _file.Acquire();
            var entries = _file.Index.Entries.Where(chosen).ToList();
            if (entries.Count > 0)
            {
                _file.Forget(file, entries);
            }

            return entries.Count;
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
