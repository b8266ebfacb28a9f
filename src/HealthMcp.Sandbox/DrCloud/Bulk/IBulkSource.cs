namespace HealthMcp.Sandbox.DrCloud.Bulk;

/// <summary>Where the lines of an export come from.</summary>
internal interface IBulkSource
{
    /// <summary>Types that there is something of, with how many; null where counting would mean making them.</summary>
    IEnumerable<(string Type, long? Count)> Types(BulkJob job);

    /// <summary>One resource a line, the same ones at every call.</summary>
    IEnumerable<byte[]> Lines(BulkJob job, string type);
}
