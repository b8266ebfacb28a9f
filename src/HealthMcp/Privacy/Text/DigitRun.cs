using System.Runtime.InteropServices;

namespace HealthMcp.Privacy;

/// <summary>Digits without anything between them, and the word they are in.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DigitRun(int Start, int End, int Token)
{
    public int Length => End - Start;
}

/// <summary>A word that announces something.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Sign(int Token, int Start, int End, SignKinds Kinds);
