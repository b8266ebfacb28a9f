namespace HealthMcp.Sandbox.Serving;

/// <summary>One of the four systems: its route table, who may come in, and how it words an error.</summary>
internal interface IHealthSystem
{
    string Name { get; }

    IReadOnlyList<Operation> Operations { get; }

    TokenStore Tokens { get; }

    /// <summary>Null lets the request through to the operation.</summary>
    Answer? Refuse(Exchange exchange);

    Answer Error(int status, string message);

    Answer NoSuchRoute();
}
