namespace HealthMcp.Privacy;

/// <summary>The handle of an id. One that does not exist yet is asked for again when it is written, so that new ones can be made together.</summary>
internal sealed class HandleAside(string system, string kind, string value, RedactionSession session) : Aside
{
    /// <summary>Without quotes; null while there is none.</summary>
    public byte[]? Known { get; private set; } = Ask(system, kind, value, session);

    public override ReadOnlyMemory<byte> Rendered => Known;

    public override void Render(RedactionSession session) =>
        Known ??= Ask(system, kind, value, session) ?? throw new RedactionException("An id of the answer has no handle.");

    private static byte[]? Ask(string system, string kind, string value, RedactionSession session) =>
        session.Mint(system, kind, value) is { } handle ? JsonOutput.Escape(handle) : null;
}
