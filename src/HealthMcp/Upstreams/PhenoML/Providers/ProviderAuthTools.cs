using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.PhenoML.Providers;

/// <summary>How PhenoML signs in to a FHIR server: another way, another active one, one less.</summary>
internal sealed class ProviderAuthTools(UpstreamClient client, ProviderSecrets secrets) : IToolSet
{
    private const string FindOut = "call get_fhir_provider and look at its auth_configs";

    private static readonly ToolDefinition ChangeAuth = new()
    {
        Name = "change_fhir_provider_auth",
        Title = "Change how PhenoML signs in to a FHIR server",
        Description = """
            Adds a way to sign in to a FHIR server (provider), makes one the active one, or removes one that is not active. To rotate a secret: add the new one,
            set it active, search something with provider_fhir_search to see that it works, remove the old one. A secret is never an argument: credentials names an
            entry of the operator's file. PhenoML signs in with the active one only, so a wrong one stops everything that uses the server: ask the user first.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = [ProviderToolSets.Write, ProviderToolSets.Read],
        Hints = new ToolHints(ReadOnly: false, Destructive: true, Idempotent: false, OpenWorld: true),
        NotSigned = "it is a setting of PhenoML, which programs read and no chart holds",
        Endpoints = [ProviderEndpoints.AddAuth, ProviderEndpoints.SetActiveAuth, ProviderEndpoints.RemoveAuth, ProviderEndpoints.Get],
        Input = ProviderJson.Default.ChangeProviderAuthInput,
        DataSchema = ProviderView.ChangeSchema,
    };

    public IEnumerable<Tool> Tools => [Tool.Writing<ChangeProviderAuthInput>(ChangeAuth, PlanAsync)];

    private async Task<WritePlan> PlanAsync(ChangeProviderAuthInput input, CallContext call, CancellationToken cancellation)
    {
        var add = input.Action == "add";
        if (add && (input.Auth is null || input.AuthConfigId is not null))
            throw CallFailureException.Invalid("auth", "To add give auth, and no auth_config_id: PhenoML makes the id.");
        if (!add && (input.AuthConfigId is null || input.Auth is not null))
            throw CallFailureException.Invalid("auth_config_id", "For set_active and remove give auth_config_id of get_fhir_provider, and no auth.");
        var records = new ProviderRecords(client, call);
        var seen = await records.GetAsync(input.Provider, cancellation);
        ProviderRecords.RequireOwn(seen);
        var auth = input.Auth is null ? null : new AuthBody(input.Auth, secrets, seen.Text("base_url"));
        auth?.Check();
        if (!add) CheckConfig(input, seen);
        var request = new UpstreamRequest(Endpoint(input.Action)).Route("fhir_provider_id", input.Provider);
        var planned = auth?.Planned() ?? new JsonObject { ["auth_config_id"] = input.AuthConfigId };
        return new WritePlan(request.Endpoint, request.Path(), PhenoMLBody.Bytes(planned))
        {
            Preview = PhenoMLBody.Bytes(Change(input, seen)),
            PreviewShape = ProviderView.ChangeShape,
            RecordVersion = seen.Text("last_updated"),
            Says = Says(input),
            Execute = (_, inner) => SendAsync(input, request with { Body = PhenoMLBody.Bytes(auth?.Sent() ?? planned) }, seen, records, call, inner),
        };
    }

    private async Task<UpstreamResult> SendAsync(
        ChangeProviderAuthInput input, UpstreamRequest request, JsonObject seen, ProviderRecords records, CallContext call, CancellationToken cancellation)
    {
        var lost = false;
        try
        {
            var answer = await client.SendAsync(request, call, cancellation, status => status is 402 or 403 or 404);
            if (answer.Status >= 400) throw PhenoMLFailures.Of(answer, "PhenoML has no such provider or auth config any more: read it again.",
                "auth_config_id");
        }
        catch (CallFailureException failure) when (UpstreamFailures.IsLost(failure, request.Endpoint))
        {
            lost = true;
        }

        JsonObject? now = null;
        try
        {
            now = await records.FindAsync(input.Provider, cancellation);
        }
        catch (CallFailureException)
        {
            // It may be written: failing to read it back must not look like a failed write.
        }

        var done = now is not null && IsDone(input, seen, now);
        if (lost && !done) throw UpstreamFailures.InDoubt(PhenoMLEndpoints.System, FindOut);
        return ProviderRecords.Changed(
            Change(input, now ?? seen),
            done,
            lost ? "PhenoML's answer was lost; the provider shows that it was done."
                : done ? null : "PhenoML accepted this, but it could not be read back to check it.",
            lost ? "already_written" : "done");
    }

    private static bool IsDone(ChangeProviderAuthInput input, JsonObject before, JsonObject now)
    {
        var known = ProviderView.Configs(before).Select(pair => pair.Id).ToHashSet(StringComparer.Ordinal);
        var configs = ProviderView.Configs(now).ToList();
        return input.Action switch
        {
            "add" => configs.Exists(pair => !known.Contains(pair.Id) && pair.Config.Text("auth_method") == input.Auth!.AuthMethod),
            "remove" => !configs.Exists(pair => pair.Id == input.AuthConfigId),
            _ => configs.Exists(pair => pair.Id == input.AuthConfigId && ProviderView.IsActive(pair.Config)),
        };
    }

    private static void CheckConfig(ChangeProviderAuthInput input, JsonObject provider)
    {
        var config = ProviderView.Configs(provider).Where(pair => pair.Id == input.AuthConfigId).Select(pair => pair.Config).FirstOrDefault()
            ?? throw new CallFailureException(FailureCodes.NotFound, "The provider has no such auth config: use an authcfg_… handle of get_fhir_provider.")
            {
                Argument = "auth_config_id",
            };
        if (!ProviderView.IsActive(config)) return;
        throw input.Action == "remove"
            ? CallFailureException.Invalid("auth_config_id", "This is the active auth config, which cannot be removed: set another one active first.")
            : new CallFailureException(FailureCodes.Conflict, "This auth config is the active one already: there is nothing to do.");
    }

    private static Endpoint Endpoint(string action) => action switch
    {
        "add" => ProviderEndpoints.AddAuth,
        "remove" => ProviderEndpoints.RemoveAuth,
        _ => ProviderEndpoints.SetActiveAuth,
    };

    private static string Says(ChangeProviderAuthInput input) => input.Action switch
    {
        "add" => $"Gives PhenoML one more way to sign in to this FHIR server, by {input.Auth!.AuthMethod}; it is not used until it is set active.",
        "remove" => "Removes one way to sign in to this FHIR server that is not active.",
        _ => "Has PhenoML sign in to this FHIR server with another auth config from now on.",
    };

    private static JsonObject Change(ChangeProviderAuthInput input, JsonObject provider) => new()
    {
        ["action"] = input.Action, ["auth_method"] = input.Auth?.AuthMethod, ["credentials"] = input.Auth?.Credentials, ["role"] = input.Auth?.Role,
        ["scopes"] = input.Auth?.Scopes, ["provider"] = ProviderView.Of(provider),
    };
}
