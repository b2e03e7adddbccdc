import type { InputKey } from '#core/channel.ts'
import { describeError, type Log } from '#core/log.ts'
import { languageFrom, type Texts } from '#core/text.ts'
import type { HowHandled, TelegramBot } from './bot.ts'
import { inputKeyOf, type KnownUpdate } from './update.ts'

/** How often an update may fail before it is put aside, so that what comes after it is served. */
const mostAttempts = 5

export type Failures = {
  /** Counts a failure, durably; returns how many there were. Rejects while the database is away. */
  count(input: InputKey, code: string): Promise<number>
  /** Puts the update aside for people to look at, and alerts staff. */
  quarantine(input: InputKey): Promise<void>
}

export type Receive = (update: KnownUpdate, how?: HowHandled) => Promise<void>

/**
 * Takes one update. Resolves when it is done with, also when it was given up after five failures; rejects
 * when it should be delivered again.
 */
export const createReceive = (given: Omit<ReceiveDeps, 'tellOnce'>): Receive => {
  const deps = { ...given, tellOnce: createTellOnce() }
  const { bot, failures, log } = deps
  return async (update, how) => {
    try {
      await bot.handle(update, how)
    } catch (error) {
      const input = inputKeyOf(update)
      log.error('update.failed', { updateId: update.update_id, error })
      const attempts = await failures.count(input, describeError(error).name).catch(() => null)
      if (attempts === null && (await sayOutage(deps, update))) return
      if (attempts === null || attempts < mostAttempts) throw error
      await failures.quarantine(input)
      log.error('update.quarantined', { updateId: update.update_id })
      await apologise(deps, update)
    }
  }
}

type ReceiveDeps = {
  bot: TelegramBot
  failures: Failures
  texts: Texts
  log: Log
  tellOnce: (personId: number, date: number) => boolean
}

/**
 * While nothing can be kept, a tap is told so and is done with: a person's taps stand in one line at Telegram, and
 * one that is refused would hold up the tap for the crisis card behind it. Words are kept by Telegram and come again;
 * whoever wrote them is told where to call meanwhile. True: the update is done with.
 */
const sayOutage = async (deps: ReceiveDeps, update: KnownUpdate): Promise<boolean> => {
  const { bot, texts, log } = deps
  const { callback_query: query, message } = update
  try {
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

const quietSeconds = 10 * 60
const mostTold = 10_000

/** Whoever writes into an outage is told once where to call; every later word of theirs would tell it again. */
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
  if (!person) return
  if (query) {
    // The button that was tapped must not stay busy.
    await bot.bot.api
      .answerCallbackQuery(query.id)
      .catch((error: unknown) => log.debug('tap.not-answered', { error }))
  }
  const text = texts.for(languageFrom(person.language_code), 'adult').t('errors.quarantined')
  await bot.bot.api
    .sendMessage(person.id, text, { parse_mode: 'HTML' })
    .catch((error: unknown) => log.warn('apology.not-sent', { error }))
}
