import { systemClock } from '#core/clock.ts'
import { createLog } from '#core/log.ts'
import { loadTexts } from '#core/text.ts'
import { createDialogue } from '#dialogue/dialogue.ts'
import { newSession } from '#dialogue/session.ts'
import { loadConsents } from '#features/consents/consent-texts.ts'
import { region } from '#regions/index.ts'
import { openDatabase } from '#storage/open.ts'
import type { Sealer } from '#storage/seal.ts'
import { accountOf } from './family-rows.ts'

export const openings = ['plan', 'visits'] as const
export type Opening = (typeof openings)[number]

/** Families that are opened in turn, spread over all there are; as many of each size, so that both are as warm. */
const opened = 100

const locales = new URL('../locales', import.meta.url).pathname
const organisation = { name: 'Центр', address: 'Ставрополь', contact: '8-8652-00-00-00' }

export type Side = {
  /** Milliseconds from a member's command to the card that answers it, as the channel would be given it. */
  open(opening: Opening, turn: number): Promise<number>
  close(): Promise<void>
}

/** The conversation as it is deployed, without Telegram, on a database with so many families. */
export const openSide = async (
  url: string,
  { sealer, families }: { sealer: Sealer; families: number },
): Promise<Side> => {
  const log = createLog('warn')
  const database = await openDatabase({ kind: 'postgres', url, poolSize: 1 }, log)
  const { code } = region('stavropol')
  const dialogue = createDialogue({
    database,
    sealer,
    enqueue: () => Promise.reject(new Error('looking adds no jobs')),
    region: region(code),
    texts: await loadTexts(locales),
    consents: loadConsents(locales, { ...organisation, region: code }),
    organisation,
    publicUrl: undefined,
    botUsername: () => 'bench',
    clock: systemClock,
    log,
  })
  let updateId = 0n
  return {
    open: async (name, turn) => {
      updateId += 1n
      const family = 1 + Math.floor(((turn % opened) * families) / opened)
      const event = { kind: 'command' as const, name, payload: '' }
      const begin = performance.now()
      const { card } = await dialogue.handle({ updateId, account: accountOf(family), event }, newSession())
      const took = performance.now() - begin
      if (card?.screen !== name) throw new Error(`${name}: «${card?.screen}» was shown`)
      return took
    },
    close: database.close,
  }
}

/** Times of both sides, taken in turn within one run: whatever else the machine does meets both alike. */
export const timesOf = async (
  [small, big]: readonly [Side, Side],
  opening: Opening,
  rounds: number,
): Promise<{ small: number[]; big: number[] }> => {
  const times = { small: [] as number[], big: [] as number[] }
  for (let turn = 0; turn < opened * (rounds + 2); turn += 1) {
    // Who comes first is warmed up by nobody: they take turns in that too.
    const first = turn % 2 === 0
    const one = await (first ? small : big).open(opening, turn)
    const other = await (first ? big : small).open(opening, turn)
    // Two rounds to warm up.
    if (turn < opened * 2) continue
    times.small.push(first ? one : other)
    times.big.push(first ? other : one)
  }
  times.small.sort((a, b) => a - b)
  times.big.sort((a, b) => a - b)
  return times
}
