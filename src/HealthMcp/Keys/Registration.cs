namespace HealthMcp.Keys;

/// <summary>A tool that a registry found, by the id that agents there know it by.</summary>
internal sealed record RegisteredTool(string Name, string Id);

/// <summary>One entry in a registry: the key that it holds, and what became of it there.</summary>
/// <param name="KeyId">Public name of the key.</param>
/// <param name="Tools">Its tools as they were found.</param>
internal sealed record RegistryEntry(string KeyId, IReadOnlyList<RegisteredTool> Tools)
{
    /// <summary>Id of the entry in the registry; null while it is being made.</summary>
    public string? Server { get; init; }
}

/// <summary>This server in a registry. It holds no key and no address with one.</summary>
/// <param name="Name">What the operator and the registry call it.</param>
/// <param name="Endpoint">Address of the endpoint, without a key.</param>
/// <param name="Source">Which registry it is, so that another one's is not mistaken for it.</param>
internal sealed record Registration(string Name, string Endpoint, string Source, DateTimeOffset Made, RegistryEntry Now)
{
    /// <summary>What takes the place of <see cref="Now"/> once every agent uses it; null when nothing is being rotated.</summary>
    public RegistryEntry? Next { get; init; }

    /// <summary>It is being removed, and its key has ended.</summary>
    public bool Ending { get; init; }
}
