using System.Collections.Frozen;
using System.Text;

namespace HealthMcp.Privacy;

/// <summary>Letters of other scripts that look like Latin ones.</summary>
internal static class Homoglyphs
{
    // Pairs: look-alike, Latin. Greek letters that are symbols of medicine (alpha, beta, mu…) are left as they are.
    private const string Pairs =
        "АAВBСCЕEНHІIЈJКKМMОOРPЅSТTХXУYЗ3аaсcеeіiјjоoрpѕsхxуyһhԁdԛqԝwгrпnтtмmкkвbнh" +
        "ΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXοoνvιiρp" +
        "ɑaɡgıiłlŁLøoØOđdĐDƒf‐-‑-‒-–-—-―-−-’'‘'ʼ'′'“\"”\"․.⁄/∕/：:＠@";

    private static readonly FrozenDictionary<int, string> Map = Pairs.EnumerateRunes().Chunk(2).DistinctBy(pair => pair[0].Value)
        .ToFrozenDictionary(pair => pair[0].Value, pair => pair[1].ToString());

    public static string? Latin(Rune rune) => Map.TryGetValue(rune.Value, out var letter) ? letter : null;
}
