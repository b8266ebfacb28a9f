using System.Runtime.InteropServices;

namespace HealthMcp.Privacy;

/// <summary>All that an object's own bytes do not tell of what becomes of it.</summary>
/// <param name="Field">The field that it is the value of.</param>
/// <param name="Depth">How deep it stands: the reader refuses what is too deep.</param>
/// <param name="Contained">Inside a contained resource.</param>
/// <param name="InExtension">Inside an extension.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Place(Field Field, byte Depth, bool Contained, bool InExtension)
{
    /// <summary>A field is the same only as itself.</summary>
    public bool Is(in Place other) =>
        ReferenceEquals(Field, other.Field) && Depth == other.Depth && Contained == other.Contained && InExtension == other.InExtension;
}

/// <summary>An object of the answer, and what it became.</summary>
/// <param name="Place">Where it stood.</param>
/// <param name="Start">Its first byte in the answer.</param>
/// <param name="Length">Its bytes in the answer.</param>
/// <param name="Written">What was written for it.</param>
/// <param name="Withheld">The classes of what was left out, one byte each (<see cref="RedactionSession.WithheldSince"/>).</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Repeat(Place Place, int Start, int Length, DraftRange Written, ulong Withheld);
