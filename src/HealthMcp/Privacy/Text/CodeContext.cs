using System.Text.RegularExpressions;

namespace HealthMcp.Privacy;

/// <summary>Long numbers that are clinical: codes of terminologies, variants, trial numbers, doses and counts with their unit.</summary>
internal static partial class CodeContext
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;

    public static bool IsClinical(string text, int start, int length)
    {
        var value = text.AsSpan(start, length);
        var before = text.AsSpan(Math.Max(0, start - 30), Math.Min(30, start));
        var after = text.AsSpan(start + length, Math.Min(16, text.Length - start - length));
        return Form().IsMatch(value) || Before().IsMatch(before) || (value.IndexOfAnyExceptInRange('0', '9') < 0 && After().IsMatch(after))
            || IsPlainWord(value) || Trial().IsMatch(before);
    }

    /// <summary>A word with a few digits after it is a user name only with four letters and is no gene, drug or unit when longer.</summary>
    private static bool IsPlainWord(ReadOnlySpan<char> value)
    {
        var letters = value.IndexOfAnyInRange('0', '9');
        return letters > 0 && value.Length < 7 && value[letters..].IndexOfAnyExceptInRange('0', '9') < 0;
    }

    [GeneratedRegex(@"^(\d+(mg|mcg|ug|g|kg|ml|l|iu|units?|u|mm|cm|ms|mv|bpm|kcal|meq|mmol|copies|cells)(/.*)?|rs\d{3,12}|nct\d{8}|[a-z]\d{2}[a-z0-9]{0,4}|\d+[acgt]+>?[acgt]*|\d+_?\d*(del|ins|dup|inv)[acgt]*|chr[\dxy]+|grch\d+|hg\d+|[a-z]{3}\d{1,4}([a-z]{3}|\*|fs.*)?|covid\d+|g\d{1,2}p\d{1,4}(a\d)?|([a-z]\d){4,6}|cyp\d.*|(n[cgmprtw]|x[mp])_\d+|hla.*|brca\d|her\d|(ndc|icd|cpt|loinc|snomed|hcpcs|rxnorm|omim|pmid|cvx)[-:_].*)$", Options, PatternLimit.Milliseconds)]
    private static partial Regex Form();

    [GeneratedRegex(@"(snomed|sct|loinc|rxnorm|rxcui|icd|cpt|ndc|hcpcs|atc|cvx|omim|pmid|doi|code|codes|nct|uniprot|ensembl|chr\w{1,2}:|[gcmnp]\.)[\w\s-]{0,8}[\s:#(|""'=]{0,4}$|(?<!\dssn)[:.]$|(?<!<[^<>]{0,28})>$", Options, PatternLimit.Milliseconds)]
    private static partial Regex Before();

    /// <summary>DESTINY-Breast03, KEYNOTE-189: trials are called by a word in capitals and what was tried on.</summary>
    [GeneratedRegex(@"(?-i:\b[A-Z]{5,12})-$", Options, PatternLimit.Milliseconds)]
    private static partial Regex Trial();

    [GeneratedRegex(@"^\s?(cells?|copies|cfu|iu|units?|mg|mcg|g|ml|u|/|x\s?10|per|platelets|colonies|steps|kcal)(?![a-z])|^\s?/\s?(ml|ul|mm|l)", Options, PatternLimit.Milliseconds)]
    private static partial Regex After();
}
