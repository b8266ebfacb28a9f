using System.Security.Cryptography;
using System.Text;

namespace HealthMcp.Approvals;

/// <summary>The one style sheet of the pages. It stands in the page itself, and the policy allows exactly these bytes.</summary>
internal static class PageStyle
{
    public const string Text = """
        :root{color-scheme:light dark;--ink:#15202b;--dim:#44515e;--paper:#fff;--soft:#f1f4f7;--line:#b8c2cc;--go:#0b5f3a;--stop:#8a1c1c;
        --warn:#fff4d6;--edge:#8a6100;--new:#e3f4ea}
        @media(prefers-color-scheme:dark){:root{--ink:#eef2f5;--dim:#b9c4ce;--paper:#12181f;--soft:#1d2630;--line:#4b5a68;--go:#7fdcae;--stop:#ff9d9d;
        --warn:#3a2e0c;--edge:#e6b84d;--new:#173326}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--paper);color:var(--ink);font:1.05rem/1.5 system-ui,sans-serif}
        main{max-width:52rem;margin:0 auto;padding:1.25rem 1rem 3rem}
        h1{font-size:1.6rem;line-height:1.25;margin:.2rem 0 .6rem}
        h2{font-size:1.15rem;margin:1.6rem 0 .5rem}
        p{margin:.5rem 0}
        .source{display:inline-block;margin:0;padding:.1rem .6rem;border:2px solid currentColor;border-radius:1rem;font-weight:700;font-size:.9rem}
        .live{color:var(--stop)}
        .sandbox{color:var(--go)}
        .who{border:2px solid var(--ink);border-radius:.5rem;padding:.7rem 1rem;margin:1rem 0}
        .who p{margin:0}
        .who .name{font-size:1.35rem;font-weight:700}
        .warn{background:var(--warn);border-left:.4rem solid var(--edge);padding:.6rem 1rem;margin:1rem 0}
        .warn h2{margin:0 0 .3rem}
        .warn ul{margin:0;padding-left:1.2rem}
        table{width:100%;border-collapse:collapse;table-layout:fixed}
        caption{text-align:left;color:var(--dim);padding-bottom:.3rem}
        th,td{text-align:left;vertical-align:top;padding:.45rem .6rem;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
        thead th{background:var(--soft);border-bottom:2px solid var(--line)}
        tbody th{font-weight:600}
        td bdi{white-space:pre-wrap}
        td.after{background:var(--new);font-weight:700}
        .none{color:var(--dim);font-style:italic;font-weight:400}
        .odd{border:1px solid var(--stop);border-radius:.2rem;padding:0 .2rem;font-size:.8rem;color:var(--stop)}
        details{margin:1rem 0}
        summary{cursor:pointer;padding:.3rem 0}
        dl{margin:1.2rem 0;color:var(--dim);font-size:.95rem}
        dl div{display:flex;gap:.6rem;flex-wrap:wrap}
        dt{min-width:8rem}
        dd{margin:0;overflow-wrap:anywhere}
        form.answer{display:flex;gap:1rem;flex-wrap:wrap;margin-top:1.5rem;padding-top:1rem;border-top:2px solid var(--line)}
        button,input{font:inherit;min-height:3rem;border-radius:.5rem}
        button{padding:.5rem 1.6rem;font-weight:700;border:2px solid var(--ink);background:var(--paper);color:var(--ink);cursor:pointer}
        button.go{background:var(--go);border-color:var(--go);color:var(--paper)}
        button.no{border-color:var(--stop);color:var(--stop)}
        input{display:block;width:100%;max-width:22rem;padding:.4rem .7rem;margin:.3rem 0 1rem;border:2px solid var(--dim);
        background:var(--paper);color:var(--ink)}
        label{font-weight:700}
        :focus-visible{outline:3px solid var(--edge);outline-offset:3px}
        @media(max-width:38rem){
        thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
        table,caption,tbody,tr,tbody th,td{display:block;width:100%}
        dl div{display:block;margin-bottom:.4rem}
        tbody th{border-bottom:0;padding-bottom:0}
        td{padding:.2rem .6rem}
        td:last-child{margin-bottom:.6rem;padding-bottom:.6rem}
        td:not(:last-child){border-bottom:0}
        td::before{content:attr(data-label) ": ";color:var(--dim);font-weight:400}
        form.answer button{flex:1 1 100%}
        }
        """;

    /// <summary>As a policy names it (CSP level 3, section 8.2).</summary>
    public static string Hash { get; } = $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Text)))}'";
}
