using System.Runtime.CompilerServices;

namespace HealthMcp.Privacy;

/// <summary>
/// Objects of one answer that come again byte for byte, as codes, units and references do in a chart: what the first became is written again without
/// being read again. It forgets the older of what meets in one place, so that its size is bounded and nobody can send objects that make it slow.
/// </summary>
internal sealed class RepeatTable
{
    /// <summary>Bytes by which an object is found: to its first closing brace. What has none so early hardly comes twice.</summary>
    private const int LongestKey = 256;

    /// <summary>A longer object hardly comes twice, and holds shorter ones that do.</summary>
    private const int LongestObject = 2048;

    private const int MostSets = 4096;

    /// <summary>Objects of a field that are looked for before it is taken for one whose objects never repeat, such as a resource.</summary>
    private const int Patience = 48;

    // Hashes stand by themselves: nearly every object that does not come again is told by them alone.
    private readonly uint[] _hashes;
    private readonly Repeat[] _repeats;

    // By field. Two fields that share a place share their patience, which changes the time it takes and nothing else.
    private readonly sbyte[] _misses = new sbyte[1024];

    /// <param name="length">Of the answer in bytes.</param>
    public RepeatTable(int length)
    {
        var sets = 8;
        while (sets < MostSets && sets < length / 512) sets *= 2;
        (_hashes, _repeats) = (new uint[sets * 2], new Repeat[sets * 2]);
    }

    /// <summary>What an object is found by; null for one that need not be looked for.</summary>
    /// <param name="field">The field that it is the value of.</param>
    /// <param name="json">Begins with the object.</param>
    public uint? Hash(Field field, ReadOnlySpan<byte> json)
    {
        if (Misses(field) >= Patience) return null;
        var end = json[..Math.Min(json.Length, LongestKey)].IndexOf((byte)'}');
        return end < 0 ? null : SeededHash.Fold(json[..(end + 1)]);
    }

    /// <summary>What the object at <paramref name="start"/> became before; a null reference where it did not come in this place.</summary>
    /// <param name="hash">What <see cref="Hash"/> gave.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="json">The whole answer.</param>
    /// <param name="start">The object's brace.</param>
    public ref readonly Repeat Find(uint hash, in Place place, ReadOnlySpan<byte> json, int start)
    {
        var (proven, recent) = (Proven(hash), Proven(hash) + 1);
        ref var misses = ref Misses(place.Field);
        if (_hashes[proven] != hash || !Is(_repeats[proven], place, json, start))
        {
            misses++;
            if (_hashes[recent] != hash || !Is(_repeats[recent], place, json, start)) return ref Unsafe.NullRef<Repeat>();

            // What came twice stays before what came once, which is most.
            (_hashes[proven], _hashes[recent]) = (_hashes[recent], _hashes[proven]);
            (_repeats[proven], _repeats[recent]) = (_repeats[recent], _repeats[proven]);
        }

        misses = (sbyte)Math.Max(misses - 8, -64);
        return ref _repeats[proven];
    }

    /// <summary>Remembers what <see cref="Find"/> did not find.</summary>
    public void Add(uint hash, in Repeat repeat)
    {
        if (repeat.Length > LongestObject) return;
        var recent = Proven(hash) + 1;
        (_hashes[recent], _repeats[recent]) = (hash, repeat);
    }

    // An object's bytes tell where it ends, so one that begins with the bytes of another is that.
    private static bool Is(in Repeat known, in Place place, ReadOnlySpan<byte> json, int start) => known.Place.Is(place)
        && json[start..].StartsWith(json.Slice(known.Start, known.Length));

    private ref sbyte Misses(Field field) => ref _misses[field.Number & (_misses.Length - 1)];

    private int Proven(uint hash) => (int)(hash & (uint)((_hashes.Length >> 1) - 1)) << 1;
}
