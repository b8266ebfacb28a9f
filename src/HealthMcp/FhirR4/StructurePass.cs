using System.Text.Json;

namespace HealthMcp.FhirR4;

/// <summary>One walk through one resource and all that it holds.</summary>
internal sealed class StructurePass(int most)
{
    private static readonly R4Table Table = R4Table.Default;
    private static readonly R4Shape Beside = Table.Find("Element")!;

    private readonly Place _place = new();
    private readonly List<StructureProblem> _problems = [];
    private readonly TargetCheck _targets = new();

    public IReadOnlyList<StructureProblem> Problems => _problems;

    public void Resource(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Report(ProblemKind.Type, "should be a resource, a JSON object with resourceType");
            return;
        }

        var type = value.TryGetProperty("resourceType", out var said) ? R4Primitive.Text(said) : null;
        if (type is null || Table.Resource(type) is not { } shape)
        {
            Report(type is null ? ProblemKind.Cardinality : ProblemKind.Unknown, type is null ? "has no resourceType" : "is of a type that R4 does not have");
            return;
        }

        var root = _place.IsRoot;
        if (root) _place.Enter(type);
        else _place.Is(type);
        using (_targets.Enter(type, value)) Object(value, shape);
        if (root) _place.Leave();
    }

    private void Object(JsonElement value, R4Shape shape)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            Report(ProblemKind.Type, "should be a JSON object");
            return;
        }

        var (seen, beside, any) = (0UL, 0UL, false);
        foreach (var property in value.EnumerateObject())
        {
            if (_problems.Count >= most) return;
            any = true;
            if (NameOf(property) is not { } name) Report(ProblemKind.Unknown, "has an element that R4 does not know");
            else if (shape.Find(name) is { } known) Member(known, property.Value, value, name, ref seen);
            else if (name is ['_', ..] && shape.Find(name[1..]) is { Type.IsPrimitive: true, Element.Own: null } primitive)
                Sibling(primitive, property.Value, ref beside);
            else if (!shape.IsResource || name != "resourceType") Unknown(name, shape);
        }

        if (!any) Report(ProblemKind.Empty, "is an empty object");
        foreach (var element in shape.Elements)
        {
            if (any && element.Required && ((seen | beside) >> element.Index & 1) == 0)
                Report(ProblemKind.Cardinality, "is missing, and R4 requires it", element.Name);
        }
    }

    private void Member(R4Property known, JsonElement value, JsonElement owner, string name, ref ulong seen)
    {
        var element = known.Element;
        var bit = 1UL << element.Index;
        _place.Enter(element.Name, element.IsChoice ? known.Type.Name : null);
        if ((seen & bit) != 0) Report(ProblemKind.Cardinality, element.IsChoice ? "may be of one type only" : "stands there more than once");
        seen |= bit;
        if (element.Many) Several(known, value, owner, name);
        else if (value.ValueKind == JsonValueKind.Array) Report(ProblemKind.Cardinality, "may occur once only, so it is no array");
        else Value(known, value);
        _place.Leave();
    }

    private void Several(R4Property known, JsonElement value, JsonElement owner, string name)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            Report(value.ValueKind == JsonValueKind.Null ? ProblemKind.Empty : ProblemKind.Type, "may repeat, so it should be an array");
            return;
        }

        if (value.GetArrayLength() == 0) Report(ProblemKind.Empty, "is an empty array");
        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            _place.At(index);
            if (item.ValueKind != JsonValueKind.Null || !known.Type.IsPrimitive || !HasBeside(owner, name, index)) Value(known, item);
            _place.Is(null);
            index++;
        }
    }

    private void Value(R4Property known, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.String && value.ValueEquals("")))
        {
            Report(ProblemKind.Empty, "is empty");
        }
        else if (known.Element.Own is null && known.Type.IsPrimitive)
        {
            if (R4Primitive.Expected(known.Type.Name, value) is { } expected) Report(ProblemKind.Type, $"should be {expected}");
            else if (Bindings.Problem(known, value) is { } problem) Report(ProblemKind.Binding, problem);
        }
        else if (known.Type.Name == "Resource")
        {
            Resource(value);
        }
        else
        {
            Object(value, Table.Below(known));
            if (Bindings.Problem(known, value) is { } problem) Report(ProblemKind.Binding, problem);
            if (known.Type.Name == "Reference" && _targets.Problem(known.Type, value) is { } target) Report(ProblemKind.Target, target);
        }
    }

    // What stands beside a primitive: its id and extensions (R4 2.6.2.3).
    private void Sibling(R4Property primitive, JsonElement value, ref ulong beside)
    {
        beside |= 1UL << primitive.Element.Index;
        _place.Enter(primitive.Element.Name, primitive.Element.IsChoice ? primitive.Type.Name : null);
        if (!primitive.Element.Many)
        {
            if (value.ValueKind == JsonValueKind.Null) Report(ProblemKind.Empty, "is empty");
            else Object(value, Beside);
        }
        else if (value.ValueKind != JsonValueKind.Array)
        {
            Report(ProblemKind.Type, "may repeat, so what stands beside it should be an array");
        }
        else
        {
            var index = 0;
            foreach (var item in value.EnumerateArray())
            {
                _place.At(index++);
                if (item.ValueKind != JsonValueKind.Null) Object(item, Beside);
            }
        }

        _place.Leave();
    }

    private void Unknown(string name, R4Shape shape)
    {
        var meant = shape.Names.FirstOrDefault(one => string.Equals(one, name, StringComparison.OrdinalIgnoreCase));
        if (meant is not null) Report(ProblemKind.Unknown, $"has an element that R4 writes {meant}");
        else if (Table.IsWord(name)) Report(ProblemKind.Unknown, "is no element that R4 has there", name);
        else Report(ProblemKind.Unknown, "has an element that R4 does not know");
    }

    private void Report(ProblemKind kind, string what, string? below = null)
    {
        if (_problems.Count < most) _problems.Add(new StructureProblem(_place.Path(below), kind, what));
    }

    private static bool HasBeside(JsonElement owner, string name, int index) =>
        owner.TryGetProperty("_" + name, out var list) && list.ValueKind == JsonValueKind.Array && index < list.GetArrayLength()
        && list[index].ValueKind == JsonValueKind.Object;

    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, escaped.
            return null;
        }
    }
}
