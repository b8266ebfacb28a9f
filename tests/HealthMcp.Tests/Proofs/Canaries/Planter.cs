using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using HealthMcp.Privacy;

namespace HealthMcp.Tests.Proofs.Canaries;

/// <summary>A marker and what it stands for.</summary>
internal sealed record Canary(string Marker, string Kind, string Where);

/// <summary>
/// Makes values that no two leaves share and that look like what their leaf holds, so that code runs as it would in life: a phone is a
/// phone, a date a date. What may stay (codes, clinical words, states) gets a clinical value and is counted, not planted.
/// </summary>
internal sealed class Planter(int seed)
{
    private readonly Random _random = new(seed);
    private readonly HashSet<string> _given = new(StringComparer.Ordinal);
    private readonly List<Canary> _planted = [];

    public IReadOnlyList<Canary> Planted => _planted;

    /// <summary>Leaves that hold what every level may see.</summary>
    public int Clinical { get; private set; }

    public JsonNode? Leaf(FieldClass kind, string type, string where)
    {
        if (type is "boolean") return Stays(JsonValue.Create(true));
        if (type is "number" or "integer" && kind is FieldClass.Id or FieldClass.Number) return JsonNode.Parse(Plant(Digits(10), "number", where));
        if (type is "number" or "integer") return Stays(JsonValue.Create(7));
        return Text(kind, where) is { } text ? JsonValue.Create(text) : Stays(JsonValue.Create("final"));
    }

    /// <summary>One of the words that a field may hold: a record that is always archived is never changed.</summary>
    public JsonNode? OneOf(IReadOnlyList<string> words) => Stays(JsonValue.Create(words[_random.Next(words.Count)]));

    /// <summary>A sentence with a value of several kinds, as a note has them.</summary>
    public string Sentence(string where) =>
        $"Seen {Plant(WrittenDate(), "date", where)}; call {Plant(Phone(), "phone", where)} or {Plant(Email(), "email", where)}, "
        + $"SSN {Plant($"{Digits(3)}-{Digits(2)}-{Digits(4)}", "number", where)}, Mr. {Plant(Word(), "name", where)}. Metformin 500 mg.";

    private string? Text(FieldClass kind, string where) => kind switch
    {
        FieldClass.Name or FieldClass.Display => Plant(Word(), "name", where),
        FieldClass.Facility => Plant(Word(), "facility", where) + " Medical Center",
        FieldClass.Employer => Plant(Word(), "name", where) + " Freight",
        FieldClass.Date or FieldClass.Birth => Plant(Day(), "date", where),
        FieldClass.Time => Plant($"{_random.Next(10, 24)}:{_random.Next(10, 60)}:{_random.Next(10, 60)}", "date", where),
        FieldClass.Street => $"{Digits(4)} {Plant(Word(), "street", where)} Street",
        FieldClass.City => Plant(Word(), "city", where),

        // No port of this machine has this number, whatever traces name.
        FieldClass.Zip => Plant($"9{Digits(4)}", "zip", where),
        FieldClass.Contact => _random.Next(2) == 0 ? Plant(Phone(), "phone", where) : Plant(Email(), "email", where),
        FieldClass.Id => Plant(Uuid(), "id", where),
        FieldClass.Number => "MRN-" + Plant(Digits(9), "number", where),
        FieldClass.Url or FieldClass.System => $"https://{Plant(Word(), "url", where)}.example/r".ToLowerInvariant(),
        FieldClass.Reference => "Patient/" + Plant(Uuid(), "id", where),
        FieldClass.Drop => Plant(Word(), "secret", where),
        FieldClass.Text => Sentence(where),
        FieldClass.Xhtml => $"<div xmlns=\"http://www.w3.org/1999/xhtml\" title=\"{Plant(Word(), "name", where)}\"><p>{Sentence(where)}</p></div>",
        FieldClass.File => Convert.ToBase64String(Encoding.UTF8.GetBytes(Sentence(where))),
        _ => null,
    };

    public string Plant(string marker, string kind, string where)
    {
        _planted.Add(new Canary(marker, kind, where));
        return marker;
    }

    public string Word() => Fresh(() =>
    {
        var word = new StringBuilder();
        for (var i = 0; i < 4; i++) word.Append("bdfgklmnprtvz"[_random.Next(13)]).Append("aeiou"[_random.Next(5)]);
        return char.ToUpperInvariant(word[0]) + word.ToString(1, 7) + "x";
    });

    private JsonNode? Stays(JsonNode? value)
    {
        Clinical++;
        return value;
    }

    private string Day() => Fresh(() => Date().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    private string WrittenDate() => Fresh(() => Date().ToString("MM/dd/yyyy", CultureInfo.InvariantCulture));

    private DateOnly Date() => new DateOnly(1945, 1, 1).AddDays(_random.Next(29_000));

    private string Phone() => Fresh(() => $"{_random.Next(201, 990)}-555-{Digits(4)}");

    private string Email() => Fresh(() => $"{Word()}@mail.example".ToLowerInvariant());

    private string Digits(int count) => Fresh(() => string.Concat(Enumerable.Range(0, count).Select(i => (char)('1' + _random.Next(9)))), count > 4);

    private string Uuid()
    {
        var bytes = new byte[16];
        _random.NextBytes(bytes);
        return new Guid(bytes).ToString();
    }

    private string Fresh(Func<string> make, bool unique = true)
    {
        for (; ; )
        {
            var made = make();
            if (_given.Add(made) || !unique) return made;
        }
    }
}
