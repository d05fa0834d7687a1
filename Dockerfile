# syntax=docker/dockerfile:1

FROM rust:1.95-bookworm AS build
# The image's own toolchain; rust-toolchain.toml would have rustup fetch formatter and linter, which a build does not need.
ENV RUSTUP_TOOLCHAIN=1.95.0
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    cargo build --release --locked -p accolade \
 && install -D target/release/accolade /out/accolade

FROM debian:bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates libssl3 fonts-wqy-microhei \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --user-group --home-dir /data --shell /usr/sbin/nologin accolade \
 && install -d -o accolade -g accolade -m 0700 /data
COPY --from=build /out/accolade /usr/local/bin/accolade

# Everything that is written goes to /data: the embedded database, if none is configured, and the master key.
ENV ACCOLADE_LISTEN=0.0.0.0:8080 \
    ACCOLADE_DATA_DIR=/data \
    ACCOLADE_FONTS_DIR=/usr/share/fonts/truetype/wqy \
    ACCOLADE_LOG__FORMAT=json
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM

# bash speaks TCP itself, so the image needs no HTTP client.
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /readyz HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && read -r _ code _ <&3 && [ \"$code\" = 200 ]"]

ENTRYPOINT ["accolade"]
CMD ["serve"]
