# Sightline in one container: `docker build -t sightline . && docker run -p 3000:3000 sightline`
FROM node:24-bookworm-slim AS build
WORKDIR /sightline
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN NEXT_TELEMETRY_DISABLED=1 node -e "import('./scripts/build-if-needed.mjs').then((m) => m.buildIfNeeded(process.cwd()))" \
  && npm prune --omit=dev

FROM node:24-bookworm-slim
ENV NODE_ENV=production NEXT_TELEMETRY_DISABLED=1 PORT=3000
WORKDIR /sightline
COPY --from=build --chown=node:node /sightline /sightline
USER node
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD node -e "fetch('http://127.0.0.1:'+process.env.PORT+'/test').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"
CMD ["node", "scripts/start.mjs"]
