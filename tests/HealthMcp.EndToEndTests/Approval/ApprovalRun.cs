using System.Text.Json.Nodes;
using HealthMcp.EndToEndTests.BuiltProgram;
using ModelContextProtocol.Client;
using static HealthMcp.EndToEndTests.Approval.PersonsBrowser;

namespace HealthMcp.EndToEndTests.Approval;

/// <summary>
/// Approval as people meet it: the built program over both transports, a client of each protocol version, and a browser without scripts that is used by
/// keyboard. Prints one line a check, and at the end how many passed.
/// </summary>
internal sealed class ApprovalRun(PersonsBrowser browser)
{
    private const string Show = "Show what is to be written";
    private static readonly string[] Identifying = ["Marissa", "Jones", "1971-06-29"];
    private static readonly string? Shots = Environment.GetEnvironmentVariable("HEALTHMCP_SHOTS");

    private int _passed;
    private int _failed;
    private int _pulse = 140;

    public static async Task<int> RunAsync(string script)
    {
        await using var browser = new PersonsBrowser(script);
        var run = new ApprovalRun(browser);
        foreach (var transport in new[] { "stdio", "http" }) await run.TransportAsync(transport);
        await run.CheckAsync("another caller's approval is none", run.OtherCallerAsync);
        await run.CheckAsync("a code comes before anything is shown", run.CodeAsync);
        await run.CheckAsync("an approval ends", run.ExpiredAsync);
        Console.WriteLine($"approval: {run._passed} passed, {run._failed} failed");
        return run._failed == 0 && run._passed > 10 ? 0 : 1;
    }

    private async Task TransportAsync(string transport)
    {
        using var built = new Built();
        var served = transport == "http" ? await built.ServeAsync(["--toolsets", "patients"], Approve) : null;
        foreach (var version in new[] { "2025-11-25", "2026-07-28", null })
        {
            var name = $"{transport}, {version ?? "a client that cannot ask"}";
            await CheckAsync(
                $"{name}: approved, written once, and the repeat gets the first answer", () => ApproveAsync(Transport(built, served), version, name));
            await CheckAsync($"{name}: declined", () => DeclineAsync(Transport(built, served), version, name));
        }

        await CheckAsync($"{transport}: an altered payload is another write", () => AlteredAsync(Transport(built, served)));
        await CheckAsync($"{transport}: a change is shown before and after", () => ChangeAsync(Transport(built, served)));
        await CheckAsync($"{transport}: nothing of the patient in log and audit, and the audit is whole", () => SilentAsync(built));
    }

    private static (string, string)[] Approve => [("HEALTHMCP_WRITES", "approve"), ("HEALTHMCP_TOOLSETS", "patients")];

    private static IClientTransport Transport(Built built, Uri? served) => served is not null
        ? new HttpClientTransport(new HttpClientTransportOptions { Endpoint = served })
        : new StdioClientTransport(new StdioClientTransportOptions
        {
            Command = built.Command[0],
            Arguments = [.. built.Command.Skip(1), "--stdio"],
            EnvironmentVariables = new Dictionary<string, string?>(built.Environment)
            {
                ["HEALTHMCP_WRITES"] = "approve", ["HEALTHMCP_TOOLSETS"] = "patients",
            },
        });

    private async Task ApproveAsync(IClientTransport transport, string? version, string window)
    {
        var pulse = ++_pulse;
        await using var client = await ApprovalClient.ConnectAsync(transport, version, async link =>
        {
            await PersonAsync(window, link, "Approve and write", pulse);
            return "accept";
        });
        var answer = await client.RecordAsync(pulse);
        if (version is null)
        {
            answer.Status().ShouldBe("approval_needed");
            await PersonAsync(window, answer.Link(), "Approve and write", pulse);
            answer = await client.RecordAsync(pulse);
        }

        answer.Status().ShouldBe("done", answer.GetRawText());
        (await client.RecordAsync(pulse)).GetProperty("data").GetRawText().ShouldBe(answer.GetProperty("data").GetRawText());
        (await client.StoredAsync(pulse)).ShouldBe(1);
        client.Links.Count.ShouldBe(version is null ? 0 : 1);
        foreach (var told in client.Told) foreach (var word in Identifying) told.ShouldNotContain(word);
        if (version is not null) string.Concat(client.Told).ShouldNotContain("/approve/");
    }

