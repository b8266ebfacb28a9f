using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox;

/// <summary>
/// Faults waiting for requests, first in, first out. The operation is the contract's "METHOD /path/{template}";
/// "*" is any operation but the token endpoints, which must be named.
/// </summary>
public sealed class FaultPlan
{
    /// <summary>Stands in every error text of the sandbox: where it shows up, an upstream body leaked.</summary>
    public const string Canary = "CANARY-UPSTREAM-BODY Marissa Jones 555-0142";

    private readonly Lock _gate = new();
    private readonly List<Waiting> _waiting = [];

    public void Next(string system, string operation, Fault fault, int times = 1)
    {
        lock (_gate)
        {
            _waiting.Add(new(system, operation, fault, times));
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _waiting.Clear();
        }
    }

    internal Fault? Take(string system, Operation operation)
    {
        lock (_gate)
        {
            var index = _waiting.FindIndex(waiting => waiting.Matches(system, operation));
            if (index < 0)
            {
                return null;
            }

            var found = _waiting[index];
            if (found.Times <= 1)
            {
                _waiting.RemoveAt(index);
            }
            else
            {
                _waiting[index] = found with { Times = found.Times - 1 };
            }

            return found.Fault;
        }
    }

    private sealed record Waiting(string System, string Operation, Fault Fault, int Times)
    {
        public bool Matches(string system, Operation operation) =>
            System == system && (Operation == "*" ? !operation.IssuesTokens : Operation == operation.Key);
    }
}
