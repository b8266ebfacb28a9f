using HealthMcp.Cli;

return await new CommandLine(Terminal.OfProcess()).RunAsync(args);
