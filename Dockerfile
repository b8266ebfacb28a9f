# The platform is fixed because the program is compiled ahead of time for it (ReadyToRun).
FROM --platform=linux/amd64 mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
WORKDIR /source
ENV CI=true DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# Packages first: this layer changes only when they do.
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig ./
COPY src/HealthMcp/HealthMcp.csproj src/HealthMcp/packages.lock.json src/HealthMcp/
COPY src/HealthMcp.Sandbox/HealthMcp.Sandbox.csproj src/HealthMcp.Sandbox/packages.lock.json src/HealthMcp.Sandbox/
RUN dotnet restore src/HealthMcp --locked-mode -r linux-x64 -p:PublishReadyToRun=true

COPY prompts prompts
COPY src src
RUN dotnet publish src/HealthMcp --no-restore -c Release -r linux-x64 --self-contained false -p:PublishReadyToRun=true -p:UseAppHost=false -o /app

# The final image has no shell, so the data folder and its mode come from here.
RUN install -d -m 0700 /image/data


FROM --platform=linux/amd64 mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled AS run
LABEL io.modelcontextprotocol.server.name="io.github.healthmcp/healthmcp" \
      org.opencontainers.image.title="HealthMcp" \
      org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /app
COPY --from=build /app .
COPY --from=build --chown=$APP_UID:$APP_UID /image/ /
# This base has no time zones, and DrCloudEHR names one with the time of an export.
COPY --from=build /usr/share/zoneinfo /usr/share/zoneinfo

# HEALTHMCP_DATABASE and HEALTHMCP_MASTER_KEY come from the platform's secrets, never from the image.
# ASPNETCORE_HTTP_PORTS is set by the base image and would ask for a second port.
ENV HEALTHMCP_DATA_DIR=/data \
    ASPNETCORE_HTTP_PORTS= \
    DOTNET_EnableDiagnostics=0
USER $APP_UID
VOLUME /data
EXPOSE 8765

HEALTHCHECK --interval=30s --timeout=5s --start-period=10s --retries=3 CMD ["dotnet", "HealthMcp.dll", "health"]
ENTRYPOINT ["dotnet", "HealthMcp.dll"]

# All four systems on the sandbox. As soon as one of them is live the program refuses to serve it without sign-in.
CMD ["--urls", "http://0.0.0.0:8765", "--anonymous-sandbox"]
