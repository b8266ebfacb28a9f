using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HealthMcp.Storage;

namespace HealthMcp.Audit;

/// <summary>How many distinct patients one caller may be told of.</summary>
/// <param name="PerHour">Within any 60 minutes; null for no limit.</param>
/// <param name="PerDay">Within any 24 hours; null for no limit.</param>
internal sealed record BudgetLimits(int? PerHour, int? PerDay)
{
    public bool IsNone => PerHour is null && PerDay is null;
}

/// <summary>
/// Counts the patients that each caller was told of, for all processes and instances, and across restarts: an agent that was led astray reads a few
/// charts and not the whole clinic. Kept are keyed hashes and times only, in two rows of which one is today's and one yesterday's.
/// </summary>
internal sealed class DisclosureBudget(IDataStore store, KeyFile keys, TimeProvider time)
{
    public const string EvenDays = "budget.even";
    public const string OddDays = "budget.odd";
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private readonly byte[] _key = keys.Derive("budget/caller");
    private readonly Lock _gate = new();
    private readonly BudgetRow[] _rows = [new(EvenDays), new(OddDays)];

    /// <summary>
    /// Takes the patients from the caller's budget, all or, when they do not fit, none. Patients of the last hour cost nothing.
    /// </summary>
    /// <param name="caller">Key of the caller.</param>
    /// <param name="persons">Marks of the patients.</param>
    /// <param name="limits">What the caller has.</param>
    /// <returns>Null, or which limit stands in the way.</returns>
    public BudgetRefusal? Spend(string caller, IReadOnlyCollection<SubjectMark> persons, BudgetLimits limits) => Ask(caller, persons, limits, Taking.WhatFits);

    /// <summary>Takes them whether they fit or not: of these the caller is told in any case.</summary>
    public void Count(string caller, IReadOnlyCollection<SubjectMark> persons, BudgetLimits limits) => Ask(caller, persons, limits, Taking.All);

    /// <summary>The same question without taking anything.</summary>
    public BudgetRefusal? Check(string caller, IReadOnlyCollection<SubjectMark> persons, BudgetLimits limits) => Ask(caller, persons, limits, Taking.None);

    private BudgetRefusal? Ask(string caller, IReadOnlyCollection<SubjectMark> persons, BudgetLimits limits, Taking taking)
    {
        if (persons.Count == 0 || limits.IsNone) return null;
        var who = HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(caller)).AsSpan(0, BudgetRow.HashSize).ToArray();
        var now = time.GetUtcNow();
        lock (_gate)
        {
            if (Fresh(who, persons, now).Count == 0) return null;
            var day = now.UtcTicks / TimeSpan.TicksPerDay;

            // One lock after the other: around midnight who still is in yesterday and who is in today already would wait for each other.
            _rows[(day + 1) % 2].FollowOther(store, day - 1);
            using var held = store.Hold(_rows[day % 2].Name);
            _rows[day % 2].Follow(held, day);
            var fresh = Fresh(who, persons, now);
            var refusal = Refusal(limits.PerHour, Seen(who, now - Hour), fresh, "hour", "HEALTHMCP_PATIENTS_PER_HOUR")
                ?? Refusal(limits.PerDay, Seen(who, now - Day), fresh, "day", "HEALTHMCP_PATIENTS_PER_DAY");
            var takes = taking == Taking.All || (taking == Taking.WhatFits && refusal is null);
            if (takes && fresh.Count > 0) _rows[day % 2].Add(held, who, fresh, now);
            return refusal;
        }
    }

    // Whom the caller was told of within the window is no further patient, also where more than the limit were counted.
    private static BudgetRefusal? Refusal(int? most, HashSet<string> seen, List<string> fresh, string window, string setting) =>
        most is { } limit && fresh.Count(mark => !seen.Contains(mark)) is var further and > 0 && seen.Count + further > limit
            ? new BudgetRefusal(limit, window, setting)
            : null;

    private List<string> Fresh(byte[] who, IEnumerable<SubjectMark> persons, DateTimeOffset now)
    {
        var seen = Seen(who, now - Hour);
        return [.. persons.Select(person => person.Text).Distinct(StringComparer.Ordinal).Where(mark => !seen.Contains(mark))];
    }

    private HashSet<string> Seen(byte[] who, DateTimeOffset since) =>
        [.. _rows.SelectMany(row => row.Of(Convert.ToHexString(who))).Where(one => one.Value > since).Select(one => one.Key)];
}

