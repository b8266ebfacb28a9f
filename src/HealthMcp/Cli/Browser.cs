using System.ComponentModel;
using System.Diagnostics;

namespace HealthMcp.Cli;

/// <summary>The system's own browser (RFC 8252): it has the person's session and shows whose page it is, which a window of ours could not.</summary>
internal static class Browser
{
    /// <summary>
    /// As <see cref="Open"/>, but only where there is a screen: on others the opener may start and show nothing, and nobody would notice. What is opened stands
    /// in the arguments of another program, which every user of the machine may read while it runs: an address of a secret goes by way of a file.
    /// </summary>
    public static bool OpenOnScreen(Uri address) => HasScreen() && Open(address);

    /// <returns>False when there is no browser that could be started.</returns>
    public static bool Open(Uri address)
    {
        var (program, before) = OperatingSystem.IsWindows() ? ("rundll32", ["url.dll,FileProtocolHandler"])
            : OperatingSystem.IsMacOS() ? ("open", [])
            : ("xdg-open", Array.Empty<string>());
        try
        {
            // Its own streams would write over what a person or a script reads here.
            var start = new ProcessStartInfo(program, [.. before, address.AbsoluteUri])
            {
                UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true,
            };
            using var process = Process.Start(start);
            return process is not null;
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or FileNotFoundException)
        {
            return false;
        }
    }

    private static bool HasScreen() => OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()
        || new[] { "DISPLAY", "WAYLAND_DISPLAY" }.Any(name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)));
}
