namespace HealthMcp.Access.Tokens;

/// <summary>Puts the check together that the settings ask for.</summary>
internal static class TokenChecks
{
    /// <param name="resource">The address of the endpoint, as clients name it: the audience that tokens are asked for with (RFC 8707).</param>
    public static ITokenCheck Build(AuthSettings settings, string resource, HttpMessageInvoker http, TimeProvider time)
    {
        var rules = new ClaimRules(settings, [resource, .. settings.Audiences], time);
        var asking = new IssuerHttp(http, time);
        if (settings.Mode == AuthMode.Introspection)
        {
            var issuer = settings.Issuers[0];
            return new IntrospectionCheck(issuer, settings.Client!, rules, new IssuerMetadata(issuer, asking), asking, time);
        }

        return new JwtValidator(
            rules,
            settings.Issuers.Distinct(StringComparer.Ordinal).ToDictionary(
                issuer => issuer,
                issuer => new KeyRing(new IssuerMetadata(issuer, asking), asking, time),
                StringComparer.Ordinal));
    }
}
