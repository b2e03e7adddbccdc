import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Log } from '#core/log.ts'
import { addDemoPeople, type DemoStaff, demoPeople } from './demo-people.ts'
import type { OpenDesk } from './desk.ts'
import { demoBot, demoOrganisation } from './demo-texts.ts'
import { newWebhookSecret } from './receiver/receiver.ts'
import type { SandboxClock } from './sandbox-clock.ts'
import type { SandboxRegions } from './region-protocol.ts'
import { createSandbox } from './server.ts'
import { createTelegram } from './telegram/telegram.ts'

export type RunningSandbox = {
  url: string
  /** The Bot API root for the bot. */
  telegram: { token: string; apiRoot: string }
  /** The endpoint that shows the product's webhooks, and its signing secret. */
  receiver: { url: string; secret: string }
  /** The demo centre, used where the environment names none. */
  organisation: typeof demoOrganisation
  /** The people on the page who are staff of the centre. */
  staff: (DemoStaff & { phone: number })[]
  /** Opens a single-use link on a phone, as a person would. */
  openLink(phone: number, link: string): void
  stop(): Promise<void>
}

type Settings = { dataDir: string; host: string; port: number }

/** Starts the emulated Telegram: its Bot API and the page with the phones, on one address. */
export const startSandbox = async (
  { dataDir, host, port }: Settings,
  {
    clock,
    log,
    more,
    regions,
    desk,
  }: {
    clock: SandboxClock
    log: Log
    more: (app: FastifyInstance) => void
    regions?: SandboxRegions | undefined
    desk?: OpenDesk | undefined
  },
): Promise<RunningSandbox> => {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  const token = await madeOnce(join(dataDir, 'telegram-token'), newBotToken)
  const secret = await madeOnce(join(dataDir, 'webhook-secret'), newWebhookSecret)
  const telegram = createTelegram({ token, clock, log, file: join(dataDir, 'telegram.db'), bot: demoBot })
  addDemoPeople(telegram)
  const sandbox = createSandbox({
    telegram,
    host,
    port,
    log,
    more,
    clock,
    regions,
    desk,
    receiver: { secret, clock },
  })
  await sandbox.start()
  return {
    url: sandbox.url,
    telegram: { token, apiRoot: sandbox.apiRoot },
    receiver: sandbox.receiver,
    organisation: demoOrganisation,
    staff: demoPeople.flatMap(({ id, firstName: name, staff }) =>
      staff ? [{ ...staff, name, phone: id }] : [],
    ),
    openLink: (phone, link) => {
      const payload = new URL(link).searchParams.get('start') ?? ''
      telegram.sendText(phone, `/start ${payload}`)
    },
    stop: sandbox.stop,
  }
}

/** A random token: access to the port alone does not allow acting as the bot. */
const newBotToken = () => `7000000001:${randomBytes(24).toString('base64url')}`

/** A secret that stays the same across restarts. */
const madeOnce = async (file: string, make: () => string): Promise<string> => {
  await writeFile(file, make(), { flag: 'wx', mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  return readFile(file, 'utf8')
}
