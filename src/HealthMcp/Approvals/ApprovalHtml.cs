using System.Globalization;
using System.Text;
using HealthMcp.Pipeline;
using HealthMcp.Writes;

namespace HealthMcp.Approvals;

/// <summary>The pages. They work without a script, by keyboard, and read aloud; nothing is loaded from anywhere.</summary>
internal static class ApprovalHtml
{
    private const int FewFields = 12;

    /// <summary>All that a link says that is wrong, expired, used up or another browser's.</summary>
    public static string Nothing() => Page("Not available", """
        <h1>This link does not work</h1>
        <p>It may be mistyped, have expired or have been opened elsewhere. Ask for the write once more to get another link.</p>
        """);

    /// <summary>A page that leads on to another at once; it may be opened as a file.</summary>
    public static string Onward(Uri page) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="referrer" content="no-referrer">
        <meta http-equiv="refresh" content="0;url={PageText.Plain(page.AbsoluteUri)}">
        <title>Approval - HealthMcp</title>
        </head>
        <body>
        <p><a href="{PageText.Plain(page.AbsoluteUri)}">Go to the page on which you approve a write</a></p>
        </body>
        </html>
        """;

    public static string Unrecorded() => Page("Not now", """
        <h1>Your answer could not be recorded</h1>
        <p>Nothing was approved. The operator of this server should run <code>healthmcp doctor</code>; then open the link again.</p>
        """);

    public static string Resting() => Page("Too many wrong codes", """
        <h1>Too many wrong codes</h1>
        <p>Nothing was approved. Try again in an hour.</p>
        """);

    /// <summary>Before it is opened: nothing of the patient, also for programs that fetch every link they see.</summary>
    public static string Closed(ApprovalSheet sheet, bool asksCode, bool wrong) => Page("A write waits for your approval", $"""
        <h1>A write waits for your approval</h1>
        {Source(sheet)}
        <p>{PageText.Plain(sheet.Title)}. Nothing is written until you approve it on the next page, which shows patient data and opens in this browser only.</p>
        {(wrong ? "<div class=\"warn\" role=\"alert\"><p>That code is not right. After a few wrong codes this link stops working.</p></div>" : "")}
        <form method="post" autocomplete="off">
        <input type="hidden" name="action" value="open">
        {(asksCode ? CodeField(wrong) : "")}<button type="submit"{(asksCode ? "" : " autofocus")}>Show what is to be written</button>
        </form>
        """);

    public static string Open(ApprovalSheet sheet, string form, DateTimeOffset expires) => Page("Approve or decline a write", $"""
        <h1>{PageText.Plain(sheet.Title)}: approve this write?</h1>
        {Source(sheet)}
        {Who(sheet)}{Warnings(sheet)}<h2>{(sheet.Changes ? "What changes" : "What is to be written")}</h2>
        <p>{PageText.Value(sheet.Says)}</p>
        {Fields(sheet)}
        {Besides(sheet)}<dl>
        <div><dt>Asked for by</dt><dd>{PageText.Value(sheet.Client)}, with the tool {PageText.Plain(sheet.Tool)}</dd></div>
        <div><dt>Asked at</dt><dd>{Time(sheet.Asked)}</dd></div>
        <div><dt>Good until</dt><dd>{Time(expires)}</dd></div>
        </dl>
        <form class="answer" method="post" autocomplete="off">
        <input type="hidden" name="form" value="{PageText.Plain(form)}">
        <button class="go" type="submit" name="action" value="approve">Approve and write</button>
        <button class="no" type="submit" name="action" value="decline">Decline</button>
        </form>
        """);

    public static string Answered(ApprovalState state) => state == ApprovalState.Approved
        ? Page("Approved", """
            <h1>You approved this write</h1>
            <p>It is carried out when the program that asked goes on, once. You can close this window and go back to it.</p>
            """)
        : Page("Declined", """
            <h1>You declined this write</h1>
            <p>Nothing is written. You can close this window.</p>
            """);

    private static string Page(string title, string main) => $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>{title} - HealthMcp</title>
        <style>{PageStyle.Text}</style>
        </head>
        <body>
        <main>
        {main}
        </main>
        </body>
        </html>
        """;

