using System.Text;
using System.Text.Json;
using HealthMcp.Catalog;
using HealthMcp.Storage;

namespace HealthMcp.Upstreams.DrCloud.Exporting;

/// <summary>
/// The exports under way, each a sealed content of the data store, so that another process can go on after a kill. What has expired is removed with its
/// copy whenever the book is used.
/// </summary>
internal sealed class ExportBook(DataHome data, Entropy entropy, TimeProvider time)
{
    private const string Ending = ".job";

    // Whoever changes one must not bring back what another process removed meanwhile.
    private readonly IWhole _gate = data.Store.Whole("exports");
    private readonly SealedBox _box = new(data.Keys.Derive("drcloud/export"), entropy);

    public string NewId() => "exp-" + entropy.NewGuid().ToString("N")[..16];

    /// <summary>The export of that name, if it is this caller's and of this server; every other reason not to give it has the same sentence.</summary>
    /// <exception cref="CallFailureException">There is none.</exception>
    public ExportJob Find(string? id, string owner, string source)
    {
        Sweep();
        return id is not null && Read(id) is { } job && job.Owner == owner && job.Source == source && job.Expires > time.GetUtcNow()
            ? job
            : throw new CallFailureException(FailureCodes.NotFound, "There is no such export, or it has expired: call with action start for a new one.")
            {
                Argument = "export",
            };
    }

    /// <summary>Puts it down for the first time.</summary>
    public void Add(ExportJob job)
    {
        Sweep();
        Write(job, File(job.Id));
    }

    /// <summary>Puts down what changed, unless it was ended meanwhile.</summary>
    /// <exception cref="CallFailureException">It is gone.</exception>
    public void Update(ExportJob job)
    {
        using var held = _gate.Acquire();
        var file = held.Whole(Name(job.Id, Ending));
        if (file.Read() is null) throw new CallFailureException(FailureCodes.Cancelled, "The export was cancelled meanwhile.");
        Write(job, file);
    }

    public void RemoveCopy(ExportJob job) => Delete(data.Local.PathOf(job.File));

    /// <summary>Removes it and its copy.</summary>
    public void Remove(string id)
    {
        using (var held = _gate.Acquire()) held.Whole(Name(id, Ending)).Delete();
        Delete(data.Local.PathOf(Name(id, ".ndjson")));
    }

    private static string Name(string id, string ending) => $"export-{id}{ending}";

    private static byte[] Place(string id) => Encoding.ASCII.GetBytes($"drcloud-export/v1/{id}");

    private void Write(ExportJob job, IContent file)
    {
        var kept = job with { Expires = time.GetUtcNow() + ExportJob.Kept };
        file.Replace(_box.Seal(JsonSerializer.SerializeToUtf8Bytes(kept, DrCloudJson.Default.ExportJob), Place(job.Id)));
    }

    private ExportJob? Read(string id) =>
        File(id).Read() is { } box && _box.TryOpen(box, Place(id), out var plain) ? JsonSerializer.Deserialize(plain, DrCloudJson.Default.ExportJob) : null;

    private IWhole File(string id) => data.Store.Whole(Name(id, Ending));

    private void Sweep()
    {
        foreach (var name in data.Store.WholeNames("export-exp-", Ending))
        {
            var id = name["export-".Length..^Ending.Length];
            if (Read(id) is not { } job || job.Expires <= time.GetUtcNow()) Remove(id);
        }
    }

    private static void Delete(string path)
    {
        try
        {
            System.IO.File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The file {path} cannot be removed: remove it by hand.", e);
        }
    }
}
