namespace HealthMcp.Sandbox;

public sealed record SandboxOptions
{
    /// <summary>The loopback port; 0 takes any free one.</summary>
    public int Port { get; init; }

    /// <summary>True makes DrCloudEHR a well-behaved FHIR R4 server instead of one with its ancestor's quirks.</summary>
    public bool Conformant { get; init; }

    /// <summary>A bulk export of DrCloudEHR has so many resources, made while they are sent; 0 exports the records that are there.</summary>
    public long BulkResources { get; init; }

    /// <summary>How often the state of a bulk export is asked for before it is ready.</summary>
    public int BulkPolls { get; init; }

    /// <summary>How many patients are generated for DrCloudEHR besides the hand-made ones, each with years of records.</summary>
    public int SyntheticPatients { get; init; }

    /// <summary>PhenoML is a shared instance, on which its registry of MCP servers is closed.</summary>
    public bool SharedInstance { get; init; }

    /// <summary>
    /// Awaited before each piece of text of a streamed chat, with the piece's number, from 1, and how many there are: with it a test holds a piece back.
    /// </summary>
    public Func<int, int, CancellationToken, Task>? BeforeChatPiece { get; init; }

    /// <summary>The journal keeps answers too, so that both sides of an exchange can be held against the contract.</summary>
    public bool KeepAnswers { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How long access tokens live. DrCloudEHR's client-credentials tokens never live longer than its documented minute.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>A JWKS whose keys may sign DrCloudEHR client assertions, besides the key that the sandbox makes itself.</summary>
    public string? DrCloudClientPublicJwks { get; init; }
}
