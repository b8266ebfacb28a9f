namespace HealthMcp.Audit;

/// <summary>The record of a call could not be written, so the call must not happen.</summary>
internal sealed class AuditUnavailableException : Exception
{
    public AuditUnavailableException(string message)
        : base(message)
    {
    }

    public AuditUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
