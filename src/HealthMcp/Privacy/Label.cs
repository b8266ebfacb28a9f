namespace HealthMcp.Privacy;

/// <summary>One identifying value of a person, as a record showed it.</summary>
/// <param name="Field">One of <see cref="LabelFields.All"/>; empty for a value that is only looked for in text.</param>
internal readonly record struct Label(string Field, FieldClass Class, string Value)
{
    /// <summary>Longer is no name, number or address.</summary>
    public const int Longest = 200;

    /// <summary>Without the value: a record would print it.</summary>
    public override string ToString() => $"{Field} {Class}";
}

/// <summary>What an answer showed of one person.</summary>
internal sealed record PersonLabels(HandleRequest Person, IReadOnlyList<Label> Labels)
{
    public override string ToString() => Person.ToString();
}
