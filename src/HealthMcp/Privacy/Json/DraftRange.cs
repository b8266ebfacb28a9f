using System.Runtime.InteropServices;

namespace HealthMcp.Privacy;

/// <summary>A part of a draft.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="FirstAside">The first of the values in it that come later.</param>
/// <param name="Asides">How many those are.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DraftRange(int Start, int Length, int FirstAside, int Asides);
