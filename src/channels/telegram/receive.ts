import type { InputKey } from '#core/channel.ts'
import { describeError, type Log } from '#core/log.ts'
import type { Metrics, UpdateResult } from '#core/metrics.ts'
import { languageFrom, type Texts } from '#core/text.ts'
import type { HowHandled, TelegramBot } from './bot.ts'
import { inputKeyOf, isStandaloneTap, type KnownUpdate, kindOf } from './update.ts'

/** Failures after which an update is quarantined, so that later ones can be served. */
const mostAttempts = 5

export type Failures = {
  /** Records a failure durably; returns the count. Rejects while the database is unavailable. */
  count(input: InputKey, code: string): Promise<number>
  /** Quarantines the update for inspection, and alerts staff. */
  quarantine(input: InputKey): Promise<void>
}

export type Receive = (update: KnownUpdate, how?: HowHandled) => Promise<void>

/**
 * Handles one update. Resolves when it is finished, including quarantine after five failures; rejects if it should be
 * delivered again.
 */
export const createReceive = (given: Omit<ReceiveDeps, 'tellOnce'>): Receive => {
  const handle = createHandle({ ...given, tellOnce: createTellOnce() })
  return async (update, how) => {
    const begun = performance.now()
    let result: UpdateResult = 'again'
    try {
      result = await handle(update, how)
    } finally {
      given.metrics.update(kindOf(update), result, (performance.now() - begun) / 1000)
    }
  }
}

type Handle = (update: KnownUpdate, how?: HowHandled) => Promise<Exclude<UpdateResult, 'again'>>

const createHandle = (deps: ReceiveDeps): Handle => {
  const { bot, failures, log } = deps
  return async (update, how) => {
    if (how?.crowded) {
      await sayCrowded(deps, update)
      return 'crowded'
    }
    if (!deps.available() && !isStandaloneTap(update)) {
      if (await sayOutage(deps, update)) return 'outage'
      throw new DatabaseAway('the database has not been there since the start')
    }
    try {
      await bot.handle(update, how)
      return 'done'
    } catch (error) {
      const input = inputKeyOf(update)
      log.error('update.failed', { updateId: update.update_id, error })
      const attempts = await failures.count(input, describeError(error).name).catch(() => null)
      if (attempts === null && (await sayOutage(deps, update))) return 'outage'
      if (attempts === null || attempts < mostAttempts) throw error
      await failures.quarantine(input)
      log.error('update.quarantined', { updateId: update.update_id })
      await apologise(deps, update)
      return 'quarantined'
    }
  }
}

type ReceiveDeps = {
  bot: TelegramBot
  /** Whether the database may be used. Until then only crisis card and guide are served, and everybody else is told so. */
  available: () => boolean
  failures: Failures
  texts: Texts
  metrics: Metrics
  log: Log
  tellOnce: (personId: number, date: number) => boolean
}

/**
 * During an outage of the database, a tap gets an answer and is finished: Telegram delivers a person's taps in
 * sequence, and a refused one would block a tap for the crisis card. Messages are kept by Telegram and delivered
 * again; their author is told whom to call meanwhile. True: the update is finished.
 */
const sayOutage = async (deps: ReceiveDeps, update: KnownUpdate): Promise<boolean> => {
  const { bot, texts, log } = deps
  const { callback_query: query, message } = update
  try {
    // A hidden chat says nothing of whose bot this is.
    if (await bot.silent(query?.from.id ?? message?.from?.id ?? 0)) return query !== undefined
    if (query) {
      const text = texts.for(languageFrom(query.from.language_code), 'adult').label('errors.outage')
      await bot.bot.api.answerCallbackQuery(query.id, { text, show_alert: true })
      return true
    }
    if (message?.from && message.chat.type === 'private' && deps.tellOnce(message.from.id, message.date)) {
      const text = texts.for(languageFrom(message.from.language_code), 'adult').t('errors.outageWords')
      await bot.bot.api.sendMessage(message.from.id, text, { parse_mode: 'HTML' })
    }
  } catch (error) {
    log.warn('outage.not-said', { error })
  }
  return false
}

/** A person's hand was quicker than the answers: the tap is finished, and they are asked to wait for the card. */
const sayCrowded = async ({ bot, texts, log }: ReceiveDeps, { callback_query: query }: KnownUpdate) => {
  if (!query) return
  const text = texts.for(languageFrom(query.from.language_code), 'adult').label('errors.crowded')
  await bot.bot.api
    .answerCallbackQuery(query.id, { text })
    .catch((error: unknown) => log.debug('tap.not-answered', { error }))
}

/** An update that is delivered again later; not counted as a failure of its own. */
class DatabaseAway extends Error {
  override name = 'DatabaseAway'
}

const quietSeconds = 10 * 60
const mostTold = 10_000

/** Tells an author once per outage whom to call, not for every retried message. */
const createTellOnce = () => {
  const told = new Map<number, number>()
  return (personId: number, date: number): boolean => {
    const last = told.get(personId) ?? Number.NEGATIVE_INFINITY
    if (date - last < quietSeconds) return false
    if (told.size >= mostTold) told.clear()
    told.set(personId, date)
    return true
  }
}

const apologise = async ({ bot, texts, log }: ReceiveDeps, update: KnownUpdate) => {
  const { message, edited_message, callback_query: query } = update
  const person = query?.from ?? message?.from ?? edited_message?.from
  if (!person || (await bot.silent(person.id))) return
  if (query) {
    // The tapped button must not stay busy.
    await bot.bot.api
      .answerCallbackQuery(query.id)
      .catch((error: unknown) => log.debug('tap.not-answered', { error }))
  }
  const text = texts.for(languageFrom(person.language_code), 'adult').t('errors.quarantined')
  await bot.bot.api
    .sendMessage(person.id, text, { parse_mode: 'HTML' })
    .catch((error: unknown) => log.warn('apology.not-sent', { error }))
}
