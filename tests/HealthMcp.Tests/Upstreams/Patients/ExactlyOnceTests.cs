using FsCheck;
using FsCheck.Fluent;
using HealthMcp.Catalog;
using static HealthMcp.Tests.Support.ToolCalls;

namespace HealthMcp.Tests.Upstreams.Patients;

/// <summary>Creates over a network that loses requests, and answers after the write.</summary>
public sealed class ExactlyOnceTests
{
    // Attempts that the client makes of a request that may be repeated.
    private const int Attempts = 3;

    private static readonly (string Tool, Func<int, string> Arguments, string List)[] Keyed =
    [
        ("record_vitals", i => $"\"date_taken\":\"2026-03-10\",\"respiration_rate\":{10 + i},\"weight_kg\":70.5", PatientsHarness.Vitals),
        ("record_allergy", i => $"\"allergy_definition_uuid\":\"a-1\",\"reaction\":\"hives {i}\"", $"{PatientsHarness.One}/allergies"),
        ("record_problem", i => $"\"disease_definition_uuid\":\"d-1\",\"patient_note\":\"note {i}\"", $"{PatientsHarness.One}/diseases"),
        ("record_medication", i => $"\"med_descript\":\"vitamin {i}\",\"dosage\":\"1 mg\"", $"{PatientsHarness.One}/medications"),
        ("set_patient_alert", i => $"\"alert_definition_uuid\":\"x-1\",\"note\":\"alert {i}\"", $"{PatientsHarness.One}/alerts"),
        ("log_communication", i => $"\"communication_datetime\":\"2026-03-10T10:00:00Z\",\"note\":\"call {i}\"", $"{PatientsHarness.One}/communication-logs"),
        ("link_patients", i => $"\"to_patient_uuid\":\"p-{i}\",\"relationship_type\":\"sibling\"", $"{PatientsHarness.One}/relationships"),
        ("create_patient", i => $"\"first_name\":\"Ann\",\"last_name\":\"Sample\",\"city\":\"Town {i}\"", PatientsHarness.List),
    ];

    [Fact]
    public void A_create_with_a_key_leaves_one_record_and_one_without_is_never_repeated()
    {
        var fates = Gen.Elements(Fate.Arrives, Fate.AnswerLost, Fate.AnswerBroken, Fate.RequestLost).ListOf(Attempts);
        var sequences = Gen.Choose(0, Keyed.Length).Zip(fates).ListOf(12);
        Prop.ForAll(Arb.From(sequences), steps => PlayAsync([.. steps]).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    [Fact]
    public async Task A_create_without_a_key_says_how_to_find_out()
    {
        var api = new ForgetfulPatients();
        api.Next([Fate.AnswerLost]);

        var failure = await Should.ThrowAsync<CallFailureException>(() => AttributeAsync(new PatientsHarness(api), 1));

        failure.Code.ShouldBe(FailureCodes.InDoubt);
        failure.Retryable.ShouldBeFalse();
        failure.Message.ShouldContain("call list_patient_records with kind referral-attributions");
        api.Writes.Count.ShouldBe(1);
    }

    private static async Task<bool> PlayAsync(IReadOnlyList<(int Kind, List<Fate> Fates)> steps)
    {
        var api = new ForgetfulPatients();
        var number = 0;
        foreach (var (kind, fates) in steps)
        {
            number++;
            var patients = new PatientsHarness(api);
            api.Next(fates);
            if (kind == Keyed.Length) await UnkeyedAsync(patients, api, fates[0], number);
            else await KeyedAsync(patients, api, Keyed[kind], fates, number);
        }

        return true;
    }

    private static async Task KeyedAsync(
        PatientsHarness patients, ForgetfulPatients api, (string Tool, Func<int, string> Arguments, string List) step, IReadOnlyList<Fate> fates, int number)
    {
        var who = step.Tool == "create_patient" ? "" : $"\"patient\":\"{PatientsHarness.Id}\",";
        var plan = await RunAsync<WritePlan>(patients.Tool(step.Tool), $$"""{{{who}}{{step.Arguments(number)}}}""");
        var before = Count(api, step.List);
        var arrives = fates.Any(fate => fate != Fate.RequestLost);

        var code = await CodeAsync(() => plan.Execute(KeyOf(number), CancellationToken.None));

        (Count(api, step.List) - before).ShouldBe(arrives ? 1 : 0, $"{step.Tool}: {string.Join(", ", fates)}");
        code.ShouldBe(arrives ? null : FailureCodes.InDoubt, $"{step.Tool}: {string.Join(", ", fates)}");
    }

    private static async Task UnkeyedAsync(PatientsHarness patients, ForgetfulPatients api, Fate fate, int number)
    {
        const string List = $"{PatientsHarness.One}/referral-attributions";
        var before = Count(api, List);

        var code = await CodeAsync(() => AttributeAsync(patients, number));

        api.Writes.Count.ShouldBe(1, $"sent again after {fate}");
        (Count(api, List) - before).ShouldBe(fate == Fate.RequestLost ? 0 : 1);
        code.ShouldBe(fate == Fate.Arrives ? null : FailureCodes.InDoubt);
    }

    private static async Task<UpstreamResult> AttributeAsync(PatientsHarness patients, int number)
    {
        var arguments = $$"""
            {"patient":"{{PatientsHarness.Id}}","attribution_role":"assist","provider_uuid":"v-1","source_note":"note {{number}}"}
            """;
        var plan = await RunAsync<WritePlan>(patients.Tool("record_attribution"), arguments);
        return await plan.Execute(KeyOf(number), CancellationToken.None);
    }

    private static async Task<string?> CodeAsync(Func<Task<UpstreamResult>> write)
    {
        try
        {
            (await write()).Write.ShouldNotBeNull().Verified.ShouldBeTrue();
            return null;
        }
        catch (CallFailureException failure)
        {
            return failure.Code;
        }
    }

    private static int Count(ForgetfulPatients api, string list) => api.Records.TryGetValue(list, out var rows) ? rows.Count : 0;

    private static Guid KeyOf(int number) => new(number, 0, 0, new byte[8]);
}
