using HealthMcp.Catalog;
using HealthMcp.Upstreams.Patients.Definitions;
using HealthMcp.Upstreams.Patients.Registration;
using HealthMcp.Upstreams.Patients.Relations;
using HealthMcp.Upstreams.Patients.Writing;

namespace HealthMcp.Upstreams.Patients.People;

/// <summary>The tools about who the patients are, and what the practice keeps of them besides the medical record.</summary>
internal static class PeopleToolSets
{
    public static IReadOnlyList<IToolSet> Of(PatientsApi api, RecordPlans plans, PatientFinder finder, LookupGuesses guesses, TimeProvider time)
    {
        var (search, duplicates) = (new PatientSearch(api, guesses), new DuplicateCheck(api, guesses));
        return
        [
            new PatientTools(api, finder, search, time),
            new RecordTools(api, finder),
            new PopulationTools(api, duplicates),
            new RegistrationTools(api, plans, duplicates, search, time),
            new StatusTools(api),
            new ImportTools(api, duplicates, time),
            new AlertTools(api, plans, finder),
            new CommunicationTools(plans, finder, time),
            new RelationshipTools(api, plans, finder),
            new AttributionTools(api, plans, finder),
            new CustomFieldTools(api, finder),
            new DefinitionTools(api, plans),
        ];
    }
}
