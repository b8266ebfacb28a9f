using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.PhenoML.Providers;

/// <summary>FHIR servers that PhenoML is to know, or to forget.</summary>
internal sealed class ProviderSetupTools(UpstreamClient client, ProviderSecrets secrets) : IToolSet
{
    private const string FindOut = "call list_fhir_providers and look for it before anything is sent again";

    private static readonly ToolDefinition Save = new()
    {
        Name = "save_fhir_provider",
        Title = "Make a FHIR server known to PhenoML",
        Description = """
            Adds a FHIR server (provider) to PhenoML, with one way to sign in. PhenoML can then read and write what that account may there, so ask the user
            first. A secret is never an argument: credentials names an entry of the operator's file, and goes only to the base_url that it is for. PhenoML has no
            operation to change name or address: delete and add anew; for other ways to sign in use change_fhir_provider_auth. Needs a dedicated instance.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = [ProviderToolSets.Write, ProviderToolSets.Read],
        Hints = new ToolHints(ReadOnly: false, Destructive: false, Idempotent: false, OpenWorld: true),
        NotSigned = "it is a setting of PhenoML, which programs read and no chart holds",
        Endpoints = [ProviderEndpoints.Create, ProviderEndpoints.List, ProviderEndpoints.Get],
        Input = ProviderJson.Default.SaveFhirProviderInput,
        DataSchema = ProviderView.ChangeSchema,
    };

    private static readonly ToolDefinition Remove = new()
    {
        Name = "delete_fhir_provider",
        Title = "Remove a FHIR server from PhenoML",
        Description = """
            Removes a FHIR server (provider) from PhenoML with all its ways to sign in. Records in the server stay. Agents and workflows that use it will fail,
            and secrets must be entered anew to undo it, so ask the user first. To change only how PhenoML signs in use change_fhir_provider_auth.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = [ProviderToolSets.Write, ProviderToolSets.Read],
        Hints = new ToolHints(ReadOnly: false, Destructive: true, Idempotent: true, OpenWorld: false),
        NotSigned = "it is a setting of PhenoML, which programs read and no chart holds",
        Endpoints = [ProviderEndpoints.Delete, ProviderEndpoints.Get],
        Input = ProviderJson.Default.DeleteFhirProviderInput,
        DataSchema = ProviderView.ChangeSchema,
    };

    public IEnumerable<Tool> Tools => [Tool.Writing<SaveFhirProviderInput>(Save, SaveAsync), Tool.Writing<DeleteFhirProviderInput>(Remove, RemoveAsync)];

