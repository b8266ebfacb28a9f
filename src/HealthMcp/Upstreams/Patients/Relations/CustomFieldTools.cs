using System.Text.Json.Nodes;
using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.Patients.People;
using HealthMcp.Upstreams.Patients.Writing;

namespace HealthMcp.Upstreams.Patients.Relations;

/// <summary>The practice's own fields on a patient's record.</summary>
internal sealed class CustomFieldTools(PatientsApi api, PatientFinder finder) : IToolSet
{
    private const string Shape = "patients.field_value.any";

    private static readonly RecordPlace Place = new("set of custom fields", PeopleEndpoints.ListFieldValues, "field_value_uuid")
    {
        FindOut = "call list_patient_records with kind field-values",
    };

    private static readonly ToolDefinition Set = new()
    {
        Name = "set_custom_fields",
        Title = "Set a patient's custom fields",
        Description = """
            Sets or clears values of the practice's custom fields on one patient's record, several at once; fields that are not named stay as
            they are. Which fields there are and what they hold now: list_patient_records with kind field-form. The preview is bound to the
            values as they are now: if one changes in between, you get a new preview. Fields of the record itself (name, address…) are changed
            with update_patient. Example: {"patient":"pt_…","field_values":[{"field_definition_uuid":"fdef_…","value":"6 months"}]}.
            """,
        Toolset = PatientsEndpoints.System,
        Scopes = [PatientScopes.WriteRecords],
        Hints = new ToolHints(ReadOnly: false, Destructive: true, Idempotent: true, OpenWorld: false),
        NotSigned = "a custom field holds a value of its own type, which words of ours would change",
        Endpoints = [PeopleEndpoints.SetFieldValues, PeopleEndpoints.ListFieldValues, PatientsEndpoints.GetPatient],
        Input = RelationsJson.Default.SetCustomFieldsInput,
        DataSchema = RelationSchemas.Written,
    };

    public IEnumerable<Tool> Tools => [Tool.Writing<SetCustomFieldsInput>(Set, SetAsync)];

    public async Task<WritePlan> SetAsync(SetCustomFieldsInput input, CallContext call, CancellationToken cancellation)
    {
        var fields = CustomFields.Of(input.FieldValues);
        var patient = await finder.FindAsync(input.Patient, null, call, cancellation);
        var now = await CurrentAsync(patient.Id, call, cancellation);
        var body = new JsonObject { ["fields"] = new JsonArray([.. fields.Select(field => field.Row())]) }.Bytes();
        return new WritePlan(PeopleEndpoints.SetFieldValues, (await api.RequestAsync(PeopleEndpoints.SetFieldValues, patient.Id, cancellation)).Path(), body)
        {
            Preview = CustomFields.Preview(patient, fields, call.IdentifiersVisible),
            PreviewShape = Shape,
            ForPerson = CustomFields.Change(fields, now),
            FindOut = Place.FindOut,
            RecordVersion = CustomFields.Versions(now),
            Says = $"Sets {fields.Count(field => field.Value is not null)} and clears {fields.Count(field => field.Value is null)} custom fields "
                + $"of one patient in {api.Source.Kind} Patients.",
            Execute = (_, inner) => SendAsync(patient, fields, body, call, inner),
        };
    }

    private async Task<UpstreamResult> SendAsync(
        FoundPatient patient, IReadOnlyList<CustomField> fields, byte[] body, CallContext call, CancellationToken cancellation)
    {
        var lost = false;
        try
        {
            var request = await api.RequestAsync(PeopleEndpoints.SetFieldValues, patient.Id, cancellation) with { Body = body };
            await api.SendAsync(request, call, cancellation);
        }
        catch (CallFailureException failure) when (WriteFailures.IsLost(failure, repeatable: false))
        {
            lost = true;
        }

        var holds = await HoldsAsync(patient.Id, fields, call, cancellation);
        if (lost && holds != true) throw WriteFailures.InDoubt(Place);
        var shown = CustomFields.Preview(patient, fields, call.IdentifiersVisible);
        return UpstreamResult.Of(PatientsEndpoints.System, new Section(null, Shape, [shown]) { Single = true }) with
        {
            Write = new WriteOutcome(lost ? "already_written" : "done", holds == true),
            Notices = holds switch
            {
                true => [],
                false => ["The API accepted this, but the values that it lists differ: compare them with list_patient_records, kind field-values."],
                null => ["The values were stored but could not be read back to check them."],
            },
        };
    }

    private async Task<bool?> HoldsAsync(string patient, IReadOnlyList<CustomField> fields, CallContext call, CancellationToken cancellation)
    {
        try
        {
            return CustomFields.Hold(await CurrentAsync(patient, call, cancellation), fields);
        }
        catch (CallFailureException)
        {
            // It is written: failing to read it back must not look like a failed write.
            return null;
        }
    }

    private Task<IReadOnlyList<ReadOnlyMemory<byte>>> CurrentAsync(string patient, CallContext call, CancellationToken cancellation) =>
        new RecordReader(api, call).AllAsync(Place, patient, request => request, cancellation);
}