/// <summary>Which patients are taken from a budget.</summary>
internal enum Taking
{
    None,
    WhatFits,
    All,
}

/// <summary>A limit that is reached.</summary>
internal sealed record BudgetRefusal(int Limit, string Window, string Setting)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"This caller has been told of as many patients as it may within one {Window} ({Limit}): go on with those, or wait; the operator can raise {Setting}.");
}

/// <summary>The entries of one day: 8 bytes of its number, then for each entry caller, mark and time. Appended only, and followed as it grows.</summary>
internal sealed class BudgetRow(string name)
{
    public const int HashSize = 16;
    private const int HeaderSize = sizeof(long);
    private const int EntrySize = HashSize + HashSize + sizeof(long);

    private readonly Dictionary<string, Dictionary<string, DateTimeOffset>> _callers = new(StringComparer.Ordinal);
    private long _day = -1;
    private long _read;

    public string Name => name;

    public IReadOnlyDictionary<string, DateTimeOffset> Of(string caller) =>
        _callers.TryGetValue(caller, out var marks) ? marks : new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);

    /// <summary>Reads what others added; a row of an earlier day is emptied and begun anew.</summary>
    public void Follow(IHeldBytes held, long day)
    {
        if (held.Length < HeaderSize || DayOf(held) < day)
        {
            held.Truncate(0);
            var header = new byte[HeaderSize];
            BinaryPrimitives.WriteInt64LittleEndian(header, day);
            held.Append(header);
        }

        // An entry that a crash cut short was granted to nobody.
        var torn = (held.Length - HeaderSize) % EntrySize;
        if (torn > 0) held.Truncate(held.Length - torn);
        ReadOn(held, DayOf(held));
    }

    /// <summary>The same for the row of the day before, which nobody has to have begun.</summary>
    public void FollowOther(IDataStore store, long day)
    {
        if (store.LengthOf(name) is not { } length || length < HeaderSize || (_day == day && length == _read)) return;
        using var held = store.HoldToRead(name);
        ReadOn(held, DayOf(held));
    }

    public void Add(IHeldBytes held, byte[] caller, IEnumerable<string> marks, DateTimeOffset now)
    {
        using var entries = new MemoryStream();
        var ticks = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(ticks, now.UtcTicks);
        foreach (var mark in marks)
        {
            entries.Write(caller);
            entries.Write(System.Buffers.Text.Base64Url.DecodeFromChars(mark));
            entries.Write(ticks);
        }

        held.Append(entries.GetBuffer().AsSpan(0, (int)entries.Length));
        ReadOn(held, _day);
    }

    private static long DayOf(IHeldBytes held) => BinaryPrimitives.ReadInt64LittleEndian(held.Read(0, HeaderSize));

    private void ReadOn(IHeldBytes held, long day)
    {
        if (day != _day || held.Length < _read)
        {
            _callers.Clear();
            (_day, _read) = (day, HeaderSize);
        }

        var bytes = held.Read(_read).AsSpan();
        for (; bytes.Length >= EntrySize; bytes = bytes[EntrySize..], _read += EntrySize)
        {
            var caller = Convert.ToHexString(bytes[..HashSize]);
            if (!_callers.TryGetValue(caller, out var marks)) _callers[caller] = marks = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
            var mark = System.Buffers.Text.Base64Url.EncodeToString(bytes.Slice(HashSize, HashSize));
            marks[mark] = new DateTimeOffset(BinaryPrimitives.ReadInt64LittleEndian(bytes[(2 * HashSize)..]), TimeSpan.Zero);
        }
    }
}
