using System.Runtime.InteropServices;

namespace HealthMcp.Privacy;

/// <summary>What a text became and what that counted, so that the same text can be counted again without being read again.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ScrubResult(string Text, CountedKind[] Counts, int Injections);

/// <summary>One kind that was counted, as withheld or as shown.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CountedKind(string Kind, bool Shown, int Times);
