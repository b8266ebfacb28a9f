namespace HealthMcp.Catalog;

/// <summary>Reads a person's own record of one system, as the system wrote it.</summary>
/// <param name="id">The system's id of the person.</param>
/// <param name="call">The call that it is read for.</param>
/// <param name="cancellation">Ends it.</param>
/// <exception cref="CallFailureException">It cannot be had, or the answer is not that record.</exception>
internal delegate Task<ReadOnlyMemory<byte>> PersonReader(string id, CallContext call, CancellationToken cancellation);
