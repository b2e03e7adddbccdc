import { DomainError } from '#core/errors.ts'
import { cleanText, countCharacters } from '#core/words.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import type { Staff } from '#features/requests/cases.ts'
import type { Region } from '#regions/schema.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { listYouSaidWeDid, type YouSaidWeDid } from '#storage/surveys/you-said-we-did.ts'
import { type Publisher, publishYouSaidWeDid, retractYouSaidWeDid } from './you-said-we-did.ts'

// «Вы сказали – мы сделали» as supervisors publish it, in the bot and in the console.

/** Longest half in characters: three items have to fit on a card. */
export const longestHalf = 300
/** The period of the answers that an item refers to. */
export const toldMonths = 3

/** One half as it is published; null: it is too long, or there are no words at all. */
export const halfOf = (text: string): string | null => {
  const clean = cleanText(text)
  return clean === '' || countCharacters(clean) > longestHalf ? null : clean
}

type Teller = Pick<Staff, 'id' | 'role' | 'active' | 'territories'>

/** Whether somebody serves every territory, so that all families may be told. */
export const servesAll = (
  { territories }: Pick<Region, 'territories'>,
  staff: Pick<Staff, 'territories'>,
): boolean => territories.every(({ code }) => staff.territories.includes(code))

/** Throws `not-found` for anybody but a supervisor. */
const publisherOf = (region: Region, staff: Teller | null | undefined): Publisher => {
  if (!staff?.active || staff.role !== 'supervisor') throw new DomainError('not-found')
  return { staffId: staff.id, territories: servesAll(region, staff) ? 'all' : staff.territories }
}

/** Tells the families of a territory, or all of them (null), at once. Throws `invalid-input` for a half, and as `publishYouSaidWeDid` does. */
export const tellFamilies = async (
  tx: Tx,
  { region }: { region: Region },
  {
    staff,
    item: { survey: surveyCode, territory, ...words },
    now,
  }: {
    staff: Teller | null | undefined
    item: { survey: string; said: string; done: string; territory: string | null }
    now: Date
  },
): Promise<YouSaidWeDid> => {
  const by = publisherOf(region, staff)
  const [said, done] = [halfOf(words.said), halfOf(words.done)]
  if (said === null || done === null)
    throw new DomainError('invalid-input', { field: said === null ? 'said' : 'done' })
  const today = dayAt(now, region.timeZone)
  const item = {
    ...{ surveyCode, territory, said, done, saidEn: null, doneEn: null },
    from: today.subtract({ months: toldMonths }).toString(),
    until: today.toString(),
  }
  return publishYouSaidWeDid(tx, { item, by, timeZone: region.timeZone, now })
}

/** Takes an item back: families do not see it any more. Throws `not-found`. */
export const takeBackTold = async (
  tx: Tx,
  { region }: { region: Region },
  { staff, id, now }: { staff: Teller | null | undefined; id: string; now: Date },
): Promise<void> => retractYouSaidWeDid(tx, { id, by: publisherOf(region, staff), now })

/** What families of the member's territories were told, newest first. `mayTakeBack`: it is within the member's reach. */
export const toldInReach = async (
  reader: Reader,
  { region }: { region: Region },
  { staff, limit }: { staff: Teller; limit: number },
): Promise<(YouSaidWeDid & { mayTakeBack: boolean })[]> => {
  const found = await listYouSaidWeDid(reader, { territories: staff.territories, limit })
  const all = servesAll(region, staff)
  return found.map((item) => ({ ...item, mayTakeBack: all || item.territory !== null }))
}
