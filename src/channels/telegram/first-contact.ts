import { setTimeout as pause } from 'node:timers/promises'
import { type Api, type Bot, GrammyError, HttpError } from 'grammy'
import type { Log } from '#core/log.ts'
import { networkFault } from '#core/network-faults.ts'

const tryAgainMs = 2_000

/**
 * Asks Telegram who the bot is, and waits for as long as Telegram is away; the log says so, and why. grammY's own `init`
 * waits in silence, and up to twenty minutes between two tries. Throws GrammyError if Telegram refuses the token.
 */
export const meetTelegram = async (
  bot: Pick<Bot, 'botInfo'> & { api: Pick<Api, 'getMe'> },
  log: Log,
  waitMs = tryAgainMs,
): Promise<void> => {
  for (let away = false; ; ) {
    try {
      bot.botInfo = await bot.api.getMe()
      if (away) log.info('telegram.back')
      return
    } catch (error) {
      if (!isAway(error)) throw error
      if (!away) log.warn('telegram.away', { cause: networkFault(error) ?? 'unknown' })
      away = true
    }
    await pause(waitMs)
  }
}

const isAway = (error: unknown): boolean =>
  error instanceof HttpError ||
  (error instanceof GrammyError && (error.error_code >= 500 || error.error_code === 429))
