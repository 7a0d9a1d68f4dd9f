# Sightline in one container: `docker build -t sightline . && docker run --init -p 3000:3000 -v sightline:/data sightline`
FROM node:24-bookworm-slim AS build
WORKDIR /sightline
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN NEXT_TELEMETRY_DISABLED=1 node -e "import('./scripts/build-if-needed.mjs').then((m) => m.buildIfNeeded(process.cwd()))" \
  && npm prune --omit=dev

FROM node:24-bookworm-slim
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 PORT=3000 DATA_DIR=/data
WORKDIR /sightline
COPY --from=build --chown=node:node /sightline /sightline
# The database, the files and the server's secret: everything worth keeping.
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD node -e "fetch('http://127.0.0.1:'+process.env.PORT+'/api/health/ready').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"
CMD ["node", "scripts/start.mjs"]
