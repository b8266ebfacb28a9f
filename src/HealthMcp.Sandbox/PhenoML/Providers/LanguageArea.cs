using HealthMcp.Sandbox.PhenoML.Language;
using HealthMcp.Sandbox.Serving;

namespace HealthMcp.Sandbox.PhenoML.Providers;

/// <summary>Text to FHIR, and the FHIR servers that it is stored in and searched from.</summary>
internal sealed class LanguageArea(TimeProvider time)
{
    public IEnumerable<Operation> Operations
    {
        get
        {
            var (profiles, providers) = (new ProfileShelf(), new ProviderBook(time));
            return
            [
                .. new LanguageOperations(profiles).Operations,
                .. new StoringOperations(profiles, providers).Operations,
                .. new ProviderOperations(providers).Operations,
                .. new ProxyOperations(providers).Operations,
            ];
        }
    }
}
