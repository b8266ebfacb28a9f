using System.Net;
using System.Net.Http.Headers;
using HealthMcp.Catalog;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace HealthMcp.Http;

/// <summary>
/// Sends a filled-in endpoint to its system: token, retries, time limits, size limits, and one clear failure for everything that
/// goes wrong. It sends only what the tool has declared.
/// </summary>
internal sealed class UpstreamClient(SystemConnection connection, HttpMessageInvoker http, TimeProvider time)
{
    private readonly ResiliencePipeline<HttpResponseMessage> _pipeline = Resilience.For(connection, time);

    public SystemSource Source => connection.Source;

    /// <summary>Scopes that the vendor granted to this server's account; null when not known.</summary>
    public IReadOnlyList<string>? Granted => connection.Tokens.Granted;

    /// <summary>The one patient whose chart this server's sign-in opens; null when it is not for one.</summary>
    public string? Patient => connection.Tokens.Patient;

    /// <summary>Where the system is; with it begin the absolute addresses of its own records.</summary>
    public ValueTask<Uri> BaseAddressAsync(CancellationToken cancellation) => connection.BaseAddress(cancellation);

    /// <summary>Signs in if need be, so that what was granted is known before a question is put.</summary>
    public async Task SignInAsync(CancellationToken cancellation) => await connection.Tokens.GetAsync(cancellation);

    /// <summary>Sends and takes any answer of 200 to 299 with JSON; <paramref name="accept"/> may let further statuses through.</summary>
    /// <exception cref="CallFailureException">Everything that can go wrong, with a sentence for the caller.</exception>
    public async Task<UpstreamResponse> SendAsync(UpstreamRequest request, CallContext call, CancellationToken cancellation, Func<int, bool>? accept = null)
    {
        Require(request.Endpoint, call);
        if (request.Endpoint.Discloses && !request.Body.IsEmpty) call.Trace.Disclosing(request.Endpoint.System);
        var sends = new Sends();
        var response = await AttemptAsync(request, sends, cancellation);
        using (response)
        {
            call.Trace.Sent(request.Endpoint, (int)response.StatusCode);

            // A refusal of a later send says nothing of one before it whose answer was lost. Only a conflict may: with the one that was lost.
            var status = (int)response.StatusCode;
            var inDoubt = sends.OneIsLost && request.Endpoint.ChangesState && status is >= 400 and < 500;
            if (inDoubt && (status != 409 || accept?.Invoke(409) != true)) throw UpstreamFailures.InDoubt(request.Endpoint.System);
            return await ReadAsync(request, response, accept, cancellation) with { OneBeforeIsLost = inDoubt };
        }
    }

    /// <summary>Sends and hands the body over as it comes, for files of any size: the caller reads it line by line and ends it.</summary>
    /// <param name="request">Filled in.</param>
    /// <param name="call">The call that asks for it.</param>
    /// <param name="refused">What a status means for this file; null, or null for a status, for what it means everywhere.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="CallFailureException">It was not to be had.</exception>
    public async Task<LineStream> OpenAsync(
        UpstreamRequest request, CallContext call, Func<int, CallFailureException?>? refused, CancellationToken cancellation)
    {
        Require(request.Endpoint, call);
        if (request.Endpoint.Discloses && !request.Body.IsEmpty) call.Trace.Disclosing(request.Endpoint.System);
        var response = await AttemptAsync(request, new Sends(), cancellation);
        call.Trace.Sent(request.Endpoint, (int)response.StatusCode);
        if (response.IsSuccessStatusCode) return new LineStream(request.Endpoint.System, response, connection.AttemptTimeout, time);
        using (response) throw refused?.Invoke((int)response.StatusCode) ?? UpstreamFailures.Of(request.Endpoint.System, (int)response.StatusCode);
    }

