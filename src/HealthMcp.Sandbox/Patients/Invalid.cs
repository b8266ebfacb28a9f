namespace HealthMcp.Sandbox.Patients;

/// <summary>A value that a request may not have; becomes the 422.</summary>
internal sealed record Invalid(string Where, string Field, string Why);
