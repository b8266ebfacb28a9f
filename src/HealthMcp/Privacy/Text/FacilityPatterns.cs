using System.Text.RegularExpressions;

namespace HealthMcp.Privacy;

/// <summary>(B) Names of hospitals and clinics tell the town: withheld when de-identified.</summary>
internal static partial class FacilityPatterns
{
    public static void Find(string text, List<Found> found)
    {
        foreach (var match in Named().EnumerateMatches(text))
        {
            var name = text.Substring(match.Index, match.Length);
            if (TextToken.Split(name).Exists(word => !Lexicon.Default.Of(name.AsSpan(word.Start, word.Length)).HasFlag(WordKinds.Common)))
                found.Add(new Found("facility", match.Index, match.Index + match.Length, null));
        }
    }

    [GeneratedRegex(@"\b((St|Mt)\.\s)?([A-Z][A-Za-z'.&-]{1,20}[ ]){1,4}(Hospital|Clinic|Medical\s(Center|Centre|Group)|Health\s?(System|Center|Centre|Network)?|Healthcare|Hospice|Nursing\sHome|Infirmary|Sanatorium|Memorial|Rehabilitation\sCenter|University|Institute)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Named();
}
