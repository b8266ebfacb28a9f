namespace HealthMcp.Privacy;

/// <summary>A value that waits until every answer of its call has been read, and is then written in its place.</summary>
internal abstract class Aside
{
    /// <summary>What is written; valid after <see cref="Render"/>.</summary>
    public abstract ReadOnlyMemory<byte> Rendered { get; }

    /// <summary>True when what was written in its place meanwhile stays; valid after <see cref="Render"/>.</summary>
    public virtual bool Stays => false;

    /// <summary>Does what takes long and needs nothing that is still being learned; on any thread, once, before <see cref="Render"/>.</summary>
    public virtual void Read(RedactionSession session)
    {
    }

    /// <summary>Does the rest of what takes long, once everything is learned; on any thread.</summary>
    public virtual void Finish(RedactionSession session)
    {
    }

    /// <summary>Makes it ready and counts it, once for every place where it stands.</summary>
    public abstract void Render(RedactionSession session);
}
