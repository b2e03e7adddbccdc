import { DomainError } from '#core/errors.ts'
import type { FamilyDeps } from '#features/families/active.ts'
import { familyForMember } from '#features/families/family-for-member.ts'
import { askForAnother } from '#features/messages/ask-for-another.ts'
import { hiddenFrom } from '#features/messages/talk-apart.ts'
import { addMemberLine } from '#features/messages/write-message.ts'
import type { Region } from '#regions/schema.ts'
import { type CaseEvent, caseEventsOf } from '#storage/cases/case-events.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { type Family, familyEventsOf, findFamily, lockFamily } from '#storage/families/families.ts'
import type { Snapshot } from '#storage/people.ts'
import type { Sealer } from '#storage/seal.ts'
import { findStaff } from '#storage/staff/staff.ts'
import { asAdultsSee, heedOf, noteAnswer } from './adults-view.ts'
import { caseNow, dayOfMoment } from './case-record.ts'

// The curator is agreed with the family (Stavropol 6.10): one tap, and help goes on whatever it says (ADR 88).

/** For how long (ms) after a curator was named the family is asked. */
const askingMs = 30 * 24 * 60 * 60_000

/** What the family has said of its present curator; null: nothing yet. */
export type CuratorWord = 'agreed' | 'declined' | null
const kinds = { agreed: 'curator-agreed', declined: 'curator-declined' } as const

/** The last word of the family about whoever is its curator now. */
export const curatorWordOf = async (
  reader: Reader,
  { id, curatorId }: Pick<Family, 'id' | 'curatorId'>,
): Promise<CuratorWord> => wordIn(await caseEventsOf(reader, id), curatorId)

const wordIn = (rows: readonly CaseEvent[], curatorId: string | null): CuratorWord => {
  const last = rows.findLast(
    ({ kind, detail }) => detail === curatorId && (kind === kinds.agreed || kind === kinds.declined),
  )
  if (!last) return null
  return last.kind === kinds.agreed ? 'agreed' : 'declined'
}

export type CuratorForMember = {
  curator: { id: string; name: string } | null
  /** The family's; that another member wishes for another curator is not told. */
  word: CuratorWord
  /** Whether this member may answer: the adults of the family, or minors as after the end of support. */
  mayAnswer: boolean
  /** Nobody has answered yet, and the curator is new. */
  asked: boolean
}

type Own = { who: Snapshot | null; familyId: string; now: Date }

/** Who the curator is, and whether the member is asked about them. Throws `not-found` for a family that is not theirs. */
export const curatorForMember = async (
  reader: Reader,
  deps: { sealer: Sealer; region: Region },
  { who, familyId, now }: Own,
): Promise<CuratorForMember> => {
  const { memberId } = familyForMember(who, familyId)
  const family = await findFamily(reader, familyId)
  const found = family?.curatorId ? await findStaff(reader, family.curatorId) : null
  if (family?.status !== 'active' || !found?.active)
    return { curator: null, word: null, mayAnswer: false, asked: false }
  const heed = await heedOf(reader, deps, { familyId, memberId, now })
  const rows = await caseEventsOf(reader, familyId)
  const said = wordIn(heed === 'unheeded' ? asAdultsSee(rows) : rows, found.id)
  // Whose conversation this curator reads has not asked for another one: it was somebody else, to whom it belongs.
  const ownWish = (await hiddenFrom(reader, { memberId, staffId: found.id })) !== null
  const word = said === 'declined' && !ownWish ? null : said
  const mayAnswer = heed !== 'none'
  const named = (await familyEventsOf(reader, familyId)).findLast(
    ({ kind, detail }) => kind === 'created' || (kind === 'curator' && detail === found.id),
  )
  const fresh = named !== undefined && now.getTime() - named.at.getTime() < askingMs
  const { id, name } = found
  return { curator: { id, name }, word, mayAnswer, asked: mayAnswer && fresh && word === null }
}

/**
 * Records what a member says of the curator whom they were shown. «Другого» stands in their conversation, from which that curator is kept,
 * and reaches the supervisors. The same word again changes nothing. Throws `not-found` for whoever is not asked, `stale` if somebody else
 * has become the curator meanwhile.
 */
export const answerCurator = async (
  tx: Tx,
  deps: FamilyDeps,
  { curatorId, word, said, ...own }: Own & { curatorId: string; word: 'agreed' | 'declined'; said: string },
): Promise<void> => {
  const { who, familyId, now } = own
  const family = await lockFamily(tx, familyId)
  const before = await curatorForMember(tx, deps, own)
  if (!family || !before.mayAnswer) throw new DomainError('not-found')
  if (before.curator?.id !== curatorId) throw new DomainError('stale')
  if (before.word === word) return
  const here = await caseNow(tx, deps.region, family, now)
  const day = dayOfMoment(deps.region, now)
  const { memberId, role } = familyForMember(who, familyId)
  const heed = await heedOf(tx, deps, { familyId, memberId, now })
  const answer = { kind: kinds[word], day, detail: curatorId, by: {}, now }
  await noteAnswer(tx, here, { heed, role, answer })
  const line = { family, memberId, role, text: said, now }
  if (word === 'declined') await askForAnother(tx, deps, { ...line, curatorId, forFamily: heed === 'heeded' })
  // Whoever reads about it learns that it has changed.
  else if (before.word === 'declined') await addMemberLine(tx, deps, { ...line, file: null, quiet: true })
}