    private static string CodeField(bool wrong) => $"""
        <label for="code">Approval code</label>
        <input id="code" name="code" type="password" required autofocus autocomplete="off" spellcheck="false" maxlength="64"{(wrong ? " aria-invalid=\"true\"" : "")}>

        """;

    private static string Source(ApprovalSheet sheet) => sheet.Live
        ? $"<p class=\"source live\">{PageText.Plain(sheet.System)}: live system, real patients</p>"
        : $"<p class=\"source sandbox\">{PageText.Plain(sheet.System)}: sandbox, made-up patients</p>";

    private static string Who(ApprovalSheet sheet)
    {
        var html = new StringBuilder("<section class=\"who\" aria-label=\"Patient\">\n");
        if (sheet.Persons.Count == 0) html.Append("<p>No patient's record was read for this write: see what is written below.</p>\n");
        foreach (var person in sheet.Persons)
        {
            html.Append(CultureInfo.InvariantCulture, $"<p class=\"name\"><bdi>{PageText.Value(person.Name)}</bdi></p>\n");
            var born = person.Born is { } date ? PageText.Value(date) : "not known";
            html.Append(CultureInfo.InvariantCulture, $"<p>Born <bdi>{born}</bdi></p>\n");
        }

        return html.Append("</section>\n").ToString();
    }

    private static string Warnings(ApprovalSheet sheet)
    {
        if (sheet.Warnings.Count == 0) return "";
        var items = string.Join("\n", sheet.Warnings.Select(warning => $"<li>{PageText.Value(warning)}</li>"));
        return $"<section class=\"warn\" aria-labelledby=\"warnings\">\n<h2 id=\"warnings\">Look twice</h2>\n<ul>\n{items}\n</ul>\n</section>\n";
    }

    private static string Fields(ApprovalSheet sheet)
    {
        if (!sheet.Changes) return Table("Fields and their values", false, sheet.Fields);
        var (changed, same) = (sheet.Fields.Where(field => field.IsChanged).ToList(), sheet.Fields.Where(field => !field.IsChanged).ToList());
        var rest = same.Count == 0
            ? ""
            : $"<details>\n<summary>{same.Count} fields that stay as they are</summary>\n{Table("Unchanged", false, same)}\n</details>";
        return Table("Fields before and after", true, changed) + "\n" + rest;
    }

    // Open while they are few: what is sent should be seen without looking for it.
    private static string Besides(ApprovalSheet sheet)
    {
        var count = sheet.Besides.Count;
        if (count == 0) return "";
        return $"<details{(count <= FewFields ? " open" : "")}>\n<summary>{count} more {(count == 1 ? "field is" : "fields are")} sent with it</summary>\n"
            + $"{Table("Sent besides", false, sheet.Besides)}\n</details>\n";
    }

    private static string Table(string caption, bool before, IReadOnlyList<SheetField> fields)
    {
        var html = new StringBuilder($"<table role=\"table\">\n<caption>{caption}</caption>\n<thead><tr role=\"row\"><th scope=\"col\">Field</th>");
        if (before) html.Append("<th scope=\"col\">Before</th>");
        html.Append(before ? "<th scope=\"col\">After</th>" : "<th scope=\"col\">Value</th>").Append("</tr></thead>\n<tbody>\n");
        foreach (var field in fields) html.Append(Row(field, before));
        return html.Append("</tbody>\n</table>").ToString();
    }

    private static string Row(SheetField field, bool before) =>
        $"<tr role=\"row\"><th scope=\"row\" role=\"rowheader\">{PageText.Name(field.Name)}</th>"
        + (before ? Cell("Before", "", field.Before) + Cell("After", " class=\"after\"", field.After) : Cell("Value", "", field.After))
        + "</tr>\n";

    private static string Cell(string label, string style, string? value) =>
        $"<td role=\"cell\" data-label=\"{label}\"{style}>"
        + (value is null ? "<span class=\"none\">empty</span>" : $"<bdi>{PageText.Value(value)}</bdi>")
        + "</td>";

    private static string Time(DateTimeOffset at)
    {
        var text = at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return $"<time datetime=\"{at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture)}\">{text} UTC</time>";
    }
}
