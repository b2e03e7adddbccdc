import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance } from 'fastify'
import { createTelegramChannel, type TelegramChannel } from '#channels/telegram/channel.ts'
import { withCentreNames } from '#core/centre-names.ts'
import { createShutdown, type Shutdown } from '#core/shutdown.ts'
import { loadTexts } from '#core/text.ts'
import { createDialogue } from '#dialogue/dialogue.ts'
import { outdatedHelplines } from '#features/danger/helplines.ts'
import { factsToConfirm } from '#features/guide/guide-lines.ts'
import { openCentreBooks } from '#features/territories/centre-books.ts'
import { ensureSandboxEndpoint } from '#features/webhooks/sandbox-endpoint.ts'
import { serveLate } from '#http/late-routes.ts'
import { openMetricsEdge } from '#http/serve-metrics.ts'
import { createServer, serveHealth } from '#http/server.ts'
import type { RunningSandbox } from '#sandbox/start.ts'
import { warnOfOwner } from '#storage/grants.ts'
import { hearNews, type News } from '#storage/news.ts'
import { migrate } from '#storage/migrate.ts'
import { refuseOtherTimeZone, refuseTransactionPooler } from '#storage/pooler.ts'
import { type Preparation, prepare } from '#storage/preparation.ts'
import { refuseMovedClock } from '#storage/queue-clock.ts'
import { createSealer } from '#storage/seal.ts'
import { checkStoredData } from '#storage/stored-data.ts'
import type { AppContext } from './app-context.ts'
import { checkRedis } from './channels/telegram/redis-check.ts'
import { createDeliverer } from './channels/webhooks/deliver.ts'
import { botIdOf, type Config, type Organisation, publicUrlOf, regionOf, regionTextsOf } from './config.ts'
import type { Command } from './control/command.ts'
import { runCommand } from './control/commands.ts'
import { createControl } from './control/control-server.ts'
import { examineDatabase } from './control/doctor/examine-database.ts'
import { examineCalendar } from './control/doctor/examine-surroundings.ts'
import { healthChecks } from './control/health-checks.ts'
import { keepConsentTexts } from './features/consents/consent-registry.ts'
import { loadConsents } from './features/consents/consent-texts.ts'
import { seedReplies } from './features/messages/seed-replies.ts'
import { seedSurveys } from './features/surveys/seed-surveys.ts'
import { openApiServer, openClock, openConsoleServer, openDesk, openSandbox } from './late-parts.ts'
import { createJobs } from './queue/boss.ts'
import { embeddedKeys } from './storage/data-keys.ts'
import { openDatabase } from './storage/open.ts'
import { startWebhookWorkers } from './workers/webhook-workers.ts'
import { startWorkers } from './workers/workers.ts'

export type App = {
  /** Where the app listens; in the sandbox, the address of its page. */
  url: string
  /** Stops everything in reverse order of starting; finishes the updates already received first. */
  stop(): Promise<void>
}

const longestReleaseMs = 10_000
const locales = fileURLToPath(new URL('../locales', import.meta.url))

/** Builds and starts the app. If a step fails, releases what earlier steps opened and rethrows. */
export const startApp = async (config: Config, context: AppContext): Promise<App> => {
  const shutdown = createShutdown((name) => context.log.debug('app.stopping', { name }))
  try {
    return { url: await start(config, context, shutdown), stop: shutdown.release }
  } catch (error) {
    // Why it failed is told even if something opened does not close.
    await Promise.race([shutdown.release(), pause(longestReleaseMs, undefined, { ref: false })])
    throw error
  }
}

