namespace HealthMcp.Privacy;

/// <summary>An answer could not be redacted, so nothing of it may be shown. Says why in fixed words, never with content.</summary>
internal sealed class RedactionException : Exception
{
    public RedactionException(string reason)
        : base(reason)
    {
    }

    public RedactionException()
        : this("The answer could not be read.")
    {
    }

    // No inner exception is kept: a JsonException quotes the bytes it stumbled over.
    public RedactionException(string reason, Exception innerException)
        : base(reason) => _ = innerException;
}
