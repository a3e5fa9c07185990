# The trader as one container. deploy/container-rehearsal.sh executes these steps where there is no container engine.
# Two stages: the first has npm and fetches exactly what package-lock.json names, the second has neither npm nor a compiler.
# Node 24 comes out of node_modules, as in a clone: the image runs what the tests ran.

FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --include=optional --no-audit --no-fund --loglevel=error

FROM debian:bookworm-slim AS runtime
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY package.json ./
COPY bin ./bin
COPY config ./config
COPY observability ./observability
COPY src ./src
COPY layers ./layers
RUN install -d -o 10001 -g 10001 /var/lib/daruma /var/cache/daruma
ENV NODE_ENV=production HOME=/var/lib/daruma DARUMA_HOME=/var/lib/daruma
ENV NODE_COMPILE_CACHE=/var/cache/daruma PORT=8080
USER 10001:10001
# Proves that the program starts in this image, as this user, and leaves its compiled code for the first real start.
RUN bin/daruma --version
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node_modules/.bin/node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/livez`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["bin/daruma"]
CMD ["trade"]
