namespace HealthMcp.Pipeline;

/// <summary>What people call the systems.</summary>
internal static class SystemNames
{
    public static string Of(string system) => system switch
    {
        "xcures" => "xCures",
        "phenoml" => "PhenoML",
        "patients" => "Patients",
        "drcloud" => "DrCloudEHR",
        _ => system,
    };
}
