using HealthMcp.Catalog;
using HealthMcp.Http;
using HealthMcp.Upstreams.PhenoML.Outbound;

namespace HealthMcp.Upstreams.PhenoML.Analysis;

/// <summary>From speech to text.</summary>
internal sealed class TranscribeTools(UpstreamClient client, OutboundPolicy outbound) : IToolSet
{
    private static readonly ToolDefinition Transcribe = new()
    {
        Name = "transcribe_audio",
        Title = "Transcribe a recording",
        Description = """
            Writes down what is said in a recording of up to five minutes, such as a dictation. The recording goes to PhenoML, a third party, as it is: a voice
            identifies its speaker, and nothing can be taken out of it first. Below the identified level names, dates and numbers are withheld from the
            transcript. Speech is misheard: have doses and negations checked. To code the transcript use extract_codes, to make FHIR of it lang2fhir_create.
            """,
        Toolset = PhenoMLEndpoints.System,
        Scopes = ["phenoml/analysis.read"],
        Hints = new ToolHints(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: true),
        Endpoints = [AnalysisEndpoints.Transcribe],
        Input = AnalysisJson.Default.TranscribeAudioInput,
        DataSchema = AnalysisSchemas.Transcript,
    };

    public IEnumerable<Tool> Tools => [Tool.Reading<TranscribeAudioInput>(Transcribe, TranscribeAsync)];

    public async Task<UpstreamResult> TranscribeAsync(TranscribeAudioInput input, CallContext call, CancellationToken cancellation)
    {
        outbound.RequireAsIs("audio", "nobody can take them out of a recording here");
        var request = new UpstreamRequest(AnalysisEndpoints.Transcribe)
        {
            Body = AudioFile.Read(input.Audio),
            ContentType = "application/octet-stream",
        }.Query("language", input.Language?.Distinct(StringComparer.OrdinalIgnoreCase));
        var answer = await client.SendAsync(request, call, cancellation, status => status is 400 or 402);
        if (answer.Status == 400)
            throw new CallFailureException(
                FailureCodes.UpstreamRejected,
                "PhenoML could not transcribe this recording (400): it may be longer than five minutes, damaged, or without speech in these languages.")
            {
                Argument = "audio",
            };
        if (answer.Status >= 400) throw PhenoMLFailures.Of(answer, "", "audio");
        return UpstreamResult.Of(PhenoMLEndpoints.System, new Section(null, AnalysisEndpoints.Transcribe.Shape, [answer.Body]) { Single = true });
    }
}
