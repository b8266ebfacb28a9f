namespace HealthMcp.Sandbox;
