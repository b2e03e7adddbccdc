import { z } from 'zod'
import { startCause } from '#control/start-errors.ts'
import type { Config } from '#src/config.ts'
import { type Finding, found, foundCause } from './findings.ts'

const timeoutMs = 10_000
/** A failed delivery of before that has been made up for long ago. */
const recentSeconds = 15 * 60
const manyWaiting = 100
/** Answers carry whole seconds, and take some of them themselves. */
const clockMs = 30_000

const answerSchema = z.object({ ok: z.boolean() })
const webhookSchema = z.object({
  result: z.object({
    url: z.string(),
    pending_update_count: z.int(),
    last_error_date: z.int().optional(),
    last_error_message: z.string().optional(),
  }),
})

/** `clock` is null if Telegram does not tell the time. */
export type TelegramExamined = { telegram: Finding[]; clock: Finding[] | null }

/** Asks Telegram who the bot is and what it knows of the webhook; compares the clocks by the way. */
export const examineTelegram = async (
  config: Exclude<Config, { mode: 'sandbox' }>,
  now: () => Date,
): Promise<TelegramExamined> => {
  const { apiRoot, token } = config.telegram
  const host = new URL(apiRoot).host
  const call = async (method: string) => {
    const answer = await fetch(`${apiRoot}/bot${token}/${method}`, { signal: AbortSignal.timeout(timeoutMs) })
    const date = Date.parse(answer.headers.get('date') ?? '')
    return { status: answer.status, body: await answer.json().catch(() => null), date }
  }
  try {
    const me = await call('getMe')
    const clock = Number.isNaN(me.date) ? null : clockFindings(now().getTime() - me.date, host)
    const refused = startCause({ error_code: me.status }, config)
    if (refused) return { telegram: [foundCause(refused)], clock }
    const webhook = webhookSchema.safeParse((await call('getWebhookInfo')).body)
    if (!answerSchema.safeParse(me.body).success || !webhook.success)
      return { telegram: [found('telegram.not-understood', { host })], clock }
    return { telegram: webhookFindings(config, webhook.data.result, now()), clock }
  } catch (error) {
    const cause = startCause({ name: 'HttpError', error }, config)
    return { telegram: cause ? [foundCause(cause)] : [], clock: null }
  }
}

export const clockFindings = (offMs: number, than: string): Finding[] =>
  Math.abs(offMs) > clockMs ? [found('clock.off', { seconds: Math.round(offMs / 1000), than })] : []

type WebhookInfo = z.infer<typeof webhookSchema>['result']

/** Judges what Telegram says of the webhook. Its own words for the last error hold no secret of ours. */
const webhookFindings = (config: Config, info: WebhookInfo, now: Date): Finding[] => {
  if (config.mode !== 'webhook')
    return info.url === '' ? [] : [found('telegram.webhook-left', { host: hostOf(info.url) })]
  const ours = new URL('/telegram/webhook', config.telegram.webhook.url)
  if (info.url === '') return [found('telegram.webhook-absent')]
  if (info.url !== ours.href)
    return [found('telegram.webhook-elsewhere', { host: hostOf(info.url), ours: ours.host })]
  const waiting = info.pending_update_count
  const since = now.getTime() / 1000 - (info.last_error_date ?? 0)
  if (since < recentSeconds)
    return [
      found('telegram.webhook-failing', {
        minutes: Math.max(0, Math.round(since / 60)),
        said: (info.last_error_message ?? '').slice(0, 200),
        waiting,
      }),
    ]
  return waiting > manyWaiting ? [found('telegram.webhook-behind', { waiting })] : []
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : 'another address')
