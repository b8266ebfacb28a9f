using System.Globalization;
using System.Text;

namespace HealthMcp.FhirR4;

/// <summary>Where a walk through a resource is: a stack of steps, made into FHIRPath only for a finding.</summary>
internal sealed class Place
{
    private readonly List<(string Name, int Index, string? Type)> _steps = [];

    /// <param name="type">Type of a choice or of a resource inside a resource, said by ofType.</param>
    public void Enter(string name, string? type = null) => _steps.Add((name, -1, type));

    public void Leave() => _steps.RemoveAt(_steps.Count - 1);

    /// <summary>Which of several of the present step; -1 for the only one.</summary>
    public void At(int index) => _steps[^1] = _steps[^1] with { Index = index };

    public void Is(string? type) => _steps[^1] = _steps[^1] with { Type = type };

    public bool IsRoot => _steps.Count == 0;

    public string Path(string? below = null)
    {
        var path = new StringBuilder();
        foreach (var (name, index, type) in _steps)
        {
            if (path.Length > 0) path.Append('.');
            path.Append(name);
            if (index >= 0) path.Append(CultureInfo.InvariantCulture, $"[{index}]");
            if (type is not null) path.Append(CultureInfo.InvariantCulture, $".ofType({type})");
        }

        if (path.Length == 0) path.Append("Resource");
        return below is null ? path.ToString() : $"{path}.{below}";
    }
}
