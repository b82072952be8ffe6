# Veche for servers. Build: docker build -t veche . Run: see compose.yaml.

# The pages are built here, with the tools that only building needs.
FROM node:24-slim AS build
WORKDIR /veche
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN node scripts/words.ts && NODE_ENV=production node_modules/.bin/react-router build && NODE_ENV=production node scripts/hub-script.ts

# What runs: the sources (Node runs TypeScript as it is), the built pages, and the packages that running needs. The
# embedded PostgreSQL is left out: in a container the database is a service of its own.
FROM node:24-slim AS packages
WORKDIR /veche
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional --no-audit --no-fund

FROM node:24-slim
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    VECHE_DATA_DIR=/data
WORKDIR /veche
RUN groupadd --system veche && useradd --system --gid veche --home-dir /data veche \
  && mkdir /data && chown veche:veche /data
COPY --from=packages /veche/node_modules ./node_modules
COPY package.json veche ./
COPY migrations ./migrations
COPY src ./src
COPY --from=build /veche/.generated ./.generated
COPY --from=build /veche/build ./build
# As in scripts/setup/memory.mjs: what is freed goes back to the system.
ENV MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=262144 MALLOC_TRIM_THRESHOLD_=262144
USER veche
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# Node itself is the first process, so that it gets the signal to stop and drains.
CMD ["node", "--max-semi-space-size=4", "--heap-growing-percent=60", "src/cli/main.ts", "start"]
