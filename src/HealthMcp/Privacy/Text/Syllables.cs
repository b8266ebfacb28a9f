using System.Collections.Frozen;

namespace HealthMcp.Privacy;

/// <summary>
/// The syllables that Korean and Chinese given names are made of, as they are written in Latin letters: two of them with a hyphen beside a family
/// name of there are a name however they are written.
/// </summary>
internal static class Syllables
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Given = Set(
        "ah ae bae baek beom bin bo bok bom bong byeong byung chae chan chang cheol chi chin cho chol chul chun chung da dae dan deok do doh dong du duk eon eui eul "
        + "eun ga gang geon geum gi gil go gook gu guk gun gwan gwang gyeong gyu gyun ha hae hak han hee heon hi ho hong hoon hui hun hwa hwan hye hyeok hyeon hyo "
        + "hyon hyuk hyun hyung ik il im in ja jae jang je jeong jeung ji jin jo jong joo joon ju jun jung ki kil koo ku kun kwan kwang kwon kyeong kyo kyoung kyu "
        + "kyun kyung man mi min mo moon mu mun myeong myung na nam nan no ok pil ra rae ran rang ri rin rim ro ryeong sam san sang se seo seok seol seon seong seung "
        + "shik shin sik sim so sol song soo sook su suk sun sung tae taek tak u uk un ung wan won woo wook woon ye yeon yeong yi yo yong yoo yoon you young yu yul "
        + "yun bao bing chen cheng chia chien chih ching chuan chung fang fei fen feng fong fu guo hao heng hsi hsiang hsiao hsin hua huan huang hui jen jia jian "
        + "jiang jie jing juan jui kai kang keung kit kuan kuang kuo kwok lai lam lan lei li lian liang lin ling long lun luo man mei ming nai nian pei peng ping po "
        + "qi qian qiang qin qing rong ru rui shan shao shen sheng shi shu shuang sin siu siew tai tao tian ting to tsung tung tzu wai wan wei wen wing xi xia xian "
        + "xiang xiao xin xing xiu xue xun ya yan yang yao yee yen yin ying yue yuan yuet yuk yung ze zhen zheng zhi zhong zi");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Family = Set(
        "kim lee park pak choi choe jung jeong chung kang cho yoon yun jang chang lim im han oh seo suh shin kwon hwang ahn an song yoo yu hong moon yang bae paik "
        + "baek heo hur nam noh roh ha joo chu cha koo ku min ryu yoo na jin eom um won bang byun pyo chen wang li zhang liu huang zhao wu zhou xu sun ma zhu hu guo "
        + "he lin gao luo cheng chan wong ho lau cheung leung tsai hsu tseng hsieh lai yeh chou kuo fang tan ng chua goh ong teo yap yeo chow ip kwok lam fung tam "
        + "tang tsang yip yuen mak ko lo tsui");

    /// <summary>The words of the name whose hyphen stands after a word; a last of 0 when there is none.</summary>
    public static (int First, int Last) Name(Words words, int at)
    {
        if (words.Between(at) is not "-" || !Given.Contains(words.Span(at)) || !Given.Contains(words.Span(at + 1))) return default;
        if (at > 0 && words.Between(at - 1) is " " or ", " && Family.Contains(words.Span(at - 1))) return (at - 1, at + 1);
        return at + 2 < words.Count && words.Between(at + 1) is " " && Family.Contains(words.Span(at + 2)) ? (at, at + 2) : default;
    }

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Set(string words) =>
        words.Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
}
