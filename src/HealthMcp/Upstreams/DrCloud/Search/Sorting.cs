using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HealthMcp.Catalog;

namespace HealthMcp.Upstreams.DrCloud.Search;

/// <summary>
/// FHIR's <c>_sort</c>, done over the resources that came. What has no value comes last either way; the id decides ties, so that
/// pages do not overlap.
/// </summary>
internal static class Sorting
{
    private const int MostKeys = 3;

    /// <exception cref="CallFailureException">A key is not known or cannot be sorted by.</exception>
    public static IReadOnlyList<SortKey> Read(FhirType type, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return [new SortKey([.. type.Dates.Append("_lastUpdated").Select(name => ParameterTable.Find(type.Name, name)!)], Descending: true)];
        }

        var keys = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (keys.Length is 0 or > MostKeys) throw CallFailureException.Invalid("sort", "sort takes one to three parameter names.");
        return [.. keys.Select(key => Key(type, key))];
    }

    public static IEnumerable<Found> Order(IEnumerable<Found> resources, IReadOnlyList<SortKey> keys)
    {
        var ordered = resources.OrderBy(_ => 0);
        foreach (var key in keys)
        {
            ordered = ordered.ThenBy(found => Value(found.Json, key) is null);
            ordered = key.Descending
                ? ordered.ThenByDescending(found => Value(found.Json, key), Comparer<IComparable?>.Default)
                : ordered.ThenBy(found => Value(found.Json, key), Comparer<IComparable?>.Default);
        }

        // Any order that stays will do for ties, but not that of the ids, which are withheld.
        return ordered.ThenBy(found => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(found.Id))), StringComparer.Ordinal);
    }

    private static SortKey Key(FhirType type, string key)
    {
        var descending = key.StartsWith('-');
        var parameter = QuestionReader.Parameter(type, descending ? key[1..] : key, "sort");
        return parameter.CanFinishHere
            ? new SortKey([parameter], descending)
            : throw CallFailureException.Invalid("sort", $"{parameter.Name} cannot be sorted by.");
    }

    private static IComparable? Value(JsonElement resource, SortKey key) =>
        key.Parameters.Select(parameter => Value(resource, parameter, key.Descending)).FirstOrDefault(value => value is not null);

    // Of several values the one that comes first in the wanted order counts, as R4 says.
    private static IComparable? Value(JsonElement resource, SearchParameter parameter, bool descending)
    {
        var values = Matcher.Values(parameter, resource).SelectMany(v => Values(parameter.Kind, v.Value, v.Datatype));
        return descending ? values.Max() : values.Min();
    }

    private static IEnumerable<IComparable> Values(ParameterKind kind, JsonElement value, string datatype) => kind switch
    {
        ParameterKind.Date => DateMatch.Spans(value, datatype).Select(span => (IComparable)(span.From > DateTime.MinValue.Ticks ? span.From : span.To)),
        ParameterKind.Quantity => QuantityMatch.Amount(value) is { } amount ? [amount] : [],
        ParameterKind.Token => TokenMatch.Codes(value, datatype).Select(code => (IComparable)new Ordinal(code.Code)),
        ParameterKind.String => StringMatch.Texts(value, datatype).Select(text => (IComparable)new Ordinal(Folded.Of(text))),
        ParameterKind.Reference => ReferenceTarget.Of(value) is { } target ? [new Ordinal(target.Address)] : [],
        _ => value.ValueKind == JsonValueKind.String ? [new Ordinal(value.GetString()!)] : [],
    };

    private readonly record struct Ordinal(string Text) : IComparable
    {
        public int CompareTo(object? other) => other is Ordinal text ? string.CompareOrdinal(Text, text.Text) : 1;
    }
}
