using System.Globalization;
using System.Text.RegularExpressions;

namespace HealthMcp.Http;

/// <summary>What an answer's headers say of work that is not finished yet. Figures and addresses only: texts of a header are the upstream's own.</summary>
internal static partial class AnswerHeaders
{
    public static UpstreamResponse Of(HttpResponseMessage from, UpstreamResponse to, TimeProvider time) => to with
    {
        Location = from.Content.Headers.ContentLocation is { IsAbsoluteUri: true } place ? place : null,
        Created = from.Headers.Location?.OriginalString,
        RetryAfter = Resilience.Asked(from.Headers.RetryAfter, time),
        Expires = from.Content.Headers.Expires,
        Percent = from.Headers.TryGetValues("X-Progress", out var said) && Share().Match(string.Join(' ', said)) is { Success: true } match
            ? Math.Min(100, int.Parse(match.Groups["share"].ValueSpan, CultureInfo.InvariantCulture))
            : null,
    };

    [GeneratedRegex(@"(?<![\d.])(?<share>\d{1,3})(\.\d{1,6})? ?%", RegexOptions.ExplicitCapture)]
    private static partial Regex Share();
}