    // A mistake in a tool must not become a write that nobody let through.
    private static void Require(Endpoint endpoint, CallContext call)
    {
        if (!call.Tool.Endpoints.Contains(endpoint)) throw new InvalidOperationException($"{call.Tool.Name} does not declare {endpoint.Key}");
        if (endpoint.ChangesState && !call.LetThrough) throw new InvalidOperationException($"{call.Tool.Name} sends {endpoint.Key} outside of the write gate");
    }

    private async Task<HttpResponseMessage> AttemptAsync(UpstreamRequest request, Sends sends, CancellationToken cancellation)
    {
        try
        {
            return await SendOnceOrMoreAsync(request, sends, cancellation);
        }
        catch (CallFailureException) when (sends.OneIsOpen && request.Endpoint.ChangesState)
        {
            // Why it could not be sent once more says nothing of what was sent before.
            throw UpstreamFailures.InDoubt(request.Endpoint.System);
        }
    }

    private async Task<HttpResponseMessage> SendOnceOrMoreAsync(UpstreamRequest request, Sends sends, CancellationToken cancellation)
    {
        var system = request.Endpoint.System;
        var repeatable = request.MayRepeat;
        try
        {
            return await SendWithTokenAsync(request, repeatable && !request.Endpoint.SentOnce, sends, cancellation);
        }
        catch (CallFailureException failure) when (request.Endpoint.ChangesState && !sends.Begun && UpstreamFailures.IsLost(failure, request.Endpoint))
        {
            // The sign-in failed, so nothing was sent: that must not look like a write whose answer was lost.
            throw UpstreamFailures.Unreachable(system);
        }
        catch (TimeoutRejectedException)
        {
            throw repeatable ? UpstreamFailures.Timeout(system) : UpstreamFailures.InDoubt(system);
        }
        catch (BrokenCircuitException)
        {
            throw UpstreamFailures.Unreachable(system);
        }
        catch (HttpRequestException e)
        {
            // Without a connection nothing was sent; any later break leaves open what became of a write.
            throw repeatable || NeverLeft(e) ? UpstreamFailures.Unreachable(system) : UpstreamFailures.InDoubt(system);
        }
    }

    private static bool NeverLeft(HttpRequestException e) =>
        e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;

    // A 401 may only mean that the token has run out: one new token, one more try, then it stands.
    private async Task<HttpResponseMessage> SendWithTokenAsync(UpstreamRequest request, bool repeatable, Sends sends, CancellationToken cancellation)
    {
        var token = await connection.Tokens.GetAsync(cancellation);
        var response = await SendThroughPipelineAsync(request, token, repeatable, sends, cancellation);
        if (response.StatusCode != HttpStatusCode.Unauthorized) return response;
        connection.Tokens.Refused(token);
        var next = await connection.Tokens.GetAsync(cancellation);
        if (next == token) return response;
        response.Dispose();
        return await SendThroughPipelineAsync(request, next, repeatable, sends, cancellation);
    }

