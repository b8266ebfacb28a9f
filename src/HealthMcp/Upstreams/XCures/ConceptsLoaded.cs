using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Http;

namespace HealthMcp.Upstreams.XCures;

/// <summary>Whether xCures is done with a subject's concepts: before that, what it answers from them is not complete.</summary>
internal static class ConceptsLoaded
{
    /// <summary>A sentence for the caller, or null when all is there. Its own failure must not cost the answer.</summary>
    public static async Task<string?> NoticeAsync(UpstreamClient xcures, string subject, CallContext call, CancellationToken cancellation)
    {
        try
        {
            var answer = await xcures.SendAsync(new UpstreamRequest(XCuresEndpoints.ConceptsStatus).Route("id", subject), call, cancellation);
            return answer.Read(Loaded)
                ? null
                : "xCures has not finished preparing this subject's clinical concepts: what is missing here may still appear; ask again in a few minutes.";
        }
        catch (CallFailureException)
        {
            return "Whether xCures has finished preparing this subject's clinical concepts could not be checked: what is missing here may still appear.";
        }
    }

    private static bool Loaded(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.TryGetProperty("loaded", out var loaded) && loaded.GetBoolean();
    }
}
