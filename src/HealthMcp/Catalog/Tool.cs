namespace HealthMcp.Catalog;

internal delegate Task<ToolOutcome> ToolMethod(object input, CallContext call, CancellationToken cancellation);

/// <summary>A definition bound to the method that answers it.</summary>
internal sealed record Tool(ToolDefinition Definition, ToolMethod Method)
{
    public string Name => Definition.Name;

    /// <summary>A tool that only reads or converts.</summary>
    public static Tool Reading<TInput>(ToolDefinition definition, Func<TInput, CallContext, CancellationToken, Task<UpstreamResult>> method) =>
        new(definition, async (input, call, cancellation) => await method((TInput)input, call, cancellation));

    /// <summary>A tool that changes something: it returns the plan, and the write gate decides whether it is carried out.</summary>
    public static Tool Writing<TInput>(ToolDefinition definition, Func<TInput, CallContext, CancellationToken, Task<WritePlan>> method) =>
        new(definition, async (input, call, cancellation) => await method((TInput)input, call, cancellation));
}

/// <summary>The tools of one resource.</summary>
internal interface IToolSet
{
    IEnumerable<Tool> Tools { get; }
}
