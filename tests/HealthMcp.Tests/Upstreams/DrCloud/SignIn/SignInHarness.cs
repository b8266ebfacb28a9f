using System.Net;
using System.Text.RegularExpressions;
using HealthMcp.Http;
using HealthMcp.Sandbox;
using HealthMcp.Storage;
using HealthMcp.Tests.Support;
using HealthMcp.Upstreams.DrCloud;
using HealthMcp.Upstreams.DrCloud.SignIn;

namespace HealthMcp.Tests.Upstreams.DrCloud.SignIn;

/// <summary>The sandbox's EHR, a browser for it, and a data folder with a clock that only tests move.</summary>
internal sealed partial class SignInHarness : IAsyncDisposable
{
    private readonly HttpClient _browser = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    private readonly TimeProvider _clock;
    private readonly World? _world;

    private SignInHarness(SandboxServer sandbox, TimeProvider clock, World? world) => (Sandbox, _clock, _world) = (sandbox, clock, world);

    public SandboxServer Sandbox { get; }

    public Support.ManualTime Time => (Support.ManualTime)_clock;

    public TempFolder Folder { get; } = new();

    public HttpMessageInvoker Http { get; } = Composition.OutgoingHttp();

    // Processes that wait for each other's lock need a clock that moves.
    public DataHome Data => new(new StorageSettings(_world?.DataDirectory ?? Folder.Path), Entropy.System, TimeProvider.System);

    public SessionFile File => SessionFile.Open(Data, Entropy.System);

    public DrCloudSession Stored => File.Read()!;

    public static async Task<SignInHarness> StartAsync(bool conformant = false)
    {
        var time = new Support.ManualTime();
        var sandbox = await SandboxServer.StartAsync(new SandboxOptions { Conformant = conformant, Time = time }, CancellationToken.None);
        return new SignInHarness(sandbox, time, null);
    }

    /// <summary>A program on the world's sandbox and folder that takes the sandbox's EHR for a live one, in which a person has signed in.</summary>
    /// <param name="world">It has the system's clock.</param>
    /// <param name="native">For one patient, as a client without a secret.</param>
    /// <param name="write">With the scope for writing practitioners.</param>
    /// <param name="settings">Further settings of the program.</param>
    public static async Task<App> SignedInAsync(World world, bool native = false, bool write = false, params (string, string)[] settings)
    {
        await using var harness = new SignInHarness(world.Sandbox, TimeProvider.System, world);
        await harness.SignInAsync(native, scopes: [.. SignInScopes.ToAsk(harness.Account(native), native, write)]);
        var account = harness.Account(native);
        (string, string)[] live = [("DRCLOUD_BASE_URL", account.BaseAddress.AbsoluteUri), ("DRCLOUD_CLIENT_ID", account.ClientId)];
        return world.Build([.. live, .. account.ClientSecret is { } secret ? new[] { ("DRCLOUD_CLIENT_SECRET", secret) } : [], .. settings]);
    }

    public DrCloudAccount Account(bool native = false)
    {
        var at = Sandbox.Addresses.DrCloud;
        var (id, secret) = native ? (at.PublicClientId, null) : (at.ClientId, at.ClientSecret);
        return new DrCloudAccount(at.BaseUri, at.Site, id, secret, null, [.. FhirTypes.SystemScopes]);
    }

    public CodeSignIn Flow(bool native = false, HttpMessageInvoker? http = null) => new(Account(native), http ?? Http, _clock, Entropy.System.Fill);

    public Task<AuthorizationRequest> BeginAsync(bool native = false, params string[] scopes) =>
        Flow(native).BeginAsync(
            scopes.Length > 0 ? scopes : SignInScopes.ToAsk(Account(native), native),
            new Uri("http://127.0.0.1:1234/callback"),
            CancellationToken.None);

    /// <summary>A whole sign-in without the part on this machine's port.</summary>
    public async Task<DrCloudSession> SignInAsync(bool native = false, string? patient = null, params string[] scopes)
    {
        var asked = await BeginAsync(native, scopes);
        var answer = AuthorizationAnswer.Read((await BrowseAsync(asked.Address, patient: patient)).Query, asked);
        answer.Kind.ShouldBe(AnswerKind.Code);
        return await Flow(native).CompleteAsync(asked, answer.Code!, File, CancellationToken.None);
    }

    /// <summary>Does what a person does on the EHR's page, and returns where the browser is sent then.</summary>
    public async Task<Uri> BrowseAsync(Uri address, string decision = "allow", string? patient = null)
    {
        var page = await _browser.GetAsync(address);
        if (page.StatusCode == HttpStatusCode.Redirect) return page.Headers.Location!;
        var html = await page.Content.ReadAsStringAsync();
        page.StatusCode.ShouldBe(HttpStatusCode.OK, html);
        var fields = Hidden().Matches(html).Select(m => KeyValuePair.Create(m.Groups["name"].Value, WebUtility.HtmlDecode(m.Groups["value"].Value)))
            .Append(new("decision", decision));
        var offered = Offered().Match(html);
        if (patient is not null || offered.Success) fields = fields.Append(new("patient", patient ?? offered.Groups["id"].Value));
        var answer = await _browser.PostAsync(new Uri(address.GetLeftPart(UriPartial.Path)), new FormUrlEncodedContent(fields));
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return answer.Headers.Location!;
    }

    /// <summary>The token source of one process of ours.</summary>
    public TokenSource Process(bool native = false, HttpMessageInvoker? http = null)
    {
        var renewal = new SessionRenewal(new TokenRequests(http ?? Http, Time), Time);
        return new TokenSource(_ => renewal.FetchAsync(File, Account(native)), Time);
    }

    public int Renewals => Sandbox.Journal.Of("drcloud", "POST /oauth2/{site}/token")
        .Count(entry => entry.Body.Contains("grant_type=refresh_token", StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        Http.Dispose();
        if (_world is null) await Sandbox.DisposeAsync();
        Folder.Dispose();
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]*)\" value=\"(?<value>[^\"]*)\">")]
    private static partial Regex Hidden();

    [GeneratedRegex("<option value=\"(?<id>[^\"]*)\">")]
    private static partial Regex Offered();
}

/// <summary>Stands between this program and the EHR, so that a test can act at the moment an answer arrives.</summary>
internal sealed class Between(HttpMessageInvoker next) : HttpMessageHandler
{
    /// <summary>Runs after the EHR has answered and before we have.</summary>
    public Action<HttpRequestMessage>? Answered { get; set; }

    public bool Lost { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await next.SendAsync(request, cancellationToken);
        if (request.Method == HttpMethod.Post) Answered?.Invoke(request);
        return Lost ? throw new HttpRequestException("cut") : response;
    }
}