    private async Task DeclineAsync(IClientTransport transport, string? version, string window)
    {
        var pulse = ++_pulse;
        await using var client = await ApprovalClient.ConnectAsync(transport, version, async link =>
        {
            await PersonAsync(window, link, "Decline", pulse);
            return "accept";
        });
        var answer = await client.RecordAsync(pulse);
        if (version is null)
        {
            await PersonAsync(window, answer.Link(), "Decline", pulse);
            answer = await client.RecordAsync(pulse);
        }

        answer.Status().ShouldBe("approval_declined");
        (await client.StoredAsync(pulse)).ShouldBe(0);
    }

    /// <summary>Opens the page, reads it, and presses a button, all by keyboard.</summary>
    private async Task PersonAsync(string who, string link, string button, int pulse)
    {
        var window = $"{who} {pulse}";
        var closed = await browser.DoAsync(window, [Go(link), .. Photo(window, "closed")]);
        foreach (var word in Identifying) closed.Text.ShouldNotContain(word);
        var open = await browser.DoAsync(window, [Press(Show), .. Photo(window, "open")]);
        foreach (var word in (string[])[.. Identifying, $"{pulse}", "182", "At rest.", "Patients"]) open.Text.ShouldContain(word, Case.Sensitive, window);
        open.Said.ShouldBeEmpty();
        open.Asked.ShouldAllBe(asked => asked == link);
        open.Wide.ShouldBeFalse();
        var answered = await browser.DoAsync(window, [Press(button), .. Photo(window, "answered")]);
        answered.Title.ShouldContain(button == "Decline" ? "Declined" : "Approved");
    }

    private static JsonObject[] Photo(string window, string what) =>
        Shots is null ? [] : [Shot(Path.Combine(Shots, $"{string.Concat(window.Where(char.IsLetterOrDigit))}-{what}.png"))];

    private async Task AlteredAsync(IClientTransport transport)
    {
        var (pulse, other) = (++_pulse, ++_pulse);
        await using var client = await ApprovalClient.ConnectAsync(transport, null, _ => Task.FromResult("cancel"));
        await PersonAsync("altered", (await client.RecordAsync(pulse)).Link(), "Approve and write", pulse);

        (await client.RecordAsync(other)).Status().ShouldBe("approval_needed");
        (await client.StoredAsync(other)).ShouldBe(0);
        (await client.StoredAsync(pulse)).ShouldBe(0);
    }

    private async Task ChangeAsync(IClientTransport transport)
    {
        await using var client = await ApprovalClient.ConnectAsync(transport, null, _ => Task.FromResult("cancel"));
        var found = await client.CallAsync("search_patients", """{"first_name":"Justin","last_name":"Williams"}""");
        var patient = found.GetProperty("data")[0].GetProperty("id").GetString();
        var arguments = $$"""{"patient":"{{patient}}","city":"Hamilton Mountain","mobile_phone":"905-555-0188"}""";
        var link = (await client.CallAsync("update_patient", arguments)).Link();
        var open = await browser.DoAsync("change narrow", [Go(link), Press(Show), .. Photo("change narrow", "open")]);
        await browser.DoAsync("change narrow", Press("Approve and write"));

        foreach (var word in new[] { "Justin", "What changes", "City", "Hamilton Mountain", "fields that stay as they are" }) open.Text.ShouldContain(word);
        (await client.CallAsync("update_patient", arguments)).Status().ShouldBe("done");
        var wide = (await client.CallAsync("update_patient", arguments.Replace("Hamilton Mountain", "Dundas", StringComparison.Ordinal))).Link();
        await browser.DoAsync("change", [Go(wide), Press(Show), .. Photo("change", "open")]);
    }

