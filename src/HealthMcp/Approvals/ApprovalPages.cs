using HealthMcp.Pipeline;
using HealthMcp.Storage;
using HealthMcp.Writes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace HealthMcp.Approvals;

/// <summary>
/// Serves the pages on which a person approves or declines a write. A link is the only way in, for the first browser that opens it; a page of another
/// origin cannot post here, frame it or read it; and every other request gets the same page, which tells nothing.
/// </summary>
internal sealed class ApprovalPages(Func<ApprovalDesk> desk)
{
    /// <summary>Where the pages are, beside the endpoint; a link follows.</summary>
    public const string Path = "/approve/";

    private const string Cookie = "healthmcp-approval";
    private const int MostBytes = 4096;

    private static readonly string Policy =
        $"default-src 'none'; style-src {PageStyle.Hash}; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    /// <param name="context">A request of whichever method.</param>
    /// <param name="link">What follows the address.</param>
    /// <param name="address">Address of the pages as browsers write it.</param>
    public async Task HandleAsync(HttpContext context, string link, Uri address)
    {
        try
        {
            await (Serves(context.Request, address) ? ServeAsync(context, link, address) : NothingAsync(context));
        }
        catch (StorageException)
        {
            await SendAsync(context, StatusCodes.Status503ServiceUnavailable, ApprovalHtml.Unrecorded());
        }
    }

    // A name that was rebound to this address brings another Host.
    private static bool Serves(HttpRequest request, Uri address) =>
        string.Equals(request.Host.Value, address.Authority, StringComparison.OrdinalIgnoreCase)
        && (HttpMethods.IsGet(request.Method) || (HttpMethods.IsPost(request.Method) && IsOwn(request, address)));

    /// <summary>
    /// A form of our own pages. Because they send no referrer, browsers write null for their origin (Fetch, "append a request Origin header"); then
    /// Sec-Fetch-Site says whose it is, which no page can set.
    /// </summary>
    private static bool IsOwn(HttpRequest request, Uri address)
    {
        var (origin, site) = (request.Headers.Origin.ToString(), request.Headers["Sec-Fetch-Site"].ToString());
        var same = string.Equals(origin, address.GetLeftPart(UriPartial.Authority), StringComparison.OrdinalIgnoreCase);
        return site == "same-origin" ? same || origin == "null" : site.Length == 0 && same;
    }

    private Task ServeAsync(HttpContext context, string link, Uri address) => HttpMethods.IsGet(context.Request.Method)
        ? ShowAsync(context, desk().See(link, context.Request.Cookies[Cookie]))
        : PostAsync(context, link, address);

    private async Task PostAsync(HttpContext context, string link, Uri address)
    {
        if (await FormAsync(context) is not { } form)
        {
            await NothingAsync(context);
            return;
        }

        switch (form["action"].ToString())
        {
            case "open":
                await OpenAsync(context, link, address, form["code"].ToString());
                break;
            case "approve" or "decline":
                var approve = form["action"] == "approve";
                await ShowAsync(context, desk().Answer(link, context.Request.Cookies[Cookie], form["form"].ToString(), approve));
                break;
            default:
                await NothingAsync(context);
                break;
        }
    }

    private async Task OpenAsync(HttpContext context, string link, Uri address, string code)
    {
        var answer = desk().Open(link, code.Trim());
        if (answer is not { View: DeskView.Open, Browser: { } browser, Approval: { } approval })
        {
            await ShowAsync(context, answer);
            return;
        }

        var page = new Uri(address, link);
        context.Response.Cookies.Append(Cookie, browser, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = address.Scheme == Uri.UriSchemeHttps,
            Path = page.AbsolutePath,
            // Not the hour at which it ends: the clock of the person's machine may be another.
            MaxAge = ApprovalBook.Lifetime + ApprovalDesk.AfterAnswer,
        });

        // The page is then one that can be loaded anew without sending the form again.
        context.Response.Headers.Location = page.AbsoluteUri;
        await SendAsync(context, StatusCodes.Status303SeeOther, "");
    }

    private static async Task<IFormCollection?> FormAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = MostBytes;
        if (context.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true) return null;
        try
        {
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (Exception e) when (e is BadHttpRequestException or InvalidDataException)
        {
            return null;
        }
    }

    private Task ShowAsync(HttpContext context, DeskAnswer answer) => answer switch
    {
        { View: DeskView.Closed, Approval: { } closed } => SendAsync(context, StatusCodes.Status200OK, Closed(closed, wrong: false)),
        { View: DeskView.WrongCode, Approval: { WrongCodes: < ApprovalDesk.MostWrongCodes } wrong } =>
            SendAsync(context, StatusCodes.Status403Forbidden, Closed(wrong, wrong: true)),
        { View: DeskView.Open, Approval: { } open, Form: { } form } =>
            SendAsync(context, StatusCodes.Status200OK, ApprovalHtml.Open(open.Sheet, form, open.Expires)),
        { View: DeskView.Answered, Approval: { } answered } => SendAsync(context, StatusCodes.Status200OK, ApprovalHtml.Answered(answered.State)),
        { View: DeskView.Unrecorded } => SendAsync(context, StatusCodes.Status503ServiceUnavailable, ApprovalHtml.Unrecorded()),
        { View: DeskView.Resting } => SendAsync(context, StatusCodes.Status429TooManyRequests, ApprovalHtml.Resting()),
        _ => NothingAsync(context),
    };

    private static Task NothingAsync(HttpContext context) => SendAsync(context, StatusCodes.Status404NotFound, ApprovalHtml.Nothing());

    private string Closed(Approval approval, bool wrong) => ApprovalHtml.Closed(approval.Sheet, desk().AsksCode, wrong);

    private static Task SendAsync(HttpContext context, int status, string page)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.XFrameOptions = "DENY";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return response.WriteAsync(page);
    }
}
