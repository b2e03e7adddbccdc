# syntax=docker/dockerfile:1
# Three stages: the client of the database and the bundle are made by the tools, production packages are installed without
# them, and the image holds only what runs.

FROM node:24.21.0-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc prisma.config.ts ./
COPY prisma ./prisma
RUN npm ci --include=dev
COPY scripts/bundle.mjs ./scripts/
COPY src ./src
RUN node scripts/bundle.mjs dist
RUN mkdir .data

FROM node:24.21.0-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# No scripts: nothing that runs needs one, and `prisma generate` is not here. Optional ones and peers are other
# people's tools: Prisma's command line, TypeScript, and the Telegraf for which the keeper of sessions was written.
RUN npm ci --omit=dev --omit=optional --legacy-peer-deps --ignore-scripts

FROM node:24.21.0-slim
WORKDIR /app
ENV NODE_ENV=production
ENV HOST=0.0.0.0
ENV PORT=3000
ENV NODE_OPTIONS="--disable-warning=ExperimentalWarning --enable-source-maps --max-old-space-size=256 --max-semi-space-size=8 --expose-gc"
# glibc gives freed memory back at once, see scripts/start.mjs.
ENV MALLOC_TRIM_THRESHOLD_=131072
ENV MALLOC_ARENA_MAX=2
# What was compiled for one start is there for the next one of the same container.
ENV NODE_COMPILE_CACHE=/tmp/node-compile-cache
COPY --from=packages /app/node_modules ./node_modules
# Pictures are drawn by native code of this platform, which npm takes for optional.
COPY --from=build /app/node_modules/@resvg ./node_modules/@resvg
COPY package.json ./
COPY prisma ./prisma
COPY locales ./locales
COPY src ./src
COPY --from=build /app/src/generated ./src/generated
COPY --from=build /app/dist ./dist
# Where the embedded database would live, if no DATABASE_URL is given: keep it on a volume.
COPY --from=build --chown=node:node /app/.data ./.data
USER node
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Not one of the options that NODE_OPTIONS may carry.
CMD ["node", "--min-semi-space-size=8", "dist/main.js"]
