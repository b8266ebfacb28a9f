using HealthMcp.Catalog;

namespace HealthMcp.Pipeline;

/// <summary>How writes are let through.</summary>
internal enum WriteMode
{
    /// <summary>No write at all.</summary>
    Off,

    /// <summary>A person approves each write outside the model.</summary>
    Approve,

    /// <summary>The caller sees a preview and calls again with its confirmation.</summary>
    Confirm,

    /// <summary>Sent at once.</summary>
    Direct,
}

/// <summary>What the operator decided about writes.</summary>
/// <param name="Mode">How the writes of a system are let through.</param>
/// <param name="Signs">Writes say that an AI made them.</param>
internal sealed record WriteRules(Func<string, WriteMode> Mode, bool Signs)
{
    // In a terminal the person who answers is the one who sits there, so approving is confirming.
    public WriteMode ModeOf(CallState state) => Mode(state.Tool!.Definition.Toolset) switch
    {
        WriteMode.Approve when state.Request.PersonPresent => WriteMode.Confirm,
        var mode => mode,
    };

    /// <summary>
    /// How the write is let through is known before it is planned, so what it will say of its author is approved with it. A call from a terminal is signed too:
    /// a script or a model may sit there.
    /// </summary>
    public Authorship? AuthorOf(CallState state) => !Signs ? null : new Authorship(ModeOf(state) switch
    {
        WriteMode.Approve => Review.Person,
        WriteMode.Confirm when state.Request.PersonPresent => Review.Terminal,
        WriteMode.Confirm => Review.Agent,
        _ => Review.Nobody,
    });
}
