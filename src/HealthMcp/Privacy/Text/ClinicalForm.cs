using System.Text.RegularExpressions;

namespace HealthMcp.Privacy;

/// <summary>
/// Words that no list knows and whose ending says that they are a drug, a disease, a germ or an adjective rather than a name. Only
/// for rules that would otherwise take any unknown word.
/// </summary>
internal static partial class ClinicalForm
{
    public static bool Fits(ReadOnlySpan<char> word) => word.Length > 4 && Ending().IsMatch(word);

    [GeneratedRegex(
        "(itis|therapy|therapies|osis|asis|esis|oma|omas|[ae]emia|emia|pathy|ectomy|otomy|ostomy|plasty|scopy|graphy|metry|gram|grams|uria|algia|plegia|paresis|trophy|trophic|philia|penia|plasia|cytes?|lysis|rrh?o?ea|rrhage|rrhagia|thenia|phasia|phagia|opia"
        + "|mab|nib|tecan|pril|olol|alol|statin|cillin|mycin|micin|azole|[ao]vir|vudine|[bt]idine|sartan|dipine|gliptin|gliflozin|glutide|triptan|setron|caine|zepam|zolam|bital|profen|oxacin|cycline|thiazide|semide|parin|xaban|grel|platin|taxel|rubicin|ciclib|parib|cept|lukast|terol|sone|solone|olone|onide|azine|apine|amine|phylline|dronate|ylate|hyclate|chloride|bromide|sulfate|phosphate|acetate|citrate|nitrate|oxide|formin|gabalin|pentin|oxetine|triptyline|trexed|trexate|mustine|bicin|limus|toin|xone|fenac|fibrate"
        + "|(?<!v)ic|ics|ical|ional|ural|oral|inal|eral|ental|dial|tial|cial|erial|atal|ative|itive|tive|sive|ous|[st]ion|sions?|tions?|ment|ments|ness|ity|ism|ance|ence|able|ible|ology|ologist|ular|eal|oid|oids|form"
        + "|um|us|osa|oides|iae|icum|ficile|cocci|bacter|virus|phage|ase|ose|[dilmnu]ator|iator|bitor|nitor|onists?|inists?|ologists|onary|inary|itary|atory|pulary|scopes?|meters?|kinase|antly|ently|ously|ively|ally(?<=(ic|on|in|er|or|ur|nt|m|u|i)ally)|inant|itant|istant|ultant|[ai]bly|ingly|edly|wardly|tely"
        + "|(?<=[bcdgknprstvwxz]|[oi]n|[ae]n|[eiou]r|[nst]t|[iou]t)ed(?<!fred|[aeiou]{2}ed|[hwy]ed)|genesis|gravis|itus|ized|ised|ated|ting|ying|sing|ling|wise|ward|ware)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, PatternLimit.Milliseconds)]
    private static partial Regex Ending();
}
