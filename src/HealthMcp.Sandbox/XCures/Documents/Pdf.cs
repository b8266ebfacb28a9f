using System.Text;

namespace HealthMcp.Sandbox.XCures.Documents;

/// <summary>One page with one line of text: enough of a PDF to be told by its first and last bytes, and to be opened.</summary>
internal static class Pdf
{
    public static byte[] Of(string line)
    {
        var shown = new string([.. line.Where(c => c is >= ' ' and <= '~' and not ('(' or ')' or '\\'))]);
        var content = $"BT /F1 12 Tf 72 720 Td ({shown}) Tj ET";
        return Encoding.ASCII.GetBytes(
            $"""
            %PDF-1.4
            1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
            2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
            3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >> endobj
            4 0 obj << /Length {content.Length} >> stream
            {content}
            endstream endobj
            5 0 obj << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> endobj
            trailer << /Root 1 0 R >>
            %%EOF
            """);
    }
}
