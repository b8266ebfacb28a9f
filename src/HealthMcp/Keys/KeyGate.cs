using System.Net;
using HealthMcp.Hosting;
using HealthMcp.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace HealthMcp.Keys;

/// <summary>
/// Lets in who brings an active key from a network that it allows. Whatever is wrong, the answer is the same empty 404 that a path without
/// anything gives, so that nobody learns whether a key ever was one.
/// </summary>
internal sealed class KeyGate(KeyDoor door, KeyRules rules, Func<HttpContext, IPAddress?> addressOf, ILogger<KeyGate> log)
{
    private static readonly AuthenticationOutcome Nothing = AuthenticationOutcome.Refuse(StatusCodes.Status404NotFound, body: "");

    /// <summary>Asks <paramref name="others"/> about requests that came another way than with a key.</summary>
    public Func<HttpContext, ValueTask<AuthenticationOutcome>> Before(Func<HttpContext, ValueTask<AuthenticationOutcome>> others) =>
        context => PresentedKey.Of(context) is { } presented ? ValueTask.FromResult(Check(context, presented)) : others(context);

    private AuthenticationOutcome Check(HttpContext context, string presented)
    {
        if (Find(presented) is not { } key || !KeyTerms.Allows(key.Networks, addressOf(context))) return Nothing;
        if (!rules.PlainText && !PrivateWay.Leads(context))
        {
            log.LogWarning("Key {KeyId} came over plain http and was refused: others may have seen it, so make a new one", key.Id);
            return Nothing;
        }

        var outcome = rules.Callers.Admit(KeyCaller.Of(key, rules.Configured));
        if (outcome.Refused) return outcome;
        door.Use.Note(key.Id);
        door.Open.Watch(key.Id, context);
        return outcome;
    }

    private RegistrationKey? Find(string presented)
    {
        try
        {
            return presented.Length == KeyText.Length ? door.Keys.Find(presented) : null;
        }
        catch (StorageException)
        {
            log.LogError("The registration keys cannot be read; a caller with a key was refused");
            return null;
        }
    }
}
