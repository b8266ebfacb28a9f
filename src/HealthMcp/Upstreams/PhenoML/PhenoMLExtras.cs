using System.Text.RegularExpressions;
using HealthMcp.Http;
using HealthMcp.Upstreams.PhenoML.Outbound;
using HealthMcp.Upstreams.PhenoML.Providers;

namespace HealthMcp.Upstreams.PhenoML;

/// <summary>What the operator decides about calls to PhenoML besides the account. No model can set any of it.</summary>
internal sealed partial record PhenoMLExtras
{
    public const string OnBehalfOfSetting = "PHENOML_ON_BEHALF_OF";
    public const string ProviderTokensSetting = "PHENOML_FHIR_PROVIDER_TOKENS";

    public OutboundPolicy Outbound { get; init; } = OutboundPolicy.AsIs;

    /// <summary>X-Phenoml-On-Behalf-Of: <c>Patient/{uuid}</c> or <c>Practitioner/{uuid}</c>.</summary>
    public string? OnBehalfOf { get; init; }

    /// <summary>X-Phenoml-Fhir-Provider: <c>{fhir_provider_id}:{oauth2_token}</c>, several with commas.</summary>
    public string? ProviderTokens { get; init; }

    public ProviderSecrets Secrets { get; init; } = ProviderSecrets.None;

    /// <summary>Adds the headers that say for whom, and with which token, PhenoML asks a FHIR server.</summary>
    public UpstreamRequest Delegated(UpstreamRequest request)
    {
        if (OnBehalfOf is not null) request.Header("X-Phenoml-On-Behalf-Of", OnBehalfOf);
        if (ProviderTokens is not null) request.Header("X-Phenoml-Fhir-Provider", ProviderTokens);
        return request;
    }

    /// <summary>Reads the settings; each problem names the setting and never its value.</summary>
    /// <param name="setting">A setting by its name.</param>
    /// <param name="problems">Where problems go.</param>
    /// <param name="find">The passages of a text that identify.</param>
    public static PhenoMLExtras Read(Func<string, string?> setting, ICollection<string> problems, Func<string, IReadOnlyList<Passage>> find)
    {
        var (person, tokens) = (Given(setting(OnBehalfOfSetting)), Given(setting(ProviderTokensSetting)));
        if (person is not null && !Person().IsMatch(person)) problems.Add($"{OnBehalfOfSetting} must be Patient/UUID or Practitioner/UUID.");
        if (tokens is not null && !tokens.Split(',').All(token => Token().IsMatch(token.Trim())))
            problems.Add($"{ProviderTokensSetting} must be FHIR-PROVIDER-ID:TOKEN, several with commas between them.");
        return new PhenoMLExtras
        {
            Outbound = OutboundPolicy.Read(setting, problems) ? new OutboundPolicy(find) : OutboundPolicy.AsIs,
            OnBehalfOf = person,
            ProviderTokens = tokens,
            Secrets = ProviderSecrets.Read(setting, problems),
        };
    }

    /// <summary>Without values: a record would print them.</summary>
    public override string ToString() => nameof(PhenoMLExtras);

    private static string? Given(string? value) => value?.Trim() is { Length: > 0 } given ? given : null;

    [GeneratedRegex(@"\A(Patient|Practitioner)/[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Person();

    [GeneratedRegex(@"\A[A-Za-z0-9\-.]+:[\x21-\x2B\x2D-\x7E]+\z", RegexOptions.NonBacktracking)]
    private static partial Regex Token();
}
