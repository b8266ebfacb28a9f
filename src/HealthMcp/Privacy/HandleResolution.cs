namespace HealthMcp.Privacy;

/// <summary>
/// What a handle stands for, or a refusal. There is one refusal: malformed, unknown, forgotten, of another kind or of another system look the
/// same, so that guessing teaches nothing about who is in the vault.
/// </summary>
internal readonly record struct HandleResolution
{
    public const string Refusal =
        "This handle is not known here: use one exactly as an earlier answer of the same system gave it, for the same kind of record.";

    private HandleResolution(string? value) => Value = value;

    public static HandleResolution Refused { get; }

    public string? Value { get; }

    [System.Diagnostics.CodeAnalysis.MemberNotNullWhen(true, nameof(Value))]
    public bool IsFound => Value is not null;

    public static HandleResolution Found(string value) => new(value);

    /// <summary>Never the value: a resolution may end up in a log by accident.</summary>
    public override string ToString() => IsFound ? "found" : "refused";
}
