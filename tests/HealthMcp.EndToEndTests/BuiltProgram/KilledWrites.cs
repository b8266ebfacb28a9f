using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using HealthMcp.Sandbox;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace HealthMcp.EndToEndTests.BuiltProgram;

/// <summary>One write of a storm: what was asked for, and what became of it.</summary>
/// <param name="Number">Marks it in the record.</param>
/// <param name="Tool">Tool that writes.</param>
/// <param name="Arguments">Without the confirmation.</param>
/// <param name="Keyed">The upstream knows it again: by a key, or by an id of ours.</param>
internal sealed record StormWrite(int Number, string Tool, string Arguments, bool Keyed)
{
    public string? Confirmation { get; set; }

    public string Outcome { get; set; } = "killed";

    /// <summary>When it was killed, the upstream had it already.</summary>
    public bool Arrived { get; set; }

    /// <summary>The sentence of a refusal.</summary>
    public string Said { get; set; } = "";

    public string Mark => $"storm-{Number}-end";
}

/// <summary>A sandbox that loses answers, and the built program on it as if it were live, which is killed in the middle of its writes.</summary>
internal sealed class KilledWrites : IAsyncDisposable
{
    private const string Attributions = "referral-attributions";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    private readonly Built _built = new();
    private readonly SandboxServer _sandbox;
    private readonly HttpClient _http = new();
    private Process? _process;
    private McpClient? _client;
    private string _patient = "";
    private string _other = "";

    private KilledWrites(SandboxServer sandbox) => _sandbox = sandbox;

    public static async Task<KilledWrites> StartAsync() => new(await SandboxServer.StartAsync(new SandboxOptions(), CancellationToken.None));

    public int Kills { get; private set; }

    /// <summary>How long the last write took that was let live: kills fall anywhere into it, however slow the machine.</summary>
    public TimeSpan Takes { get; private set; } = TimeSpan.FromMilliseconds(120);

    public Built Built => _built;

    private (string, string)[] Settings =>
    [
        ("PATIENTS_BASE_URL", _sandbox.Addresses.Patients.BaseUri.AbsoluteUri), ("PATIENTS_ORG_ID", _sandbox.Addresses.Patients.OrgId),
        ("PATIENTS_API_TOKEN", _sandbox.Addresses.Patients.ApiToken),
        ("XCURES_BASE_URL", _sandbox.Addresses.XCures.BaseUri.AbsoluteUri), ("XCURES_CLIENT_ID", _sandbox.Addresses.XCures.ClientId),
        ("XCURES_CLIENT_SECRET", _sandbox.Addresses.XCures.ClientSecret), ("XCURES_PROJECT_ID", _sandbox.Addresses.XCures.ProjectId),
        ("HEALTHMCP_WRITES", "confirm"), ("HEALTHMCP_TOOLSETS", "patients,xcures"),
        ("HEALTHMCP_SCOPES", "patients/records.read patients/records.write patients/vitals.read patients/vitals.write xcures/subjects.read xcures/subjects.write"),
    ];

    public StormWrite Write(int number)
    {
        var mark = $"storm-{number}-end";
        return (number % 3) switch
        {
            0 => new(number, "record_vitals", $$"""{"patient":"<patient>","date_taken":"2026-11-20","pulse":77,"note":"{{mark}}"}""", true),
            1 => new(number, "create_subjects", $$"""{"subjects":[{"firstName":"Stormy","lastName":"{{mark}}","birthDate":"1980-01-02"}]}""", true),
            _ => new(
                number,
                "record_attribution",
                $$"""{"patient":"<patient>","attribution_role":"assist","referring_patient_uuid":"<other>","source_note":"{{mark}}"}""",
                false),
        };
    }

    /// <summary>Previews, confirms, and kills the program when so much of the time has gone by that a write takes; null lets it live.</summary>
    public async Task StormAsync(StormWrite write, double? killAfter, bool lose)
    {
        var client = await ClientAsync();
        var preview = await CallAsync(client, write.Tool, Filled(write.Arguments));
        preview.TryGetProperty("write", out var shown).ShouldBeTrue(preview.GetRawText());
        write.Confirmation = shown.GetProperty("confirmation").GetString();
        if (lose) _sandbox.Faults.Next(write.Tool == "create_subjects" ? "xcures" : "patients", OperationOf(write), Fault.AnswerLost());
        var begun = Stopwatch.StartNew();
        var call = OutcomeAsync(client, write);
        if (killAfter is { } part)
        {
            await Task.Delay(Takes * part);
            await KillAsync();
            write.Arrived = _sandbox.Journal.Entries.Any(entry => entry.Method == "POST" && entry.Body.Contains(write.Mark, StringComparison.Ordinal));
        }

        write.Outcome = await call;
        if (killAfter is null && !lose) Takes = begun.Elapsed;
        _sandbox.Faults.Clear();
    }

    /// <summary>Repeats each confirmed call whose answer never came, as a client that was cut off would.</summary>
    public async Task RepeatAsync(IEnumerable<StormWrite> writes)
    {
        var client = await ClientAsync();
        await Task.WhenAll(writes.Select(async write => write.Outcome = await OutcomeAsync(client, write)));
    }