    private async Task<WritePlan> SaveAsync(SaveFhirProviderInput input, CallContext call, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(input.BaseUrl, UriKind.Absolute, out var address)
            || address.Scheme != Uri.UriSchemeHttps || address.UserInfo.Length > 0 || address.Query.Length > 0)
            throw CallFailureException.Invalid("base_url", "base_url must be an https address without a user, a query or a password in it.");
        var auth = new AuthBody(input.Auth, secrets, input.BaseUrl);
        auth.Check();
        var records = new ProviderRecords(client, call);
        if ((await records.AllAsync(cancellation)).Any(one => IsIt(one, input)))
            throw new CallFailureException(FailureCodes.Conflict,
                "PhenoML has a provider of this name at this address already: use change_fhir_provider_auth for it.");
        return new WritePlan(ProviderEndpoints.Create, new UpstreamRequest(ProviderEndpoints.Create).Path(), PhenoMLBody.Bytes(Body(input, auth.Planned())))
        {
            Preview = PhenoMLBody.Bytes(Change("add", input.Auth, new JsonObject
            {
                ["name"] = input.Name, ["description"] = input.Description, ["provider"] = input.Provider, ["base_url"] = input.BaseUrl,
            })),
            PreviewShape = ProviderView.ChangeShape,
            Says = $"Lets PhenoML read and write a {input.Provider} FHIR server with auth_method {input.Auth.AuthMethod}.",
            Warnings = input.Auth.Role == "admin" ? ["role admin lets PhenoML delete records there."] : [],
            Execute = (_, inner) => CreateAsync(input, auth, records, call, inner),
        };
    }

    private async Task<UpstreamResult> CreateAsync(
        SaveFhirProviderInput input, AuthBody auth, ProviderRecords records, CallContext call, CancellationToken cancellation)
    {
        var request = new UpstreamRequest(ProviderEndpoints.Create) { Body = PhenoMLBody.Bytes(Body(input, auth.Sent())) };
        JsonObject? made;
        try
        {
            var answer = await client.SendAsync(request, call, cancellation, status => status is 402 or 403);
            if (answer.Status >= 400) throw PhenoMLFailures.Of(answer, "", "provider");
            made = PhenoMLWriter.Read(answer, ProviderRecords.Data, FindOut);
        }
        catch (CallFailureException failure) when (UpstreamFailures.IsLost(failure, request.Endpoint))
        {
            // There was none of this name and address before, so one that is there now is this one.
            var found = await LookAsync(async () => (await records.AllAsync(cancellation)).FirstOrDefault(one => IsIt(one, input)));
            if (found is null) throw UpstreamFailures.InDoubt(PhenoMLEndpoints.System, FindOut);
            return ProviderRecords.Changed(
                Change("add", input.Auth, ProviderView.Of(found)), verified: true, "PhenoML's answer was lost; the list shows that the provider was made.",
                    "already_written");
        }

        var now = made.Text("id") is { } id ? await LookAsync(() => records.FindAsync(id, cancellation)) : null;
        var verified = now is not null && IsIt(now, input);
        return ProviderRecords.Changed(
            Change("add", input.Auth, ProviderView.Of(now ?? made)), verified, verified
                ? null : "The provider was made but could not be read back to check it.");
    }

    private async Task<WritePlan> RemoveAsync(DeleteFhirProviderInput input, CallContext call, CancellationToken cancellation)
    {
        var records = new ProviderRecords(client, call);
        var seen = await records.GetAsync(input.Provider, cancellation);
        ProviderRecords.RequireOwn(seen);
        var request = new UpstreamRequest(ProviderEndpoints.Delete).Route("fhir_provider_id", input.Provider);
        var change = new JsonObject { ["action"] = "delete", ["provider"] = ProviderView.Of(seen) };
        return new WritePlan(ProviderEndpoints.Delete, request.Path(), ReadOnlyMemory<byte>.Empty)
        {
            Preview = PhenoMLBody.Bytes(change),
            PreviewShape = ProviderView.ChangeShape,
            RecordVersion = seen.Text("last_updated"),
            Says = "Removes a FHIR server from PhenoML with all its ways to sign in; what uses it there will fail.",
            Execute = async (_, inner) =>
            {
                var answer = await SentAsync(request, call, inner);
                var gone = await LookAsync(() => records.FindAsync(input.Provider, inner), change) is null;
                if (answer is null && !gone) throw UpstreamFailures.InDoubt(PhenoMLEndpoints.System, FindOut);
                return ProviderRecords.Changed(change, gone, gone ? null : "PhenoML accepted this, but the provider is still listed: look again.");
            },
        };
    }

    // Null when the answer was lost.
    private async Task<UpstreamResponse?> SentAsync(UpstreamRequest request, CallContext call, CancellationToken cancellation)
    {
        try
        {
            var answer = await client.SendAsync(request, call, cancellation, status => status is 402 or 403 or 404);
            return answer.Status < 400 ? answer : throw PhenoMLFailures.Of(answer, "PhenoML has no such provider any more.", "provider");
        }
        catch (CallFailureException failure) when (UpstreamFailures.IsLost(failure, request.Endpoint))
        {
            return null;
        }
    }

    // A write that was sent is not made a failure by a look that fails.
    private static async Task<JsonObject?> LookAsync(Func<Task<JsonObject?>> look, JsonObject? otherwise = null)
    {
        try
        {
            return await look();
        }
        catch (CallFailureException)
        {
            return otherwise;
        }
    }

    private static bool IsIt(JsonObject provider, SaveFhirProviderInput input) =>
        provider.Text("name") == input.Name && provider.Text("provider") == input.Provider && provider.Text("base_url") == input.BaseUrl;

    private static JsonObject Body(SaveFhirProviderInput input, JsonObject auth)
    {
        var body = new JsonObject { ["name"] = input.Name };
        if (input.Description is not null) body["description"] = input.Description;
        body["provider"] = input.Provider;
        body["base_url"] = input.BaseUrl;
        body["auth"] = auth;
        return body;
    }

    private static JsonObject Change(string action, ProviderAuth auth, JsonObject provider) => new()
    {
        ["action"] = action, ["auth_method"] = auth.AuthMethod, ["credentials"] = auth.Credentials, ["role"] = auth.Role, ["scopes"] = auth.Scopes,
        ["provider"] = provider,
    };
}
