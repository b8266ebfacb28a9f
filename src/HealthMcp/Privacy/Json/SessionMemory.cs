namespace HealthMcp.Privacy;

/// <summary>What one call found out about the values of its answers, by their bytes. Holds raw values: it lives and dies with its session.</summary>
internal sealed class SessionMemory
{
    /// <summary>A longer text hardly comes twice, and keeping its bytes to find out would cost as much as it does.</summary>
    public const int LongestText = 2048;

    private readonly Dictionary<string, ByteTable<HandleAside>> _handles = new(StringComparer.Ordinal);

    /// <summary>Texts by what a change of them is counted as.</summary>
    public ByteTable<TextAside> Texts { get; } = new();

    /// <summary>Narratives, whose markup goes.</summary>
    public ByteTable<NarrativeAside> Narratives { get; } = new();

    /// <summary>References that lead nowhere outside the answer, as they are written.</summary>
    public ByteTable<byte[]> Links { get; } = new();

    /// <summary>The handles of one system, by kind and id.</summary>
    public ByteTable<HandleAside> Handles(string system) =>
        _handles.TryGetValue(system, out var handles) ? handles : _handles[system] = new ByteTable<HandleAside>();
}
