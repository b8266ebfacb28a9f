namespace HealthMcp.Privacy;

/// <summary>A value that waits until every answer of its call has been read, and is then written in its place.</summary>
internal abstract class Aside
{
    /// <summary>What is written; valid after <see cref="Render"/>.</summary>
    public abstract ReadOnlyMemory<byte> Rendered { get; }

    /// <summary>Does what takes long, and may be done beside others that do the same; counts nothing.</summary>
    public virtual void Prepare(RedactionSession session)
    {
    }

    /// <summary>Makes it ready and counts it, once for every place where it stands.</summary>
    public abstract void Render(RedactionSession session);
}
