import { systemClock } from '#core/clock.ts'
import { createLog } from '#core/log.ts'
import { loadTexts } from '#core/text.ts'
import { createDialogue } from '#dialogue/dialogue.ts'
import { newSession } from '#dialogue/session.ts'
import { loadConsents } from '#features/consents/consent-texts.ts'
import { region as regionOf } from '#regions/index.ts'
import { openDatabase } from '#storage/open.ts'
import { sealer } from './accounts.ts'
import { accountOf } from './family-rows.ts'

export const openings = ['plan', 'visits'] as const
export type Opening = (typeof openings)[number]

/** Families opened in turn, spread over all; the same number for each size, so that both are equally warm. */
const opened = 100

const locales = new URL('../locales', import.meta.url).pathname
const organisation = { name: 'Центр', address: 'Ставрополь', contact: '8-8652-00-00-00' }

export type Side = {
  /** Milliseconds from a member's command to the resulting card, as the channel would receive it. */
  open(opening: Opening, turn: number): Promise<number>
  close(): Promise<void>
}

/** The deployed dialogue without Telegram, on a database of the given size. */
export const openSide = async (url: string, families: number): Promise<Side> => {
  const log = createLog('warn')
  const database = await openDatabase({ kind: 'postgres', url, poolSize: 1 }, log)
  const region = regionOf('stavropol')
  const dialogue = createDialogue({
    database,
    sealer,
    enqueue: () => Promise.reject(new Error('looking adds no jobs')),
    region,
    texts: await loadTexts(locales),
    consents: loadConsents(locales, { ...organisation, region: region.code }),
    organisation,
    places: { all: () => [] },
    publicUrl: undefined,
    pagesUrl: undefined,
    botUsername: () => 'bench',
    fetchFile: () => Promise.reject(new Error('nobody sends a file')),
    clock: systemClock,
    log,
  })
  let updates = 0
  return {
    open: async (name, turn) => {
      updates += 1
      const family = 1 + Math.floor(((turn % opened) * families) / opened)
      const event = { kind: 'command' as const, name, payload: '' }
      const begin = performance.now()
      const key = { channel: 'telegram' as const, id: String(updates), order: updates }
      const { card } = await dialogue.handle({ ...key, account: accountOf(family), event }, newSession())
      const took = performance.now() - begin
      if (card?.screen !== name) throw new Error(`${name}: «${card?.screen}» was shown`)
      return took
    },
    close: database.close,
  }
}

/** Times of both sides, interleaved in one run so that other load on the machine affects both alike. */
export const timesOf = async (
  [small, big]: readonly [Side, Side],
  opening: Opening,
  rounds: number,
): Promise<{ small: number[]; big: number[] }> => {
  const times = { small: [] as number[], big: [] as number[] }
  for (let turn = 0; turn < opened * (rounds + 2); turn += 1) {
    // The first one has a cold start, so the sides alternate in that, too.
    const first = turn % 2 === 0
    const one = await (first ? small : big).open(opening, turn)
    const other = await (first ? big : small).open(opening, turn)
    // Two warm-up rounds.
    if (turn < opened * 2) continue
    times.small.push(first ? one : other)
    times.big.push(first ? other : one)
  }
  times.small.sort((a, b) => a - b)
  times.big.sort((a, b) => a - b)
  return times
}
