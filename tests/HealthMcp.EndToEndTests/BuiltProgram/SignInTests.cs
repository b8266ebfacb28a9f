using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace HealthMcp.EndToEndTests.BuiltProgram;

/// <summary>The sign-in to the EHR with the built program, killed at the worst moment.</summary>
public sealed partial class SignInTests : IDisposable
{
    private const string Question = """{"type":"Condition","patient":"f1f3c73d-bb2a-4c72-b09b-885520ec7812"}""";
    private readonly Built _built = new();

    public void Dispose() => _built.Dispose();

    [Fact]
    public async Task Signs_in_calls_signs_out()
    {
        var settings = await SettingsAsync();

        (await LoginAsync(settings)).ShouldContain("Readable (22 of 24)");
        var done = await _built.RunAsync(["call", "drcloud_fhir_search", Question], "", settings);
        done.ExitCode.ShouldBe(0, done.Output + done.Error);
        (await _built.RunAsync(["doctor"], "", settings)).Output.ShouldContain("a person signed in on");
        (await _built.RunAsync(["logout", "drcloud"], "", settings)).Output.ShouldContain("has ended the sign-in");
    }

    [Fact]
    public async Task Killed_between_receiving_and_storing_the_next_call_says_what_to_do_and_a_new_sign_in_works()
    {
        var settings = await SettingsAsync("--token-seconds", "29");
        await LoginAsync(settings);
        var before = _built.Bytes("drcloud-session");
        using var endpoint = new SlowTokenEndpoint(new Uri(ValueOf(settings, "DRCLOUD_BASE_URL") + "oauth2/default/token"));
        var process = _built.Begin(["call", "drcloud_fhir_search", Question], [.. settings, ("DRCLOUD_TOKEN_URL", endpoint.Address.AbsoluteUri)]);

        // The server has exchanged the token; while the draft is held, nothing can be stored.
        await endpoint.AskedAsync();
        var noted = _built.Bytes("drcloud-session");
        noted.ShouldNotBe(before);
        using (_built.Hold("drcloud-session.draft"))
        {
            await endpoint.AnswerAsync();
            process.Kill();
            await process.WaitForExitAsync();
        }

        _built.Bytes("drcloud-session").ShouldBe(noted);
        var after = await _built.RunAsync(["call", "drcloud_fhir_search", Question], "", settings);
        after.ExitCode.ShouldBe(1);
        after.Output.ShouldContain("healthmcp login drcloud");
        await LoginAsync(settings);
        (await _built.RunAsync(["call", "drcloud_fhir_search", Question], "", settings)).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task Killed_before_the_server_was_reached_the_next_call_just_works()
    {
        var settings = await SettingsAsync("--token-seconds", "29");
        await LoginAsync(settings);
        using var endpoint = new SlowTokenEndpoint(null);
        var process = _built.Begin(["call", "drcloud_fhir_search", Question], [.. settings, ("DRCLOUD_TOKEN_URL", endpoint.Address.AbsoluteUri)]);

        await endpoint.AskedAsync();
        process.Kill();
        await process.WaitForExitAsync();

        var after = await _built.RunAsync(["call", "drcloud_fhir_search", Question], "", settings);
        after.ExitCode.ShouldBe(0, after.Output + after.Error);
    }

    private async Task<(string Name, string Value)[]> SettingsAsync(params string[] more) =>
        [.. (await _built.SandboxAsync(more)).Where(s => s.Name is "DRCLOUD_BASE_URL" or "DRCLOUD_CLIENT_ID" or "DRCLOUD_CLIENT_SECRET")];

    private async Task<string> LoginAsync((string Name, string Value)[] settings)
    {
        var process = _built.Begin(["login", "drcloud", "--no-browser"], settings);
        await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60));
        var address = new Uri((await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)))!);
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        var html = await browser.GetStringAsync(address);
        var fields = Hidden().Matches(html).Select(m => KeyValuePair.Create(m.Groups["name"].Value, WebUtility.HtmlDecode(m.Groups["value"].Value)));
        var agreement = new FormUrlEncodedContent(fields.Append(new("decision", "allow")));
        using var agreed = await browser.PostAsync(new Uri(address.GetLeftPart(UriPartial.Path)), agreement);
        (await browser.GetAsync(agreed.Headers.Location)).EnsureSuccessStatusCode();
        var rest = await process.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, rest + await process.StandardError.ReadToEndAsync());
        return rest;
    }

    private static string ValueOf((string Name, string Value)[] settings, string name) => settings.Single(s => s.Name == name).Value;

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]*)\" value=\"(?<value>[^\"]*)\">")]
    private static partial Regex Hidden();
}

/// <summary>
/// A token endpoint that passes one request on and gives the answer back when told. It closes the connection, so that the client's own close tells
/// that the client has read all of it.
/// </summary>
internal sealed class SlowTokenEndpoint : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task<(TcpClient Client, byte[] Answer)> _served;

    public SlowTokenEndpoint(Uri? real)
    {
        _listener.Start();
        _served = ServeAsync(real);
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/token");

    public Task AskedAsync() => _asked.Task.WaitAsync(TimeSpan.FromSeconds(60));

    /// <summary>Ends when the client has read the whole answer.</summary>
    public async Task AnswerAsync()
    {
        var (client, answer) = await _served.WaitAsync(TimeSpan.FromSeconds(60));
        var stream = client.GetStream();
        await stream.WriteAsync(answer);
        client.Client.Shutdown(SocketShutdown.Send);
        try
        {
            await stream.ReadAsync(new byte[1]).AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        }
        catch (IOException)
        {
            // Closed without ceremony, and closed all the same.
        }
    }

    public void Dispose() => _listener.Dispose();

    private async Task<(TcpClient Client, byte[] Answer)> ServeAsync(Uri? real)
    {
        var client = await _listener.AcceptTcpClientAsync();
        var (head, body) = await RequestAsync(client.GetStream());
        var answer = real is null ? [] : await PassOnAsync(real, head, body);
        _asked.TrySetResult();
        return (client, answer);
    }

    private static async Task<(string Head, string Body)> RequestAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[8192];
        while (true)
        {
            var read = await stream.ReadAsync(buffer);
            text.Append(Encoding.ASCII.GetString(buffer, 0, read));
            var whole = text.ToString();
            var end = whole.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end < 0) continue;
            var length = int.Parse(Regex.Match(whole, @"(?<=Content-Length: )\d+", RegexOptions.IgnoreCase).Value);
            if (whole.Length - end - 4 >= length) return (whole[..end], whole[(end + 4)..]);
        }
    }

    private static async Task<byte[]> PassOnAsync(Uri real, string head, string body)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, real)
        {
            Content = new StringContent(body, Encoding.ASCII, "application/x-www-form-urlencoded"),
        };
        var basic = Regex.Match(head, "(?<=Authorization: )Basic [^\r]+", RegexOptions.IgnoreCase);
        if (basic.Success) request.Headers.TryAddWithoutValidation("Authorization", basic.Value);
        using var response = await http.SendAsync(request);
        var answer = await response.Content.ReadAsByteArrayAsync();
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        const string Head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n";
        return [.. Encoding.ASCII.GetBytes($"{Head}Content-Length: {answer.Length}\r\n\r\n"), .. answer];
    }
}