    private static async Task SilentAsync(Built built)
    {
        var written = built.Read("audit.jsonl") + built.Logs();
        foreach (var word in (string[])[.. Identifying, "At rest"]) written.ShouldNotContain(word);
        written.ShouldContain("\"outcome\":\"approved\"");
        (await built.RunAsync(["doctor"])).Output.ShouldContain("audit     whole");
    }

    private async Task OtherCallerAsync()
    {
        using var built = new Built();
        var urls = new List<Uri>();
        var served = await built.ServeAsync([], Approve);
        foreach (var name in new[] { "ann", "ben" })
        {
            const string Scopes = "patients/vitals.write patients/vitals.read patients/records.read";
            string[] create = ["keys", "create", "--name", name, "--scopes", Scopes, "--public-url", served.ToString()];
            var made = await built.RunAsync(create, "", Approve);
            urls.Add(new Uri(made.Output.Trim()));
        }

        await using var ann = await ApprovalClient.ConnectAsync(Over(urls[0]), null, _ => Task.FromResult("cancel"));
        await using var ben = await ApprovalClient.ConnectAsync(Over(urls[1]), null, _ => Task.FromResult("cancel"));
        var pulse = ++_pulse;
        await PersonAsync("other", (await ben.RecordAsync(pulse)).Link(), "Approve and write", pulse);

        (await ann.RecordAsync(pulse)).Status().ShouldBe("approval_needed");
        (await ben.RecordAsync(pulse)).Status().ShouldBe("done");
    }

    private static HttpClientTransport Over(Uri address) => new(new HttpClientTransportOptions { Endpoint = address });

    private async Task CodeAsync()
    {
        using var built = new Built();
        var served = await built.ServeAsync([], [.. Approve, ("HEALTHMCP_APPROVAL_CODE", "north-wind-7")]);
        await using var client = await ApprovalClient.ConnectAsync(Over(served), null, _ => Task.FromResult("cancel"));
        var link = (await client.RecordAsync(++_pulse)).Link();
        var wrong = await browser.DoAsync("code narrow", [Go(link), Type("guess"), Press(Show), .. Photo("code", "wrong")]);
        foreach (var word in Identifying) wrong.Text.ShouldNotContain(word);
        wrong.Text.ShouldContain("not right");
        var open = await browser.DoAsync("code narrow", [Type("north-wind-7"), Press(Show), .. Photo("code narrow", "open")]);

        open.Text.ShouldContain("Marissa");
        open.Wide.ShouldBeFalse();
    }

    private async Task ExpiredAsync()
    {
        await using var late = await LateServer.StartAsync();
        await using var client = await ApprovalClient.ConnectAsync(Over(late.Endpoint), null, _ => Task.FromResult("cancel"));
        var pulse = ++_pulse;
        var link = (await client.RecordAsync(pulse)).Link();
        await browser.DoAsync("late dark", [Go(link), Press(Show), .. Photo("late dark", "open")]);
        late.Time.Ahead = TimeSpan.FromMinutes(16);

        (await browser.DoAsync("late dark", [Press("Approve and write"), .. Photo("late dark", "expired")])).Text.ShouldContain("This link does not work");
        (await client.RecordAsync(pulse)).Link().ShouldNotBe(link);
        (await client.StoredAsync(pulse)).ShouldBe(0);
    }

    private async Task CheckAsync(string name, Func<Task> check)
    {
        try
        {
            await check().WaitAsync(TimeSpan.FromSeconds(60));
            _passed++;
            Console.WriteLine($"ok      {name}");
        }
        catch (Exception e)
        {
            _failed++;
            Console.WriteLine($"FAILED  {name}: {e.GetType().Name} {e.Message}");
        }
    }
}