    private async Task<HttpResponseMessage> SendThroughPipelineAsync(
        UpstreamRequest request, string token, bool repeatable, Sends sends, CancellationToken cancellation)
    {
        var context = ResilienceContextPool.Shared.Get(cancellation);
        context.Properties.Set(Resilience.Repeatable, repeatable);
        context.Properties.Set(Resilience.Longest, request.Endpoint.Longest ?? connection.AttemptTimeout);
        try
        {
            return await _pipeline.ExecuteAsync(
                async inner =>
                {
                    using var message = await MessageAsync(request, token, inner.CancellationToken);
                    using var measured = Telemetry.Request(request.Endpoint);
                    sends.Begin();
                    try
                    {
                        var response = await http.SendAsync(message, inner.CancellationToken);
                        measured.Came((int)response.StatusCode, !response.IsSuccessStatusCode);
                        sends.Answered((int)response.StatusCode);
                        return response;
                    }
                    catch (HttpRequestException e) when (NeverLeft(e))
                    {
                        sends.NeverLeft();
                        throw;
                    }
                },
                context);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async Task<HttpRequestMessage> MessageAsync(UpstreamRequest request, string token, CancellationToken cancellation)
    {
        var uri = await AddressAsync(request, cancellation);
        var message = new HttpRequestMessage(new HttpMethod(request.Endpoint.Method), uri);
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        message.Headers.TryAddWithoutValidation("Accept", request.Accept);
        var common = request.WithoutCommonHeaders ? [] : await connection.CommonHeaders(cancellation);
        foreach (var (name, value) in common) message.Headers.TryAddWithoutValidation(name, value);
        foreach (var (name, value) in request.Headers) message.Headers.TryAddWithoutValidation(name, value);
        if (request.Body.IsEmpty) return message;
        message.Content = new ReadOnlyMemoryContent(request.Body);
        message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        return message;
    }

    private async ValueTask<Uri> AddressAsync(UpstreamRequest request, CancellationToken cancellation)
    {
        var home = await connection.BaseAddress(cancellation);
        if (request.Link is { } link)
        {
            // The token goes with the request, so a link must not lead it to another machine.
            var same = Uri.Compare(home, link, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;
            return same ? link : throw UpstreamFailures.ForeignLink(request.Endpoint.System);
        }

        var relative = request.RelativeUri();
        if (relative.StartsWith(connection.PathPrefix, StringComparison.Ordinal)) relative = relative[connection.PathPrefix.Length..];
        return new Uri($"{home.AbsoluteUri.TrimEnd('/')}{relative}");
    }

    private async Task<UpstreamResponse> ReadAsync(
        UpstreamRequest request, HttpResponseMessage response, Func<int, bool>? accept, CancellationToken cancellation)
    {
        var endpoint = request.Endpoint;
        var status = (int)response.StatusCode;
        var wanted = response.IsSuccessStatusCode || accept?.Invoke(status) == true;
        if (!wanted) throw await connection.Explain(status, cancellation) ?? UpstreamFailures.Of(endpoint.System, status);
        var type = response.Content.Headers.ContentType;
        var body = await BodyAsync(request, response, cancellation);
        if (response.IsSuccessStatusCode && body.Length > 0 && !endpoint.IsFile && !BoundedBody.IsJson(type)) throw UpstreamFailures.NotJson();
        return AnswerHeaders.Of(response, new UpstreamResponse(status, body, type?.MediaType ?? ""), time);
    }

    private async Task<ReadOnlyMemory<byte>> BodyAsync(UpstreamRequest request, HttpResponseMessage response, CancellationToken cancellation)
    {
        var endpoint = request.Endpoint;
        // The attempt's own limit ends with the headers; a body that drips must not hold the call for ever.
        using var limit = new CancellationTokenSource(connection.AttemptTimeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await BoundedBody.ReadAsync(response.Content, endpoint.MaxBytes, both.Token) ?? throw UpstreamFailures.TooLarge(endpoint.System);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw request.MayRepeat ? UpstreamFailures.Timeout(endpoint.System) : UpstreamFailures.InDoubt(endpoint.System);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw request.MayRepeat ? UpstreamFailures.Unreachable(endpoint.System) : UpstreamFailures.InDoubt(endpoint.System);
        }
    }

    /// <summary>What came of the sends of one request, over retries and a new token.</summary>
    private sealed class Sends
    {
        private bool _open;

        /// <summary>One before the last was sent, and its answer never came or says nothing.</summary>
        public bool OneIsLost { get; private set; }

        public bool Begun { get; private set; }

        /// <summary>The same of any of them, the last one too.</summary>
        public bool OneIsOpen => OneIsLost || _open;

        public void Begin() => (OneIsLost, _open, Begun) = (OneIsOpen, true, true);

        public void Answered(int status) => _open = status >= 500;

        /// <summary>There was no connection.</summary>
        public void NeverLeft() => _open = false;
    }
}
