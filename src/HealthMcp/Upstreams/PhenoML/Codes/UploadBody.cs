using System.Text;
using System.Text.Json;
using HealthMcp.Documents;

namespace HealthMcp.Upstreams.PhenoML.Codes;

/// <summary>An upload as the contract has it, and as it is shown before.</summary>
internal static class UploadBody
{
    /// <summary>So many codes show whether the right columns were taken.</summary>
    private const int Shown = 5;

    public static ReadOnlyMemory<byte> Of(UploadCodeSystemInput input, CodeFile file) => JsonRow.Of(json =>
    {
        Head(json, input);
        if (input.Revision is { } revision) json.WriteNumber("revision", revision);
        if (file.Csv is { } csv)
        {
            json.WriteBase64String("file", Encoding.UTF8.GetBytes(csv));
            json.WriteString("code_col", input.CodeCol!.Trim());
            json.WriteString("desc_col", input.DescCol!.Trim());
            json.Maybe("defn_col", input.DefnCol?.Trim());
        }
        else
        {
            Codes(json, file.Codes);
        }

        json.WriteBoolean("replace", input.Replace == true);
    });

    public static ReadOnlyMemory<byte> Preview(UploadCodeSystemInput input, CodeFile file) => JsonRow.Of(json =>
    {
        Head(json, input);
        json.WriteNumber("code_count", file.Codes.Count);
        json.WriteBoolean("replace", input.Replace == true);
        Codes(json, file.Codes.Take(Shown));
    });

    private static void Head(Utf8JsonWriter json, UploadCodeSystemInput input)
    {
        json.WriteString("name", input.Name.Trim());
        json.WriteString("version", input.Version.Trim());
        json.WriteString("format", input.Format);
    }

    private static void Codes(Utf8JsonWriter json, IEnumerable<CodeInput> codes)
    {
        json.WriteStartArray("codes");
        foreach (var one in codes)
        {
            json.WriteStartObject();
            json.WriteString("code", one.Code);
            json.WriteString("description", one.Description);
            json.Maybe("definition", one.Definition);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