    /// <summary>How many records hold the mark of this write.</summary>
    public async Task<int> StoredAsync(StormWrite write)
    {
        if (write.Tool == "create_subjects")
        {
            var found = await CallAsync(await ClientAsync(), "search_subjects", $$"""{"firstName":"Stormy","lastName":"{{write.Mark}}"}""");
            return found.GetProperty("data").GetArrayLength();
        }

        return Regex.Count(await RecordsAsync(write.Tool == "record_vitals" ? "vital-signs" : Attributions), Regex.Escape(write.Mark));
    }

    public async Task<string> ListAsync() => (await _built.RunAsync(["writes", "list"], "", Settings)).Output;

    public async Task<int> ResolveAsync(string id) => (await _built.RunAsync(["writes", "resolve", id, "--not-written"], "", Settings)).ExitCode;

    /// <summary>What <c>audit verify</c> says; 0 when the chain is whole.</summary>
    public async Task<(int ExitCode, string Output)> VerifyAsync()
    {
        var ran = await _built.RunAsync(["audit", "verify"], "", Settings);
        return (ran.ExitCode, ran.Output);
    }

    public async Task<string> DoctorAsync() => (await _built.RunAsync(["doctor"], "", Settings)).Output;

    public async ValueTask DisposeAsync()
    {
        if (_client is not null) await _client.DisposeAsync();
        _built.Dispose();
        _http.Dispose();
        await _sandbox.DisposeAsync();
    }

    private static string OperationOf(StormWrite write) => write.Tool switch
    {
        "record_vitals" => "POST /api/v1/{org_id}/patients/{patient_uuid}/vital-signs",
        "create_subjects" => "POST /api/v1/patient-registry/subject",
        _ => "POST /api/v1/{org_id}/patients/{patient_uuid}/" + Attributions,
    };

    private async Task<string> RecordsAsync(string kind)
    {
        var all = "";
        for (var page = 1; ; page++)
        {
            var at = _sandbox.Addresses.Patients;
            using var request = new HttpRequestMessage(
                HttpMethod.Get, new Uri(at.BaseUri, $"api/v1/{at.OrgId}/patients/{await PatientIdAsync()}/{kind}?page={page}&page_size=100"));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", at.ApiToken);
            using var answer = await _http.SendAsync(request);
            answer.EnsureSuccessStatusCode();
            var text = await answer.Content.ReadAsStringAsync();
            all += text;
            var body = JsonElement.Parse(text);
            if (!body.TryGetProperty("total", out var total) || page * 100 >= total.GetInt32()) return all;
        }
    }

    private async Task<string> PatientIdAsync()
    {
        var at = _sandbox.Addresses.Patients;
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(at.BaseUri, $"api/v1/{at.OrgId}/patients?dob_from=1971-06-29&dob_to=1971-06-29"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", at.ApiToken);
        using var answer = await _http.SendAsync(request);
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("items").EnumerateArray()
            .First(row => row.GetProperty("last_name").GetString() == "Jones").GetProperty("id").GetString()!;
    }

    private async Task<McpClient> ClientAsync()
    {
        if (_client is not null) return _client;
        _process = _built.Begin(["--stdio"], Settings);
        _client = await McpClient.CreateAsync(new StreamClientTransport(_process.StandardInput.BaseStream, _process.StandardOutput.BaseStream));
        if (_patient.Length == 0)
        {
            _patient = await HandleAsync("Marissa", "Jones");
            _other = await HandleAsync("Justin", "Williams");
        }

        return _client;
    }

    private async Task<string> HandleAsync(string first, string last)
    {
        var found = await CallAsync(_client!, "search_patients", $$"""{"first_name":"{{first}}","last_name":"{{last}}"}""");
        return found.GetProperty("data")[0].GetProperty("id").GetString()!;
    }

    private string Filled(string arguments) =>
        arguments.Replace("<patient>", _patient, StringComparison.Ordinal).Replace("<other>", _other, StringComparison.Ordinal);

    // SIGKILL: nothing is flushed, released or said.
    private async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        await _client!.DisposeAsync();
        _client = null;
        Kills++;
    }

    private async Task<string> OutcomeAsync(McpClient client, StormWrite write)
    {
        try
        {
            var confirmed = $$"""{{Filled(write.Arguments)[..^1]}},"confirmation":"{{write.Confirmation}}"}""";
            var answer = await CallAsync(client, write.Tool, confirmed);
            if (answer.TryGetProperty("error", out var error)) write.Said = error.GetProperty("message").GetString()!;
            return answer.TryGetProperty("write", out var done)
                ? done.GetProperty("status").GetString()!
                : answer.GetProperty("error").GetProperty("code").GetString()!;
        }
        catch (Exception e) when (e is not ShouldAssertException and not TimeoutException)
        {
            return "killed";
        }
    }

    private static async Task<JsonElement> CallAsync(McpClient client, string tool, string arguments)
    {
        var given = JsonElement.Parse(arguments).EnumerateObject().ToDictionary(p => p.Name, p => (object?)p.Value, StringComparer.Ordinal);
        return (await client.CallToolAsync(tool, given).AsTask().WaitAsync(Patience)).StructuredContent!.Value;
    }
}