const start = async (config: Config, context: AppContext, shutdown: Shutdown): Promise<string> => {
  const { log } = context
  const books = openCentreBooks({ database: () => database, log }, regionOf(config))
  const { region, territories, places } = books
  const sandboxClock = config.mode === 'sandbox' ? await openClock(config, context.clock, region) : null
  const clock = sandboxClock ?? context.clock
  const loaded = await loadTexts(locales, regionTextsOf(config), region.code)
  const texts = withCentreNames(loaded, 'territories', territories.nameOf)
  const run = (command: Command) =>
    runCommand(
      {
        db: database,
        clock,
        examine: () => examineDatabase({ database, config, sealer, region, now: clock.now }),
        botUsername: async () => channel.username(),
        territories,
        enqueue: async () => jobs.enqueue,
        closedYears: config.closedYears,
        planning: async () => ({ ...shared, enqueue: jobs.enqueue }),
        desk: async () => ({ sealer, pagesUrl, oidc: config.oidc }),
        notices: async () => ({ texts, organisation }),
      },
      command,
    )

  // Must come first: the control socket is the lock on the embedded database.
  if (config.embedded) {
    const control = createControl({ dir: config.dataDir, run, log })
    await control.open()
    shutdown.push('control', control.close)
  }
  const database = context.database ?? (await openDatabase(config.database, log))
  if (!context.database) shutdown.push('database', database.close)
  const sealer = createSealer(config.keys ?? (await embeddedKeys(config.dataDir)))
  let preparation: Preparation | undefined
  const available = () => preparation?.done() === true
  const telegram = () => channel.ready()
  const checks = healthChecks({ database, sealer, region: region.code, available, telegram })
  const edge = await openMetricsEdge(config.metrics, { database, clock, checks, host: config.host, log })
  shutdown.push('metrics', edge.close)
  const jobs = createJobs(database, log, {
    metrics: edge.metrics,
    duePollMs: context.duePollMs,
    recurring: context.recurring,
    clock: sandboxClock ?? undefined,
  })
  sandboxClock?.on(jobs.followClock)

  const shared = { database, sealer, region, texts, clock, metrics: edge.metrics, log }
  const counters = {
    redisUrl: config.redisUrl,
    botId: botIdOf(config),
    conceal: (key: string) => sealer.sign(key, 'counters'),
  }
  const allowLoopback = context.allowLoopback ?? config.mode === 'sandbox'
  const guard = { allowLoopback, ...config.receivers }
  const api = (front: FastifyInstance) => {
    const names = { botUsername: () => channel.username(), organisation: () => organisation }
    const urls = { publicUrl: () => publicUrl, pagesUrl: () => pagesUrl, consents: () => consents }
    const door = { oidc: config.oidc, sandbox: sandboxClock !== null, enqueue: jobs.enqueue }
    const fetchFile: TelegramChannel['fetchFile'] = (...of) => channel.fetchFile(...of)
    const lists = { territories: { all: territories.all, refresh: books.refresh } }
    const deps = { ...shared, ...names, ...urls, ...door, ...lists, fetchFile, available, guard }
    const settings = { ...counters, ...context.api }
    const under = {
      console: (closing: AbortSignal) => openConsoleServer({ ...deps, closing }, settings),
      '': (closing: AbortSignal) => openApiServer({ ...deps, closing }, settings),
    }
    serveLate(front, { under, log })
  }
  const server = createServer(checks, log)
  edge.serve(server)
  if (config.mode !== 'sandbox') api(server)
  const more = (app: FastifyInstance) => {
    serveHealth(app, checks, log)
    edge.serve(app)
    api(app)
  }
  const page = { regions: context.regions, desk: openDesk({ database, sealer, clock }) }
  const sandbox = sandboxClock ? await openSandbox(config, { ...page, clock: sandboxClock, log, more }) : null
  if (sandbox) shutdown.push('sandbox', sandbox.stop)

  const organisation = organisationOf(config, sandbox)
  const outdated = outdatedHelplines(organisation.helplines ?? [], clock.now()).length
  if (outdated > 0) log.warn('helplines.outdated', { count: outdated })
  const publicUrl = sandbox ? sandbox.url : publicUrlOf(config)
  const pagesUrl = config.localUrl ?? publicUrl
  const named = { ...organisation, region: region.code, ownRegion: config.ownRegion }
  const consents = loadConsents(locales, named)
  const dialogue = createDialogue({
    ...shared,
    enqueue: jobs.enqueue,
    botUsername: () => channel.username(),
    fetchFile: (...of) => channel.fetchFile(...of),
    consents,
    organisation,
    places,
    publicUrl,
    pagesUrl,
  })
  if (config.redisUrl !== undefined) await checkRedis(config.redisUrl, log)
  const channel: TelegramChannel = await createTelegramChannel({
    ...shared,
    settings: { ...telegramOf(config, sandbox), transport: context.transport },
    ...(config.redisUrl !== undefined && { redisUrl: config.redisUrl }),
    dialogue,
    jobs,
    server,
    available,
  })
  shutdown.push('telegram', channel.close)
  await channel.init()

  // Stopping goes in reverse: stop receiving, finish what is in progress, stop the workers, close sessions and database.
  const deliverer = createDeliverer({ ...shared, enqueue: jobs.enqueue, publicUrl, guard })
  shutdown.push('webhooks', deliverer.close)
  shutdown.push('jobs', jobs.stop)
  let news: News | undefined
  shutdown.push('keys', async () => news?.stop())
  const work = async () => {
    if (!context.database) await refuseTransactionPooler(database)
    await refuseOtherTimeZone(database)
    // Not before: what else is asked could hide a pooler from whoever looks for one.
    news ??= hearNews(database, log, () => void books.look())
    if (!context.database) {
      await migrate(database, log)
      await warnOfOwner(database, log)
    }
    await checkStoredData(database, { sealer, region: region.code, log })
    if (!sandboxClock) await refuseMovedClock(database)
    await seedSurveys(database, texts, clock)
    await seedReplies(database, texts, clock.now())
    await keepConsentTexts(database, consents, clock.now())
    shutdown.push('books', await books.start(clock.now()))
    await jobs.start()
    const { closedYears } = config
    await startWorkers({ ...shared, organisation, jobs, messenger: channel.messenger, closedYears })
    startWebhookWorkers({ database, clock, jobs, deliverer, log })
    await jobs.sweeps.start()
  }
  preparation = await prepare(database, work, log)
  shutdown.push('preparation', preparation.stop)
  if (sandbox) await ensureSandboxEndpoint(database, { sealer }, { ...sandbox.receiver, now: clock.now() })
  const url = sandbox ? sandbox.url : await server.listen({ host: config.host, port: config.port })
  shutdown.push('http', () => server.close())
  await edge.listen()
  await channel.start()
  shutdown.push('receiving', channel.stop)
  if (sandbox) {
    const { openDemoCentre } = await import('#sandbox/demo-centre.ts')
    const playing = await openDemoCentre(sandbox, {
      ...shared,
      enqueue: jobs.enqueue,
      botUsername: channel.username(),
    })
    shutdown.push('demo', playing.stop)
  }
  const { mode } = config
  const left = factsToConfirm(region, clock.now()).length
  // Terms of such a year may end a day or two too early.
  for (const { code } of examineCalendar(clock.now(), region)) log.warn('calendar.incomplete', { code })
  log.info('app.started', { mode, database: database.kind, region: region.code, factsToConfirm: left })
  return url
}

const organisationOf = (config: Config, sandbox: RunningSandbox | null): Organisation => {
  const organisation = config.organisation ?? sandbox?.organisation
  if (!organisation) throw new Error('no organisation to name in the consents')
  return organisation
}

const telegramOf = (config: Config, sandbox: RunningSandbox | null) => {
  if (sandbox) return sandbox.telegram
  if (config.mode === 'sandbox') throw new Error('the sandbox has not started')
  return config.telegram
}
