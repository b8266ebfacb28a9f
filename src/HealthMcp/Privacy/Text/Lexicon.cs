using System.Collections.Frozen;

namespace HealthMcp.Privacy;

/// <summary>The word lists of Privacy/Lexicons. All of our own writing; looked up without regard to case.</summary>
internal sealed class Lexicon
{
    private readonly FrozenDictionary<string, WordKinds> _words;
    private readonly FrozenDictionary<string, WordKinds>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly FrozenDictionary<string, string[]> _nicknames;
    private readonly FrozenSet<string> _phrases;

    private readonly FrozenDictionary<string, (string[] Words, string Kind)[]> _entries;

    /// <param name="lists">Lists of the deployment's own.</param>
    public Lexicon(LexiconLists lists)
    {
        var words = new Dictionary<string, WordKinds>(StringComparer.OrdinalIgnoreCase);
        foreach (var (table, kind) in Sources)
            foreach (var word in Tables.Words("lexicons/" + table)) words[word] = words.GetValueOrDefault(word) | kind;
        foreach (var word in Tables.Words("lexicons/nicknames").Where(word =>
            (words.GetValueOrDefault(word) & WordKinds.Given) == WordKinds.None)) words[word] = words.GetValueOrDefault(word) | WordKinds.GivenWord;
        var entries = lists.Towns.Select(words => (Words: words, Kind: "city")).Concat(lists.Organisations.Select(words => (Words: words,
            Kind: "facility"))).ToArray();
        foreach (var word in lists.Given.SelectMany(name => name)) words[word] = words.GetValueOrDefault(word) | WordKinds.Given;
        foreach (var word in lists.Surnames.SelectMany(name => name)) words[word] = words.GetValueOrDefault(word) | WordKinds.Surname;
        foreach (var (entry, _) in entries) words[entry[0]] = words.GetValueOrDefault(entry[0]) | WordKinds.OpensEntry;
        foreach (var word in lists.Keep.Where(kept => kept.Length == 1)) words[word[0]] = WordKinds.Common;
        _entries = entries.GroupBy(entry => entry.Words[0], StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(group => group.Key, group => group.ToArray(), StringComparer.OrdinalIgnoreCase);
        _phrases = Tables.Lines("lexicons/phrases").Concat(lists.Keep.SelectMany(Pairs)).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        foreach (var first in _phrases.Select(phrase => phrase.Split(' ')[0])) words[first] = words.GetValueOrDefault(first) | WordKinds.OpensPhrase;
        _words = words.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        _lookup = _words.GetAlternateLookup<ReadOnlySpan<char>>();
        _nicknames = Tables.Lines("lexicons/nicknames").Select(line => line.ToUpperInvariant().Split(' '))
            .SelectMany(line => line.Select(name => (name, line))).GroupBy(pair => pair.name, StringComparer.Ordinal)
            .ToFrozenDictionary(group => group.Key, group => group.SelectMany(pair =>
                pair.line).Distinct(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);
    }

    /// <summary>The lists as shipped.</summary>
    public static Lexicon Default { get; } = new(LexiconLists.None);

    private static (string Table, WordKinds Kind)[] Sources =>
    [
        ("given", WordKinds.Given), ("given-words", WordKinds.GivenWord), ("surnames", WordKinds.Surname), ("surname-words", WordKinds.SurnameWord),
        ("common", WordKinds.Common), ("titles", WordKinds.Title), ("labels", WordKinds.Label), ("relations", WordKinds.Relation),
        ("credentials", WordKinds.Credential), ("particles", WordKinds.Particle), ("towns", WordKinds.Town), ("clinical-after", WordKinds.ClinicalAfter),
        ("organisations", WordKinds.Organisation), ("verbs", WordKinds.Verb), ("brands", WordKinds.Common), ("institutions", WordKinds.Institution),
            ("vocabulary", WordKinds.Common), ("eponyms", WordKinds.Eponym), ("described", WordKinds.Described),
    ];

    /// <summary>"Ann Arbor" of "Ann Arbor staging": what stays is kept as pairs of words.</summary>
    private static IEnumerable<string> Pairs(string[] kept) => kept.Zip(kept.Skip(1), (first, second) => $"{first} {second}");

    /// <summary>Entries of the deployment's lists of places that start with a word.</summary>
    public ReadOnlySpan<(string[] Words, string Kind)> EntriesFrom(ReadOnlySpan<char> word) =>
        _entries.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var entries) ? entries : [];

    public WordKinds Of(ReadOnlySpan<char> word) => _lookup.TryGetValue(word, out var kinds) ? kinds : WordKinds.None;

    /// <summary>"Ann Arbor", "Bence Jones": two names that are one thing.</summary>
    public bool IsPhrase(ReadOnlySpan<char> first,
        ReadOnlySpan<char> second) => _phrases.GetAlternateLookup<ReadOnlySpan<char>>().Contains($"{first} {second}");

    public bool IsTitle(ReadOnlySpan<char> word) => (Of(word) & (WordKinds.Title | WordKinds.Credential)) != WordKinds.None;

    /// <summary>A word that charts use for something else than a person.</summary>
    public bool IsOrdinary(ReadOnlySpan<char> word) => (Of(word)
        & (WordKinds.Common | WordKinds.Organisation | WordKinds.Verb | WordKinds.GivenWord | WordKinds.SurnameWord
            | WordKinds.ClinicalAfter)) != WordKinds.None;

    public bool IsName(ReadOnlySpan<char> word) =>
        (Of(word) & (WordKinds.Given | WordKinds.GivenWord | WordKinds.Surname | WordKinds.SurnameWord)) != WordKinds.None;

    /// <summary>A word of charts that no list gives as a name.</summary>
    public bool IsNothingButOrdinary(ReadOnlySpan<char> word) => (Of(word) & (WordKinds.Common | WordKinds.Verb)) != WordKinds.None && !IsName(word);

    /// <summary>What else a person of this given name (upper case) may be called.</summary>
    public ReadOnlySpan<string> Nicknames(string name) => _nicknames.TryGetValue(name, out var names) ? names : [];
}

/// <summary>What a word may be. A word can be several things.</summary>
[Flags]
internal enum WordKinds
{
    None = 0,
    Given = 1,
    GivenWord = 2,
    Surname = 4,
    SurnameWord = 8,
    Common = 16,
    Title = 32,
    Label = 64,
    Relation = 128,
    Credential = 256,
    ClinicalAfter = 512,
    Particle = 1024,
    Town = 2048,
    Organisation = 4096,
    Verb = 8192,
    OpensPhrase = 16384,
    Institution = 32768,
    OpensEntry = 65536,
    Eponym = 131072,
    Described = 262144,
}
