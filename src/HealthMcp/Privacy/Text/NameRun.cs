namespace HealthMcp.Privacy;

/// <summary>How far the words go that may be one name: "Anneliese van den Heuvel", "Al-Rashid", "T. Achterberg", "O'Shaughnessy".</summary>
internal static class NameRun
{
    private const int Longest = 6;

    /// <summary>The last word and how many words it is; what a hyphen ties is one.</summary>
    public static (int Last, int Count) From(Words words, int first)
    {
        var (last, count) = (first, 1);
        while (last + 1 < words.Count && last - first < Longest)
        {
            var next = last + 1;
            var between = words.Between(last);
            if (between is "'" or "-" && words[next].IsCapital && (words.MayBeName(next) || between is "'")) last = next;
            else if (between is " " or ". " && IsInitial(words, next) && (between is " " || words[last].Length == 1)) last = next;
            else if (between is " " && AfterParticles(words, next) is > 0 and var name) (last, count) = (name, count + 1);
            else if ((between is " " || (between is ". " && words[last].Length == 1)) && words.MayBeName(next)) (last, count) = (next, count + 1);
            else break;
        }

        return (last, count);
    }

    /// <summary>The name after one to three small words of a name, or 0.</summary>
    private static int AfterParticles(Words words, int at)
    {
        var name = at;
        while (name < words.Count && name - at < 3 && words[name].Case == TokenCase.Lower && words.Is(name, WordKinds.Particle)) name++;
        if (name == at || name >= words.Count || !words.MayBeName(name)) return 0;
        for (var i = at; i < name; i++) if (words.Between(i) is not " ") return 0;
        return name;
    }

    public static bool IsInitial(Words words, int at) => words[at] is { Length: 1, Case: TokenCase.Title } && at + 1 < words.Count
        && words.Between(at) is ". " or " " && words[at + 1].IsCapital;
}
