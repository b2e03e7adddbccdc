import { formatDayOn, formatTime } from '#core/dates.ts'
import { blockedText } from '#core/withheld.ts'
import { DomainError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import type { Say, Texts } from '#core/text.ts'
import { canSee, viewerOf } from '#features/families/audience.ts'
import { safetyFactsInForce } from '#features/families/safety-facts.ts'
import { type Keeper, mustKeep } from '#features/staff/keeper.ts'
import { caseBlock } from '#features/requests/case-block.ts'
import { claimedCaseFor, type Staff } from '#features/requests/cases.ts'
import { contactSafety, openContact } from '#features/requests/request-content.ts'
import type { Region } from '#regions/schema.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { findMember } from '#storage/families/family-members.ts'
import {
  insertReply,
  quickReplies,
  type ReplyContent,
  type ReplyTone,
  removeReply,
  replyContent,
  replyTones,
  updateReply,
} from '#storage/messages/quick-replies.ts'
import { personOf } from '#storage/people.ts'
import { duplicatesOf } from '#storage/requests/duplicates.ts'
import type { Sealer } from '#storage/seal.ts'
import { addAudit } from '#storage/staff/audit.ts'
import { findStaff } from '#storage/staff/staff.ts'
import { visitsSince } from '#storage/visits/visits.ts'
import { type Fillings, fillReply, type Placeholder, unknownPlaceholders } from './fill-reply.ts'
import { correspondentOf } from './threads.ts'

// «Быстрые ответы»: texts of the centre that staff choose instead of typing them, and send as their own.

/** More than these nobody finds anything among. */
const mostReplies = 100

/** What does not fit in a ready answer: a field, `texts.ru.plain.adult`, and the words in braces that are no placeholder, if it is these. */
export type ReplyFault = { field: string; braces: string[] }

/** All that does not fit; none: it can be kept. Pure. */
export const replyFaults = (content: unknown): ReplyFault[] => {
  const { error, data } = replyContent.safeParse(content)
  if (error) return error.issues.map(({ path }) => ({ field: path.join('.'), braces: [] }))
  return (['ru', 'en'] as const).flatMap((language) =>
    replyTones.flatMap((tone) =>
      (['adult', 'minor'] as const).flatMap((whom) => {
        const braces = unknownPlaceholders(data.texts[language]?.[tone]?.[whom] ?? '')
        return braces.length > 0 ? [{ field: `texts.${language}.${tone}.${whom}`, braces }] : []
      }),
    ),
  )
}

/** Throws `invalid-input` for what does not fit, and for braces around what is no placeholder. */
const checked = (content: ReplyContent): ReplyContent => {
  const [fault] = replyFaults(content)
  if (!fault) return replyContent.parse(content)
  throw new DomainError('invalid-input', { field: fault.braces.length > 0 ? 'texts' : 'content' })
}

type Change = { by: Keeper; now: Date }

/** Adds a ready answer at the end. Returns its id. Throws `not-allowed`, `invalid-input`. */
export const addQuickReply = async (
  tx: Tx,
  { by, content, now }: Change & { content: ReplyContent },
): Promise<string> => {
  const author = mustKeep(by)
  const all = await quickReplies(tx)
  if (all.length >= mostReplies) throw new DomainError('not-allowed')
  const id = newId()
  const position = Math.max(0, ...all.map((one) => one.position)) + 1
  await insertReply(tx, { id, position, content: checked(content), updatedAt: now })
  await addAudit(tx, { at: now, action: 'replies.changed', subjectId: id, ...author })
  return id
}

/** Changes one, or its place. Throws `not-found`, `not-allowed`, `invalid-input`. */
export const changeQuickReply = async (
  tx: Tx,
  {
    by,
    id,
    content,
    position,
    now,
  }: Change & { id: string; content?: ReplyContent | undefined; position?: number | undefined },
): Promise<void> => {
  const author = mustKeep(by)
  const changes = {
    ...(content !== undefined && { content: checked(content) }),
    ...(position !== undefined && { position }),
  }
  if (!(await updateReply(tx, { id, ...changes, updatedAt: now }))) throw new DomainError('not-found')
  await addAudit(tx, { at: now, action: 'replies.changed', subjectId: id, ...author })
}

/** Throws `not-found`, `not-allowed`. */
export const removeQuickReply = async (tx: Tx, { by, id, now }: Change & { id: string }): Promise<void> => {
  const author = mustKeep(by)
  if (!(await removeReply(tx, id, now))) throw new DomainError('not-found')
  await addAudit(tx, { at: now, action: 'replies.changed', subjectId: id, ...author })
}

/** A ready answer as one person would read it. */
export type OfferedReply = {
  id: string
  title: ReplyContent['title']
  tones: { tone: ReplyTone; text: string; missing: Placeholder[] }[]
}

type Deps = { sealer: Sealer; region: Region; texts: Texts }
type As = { staff: Staff | null | undefined; now: Date }

const offer = async (
  reader: Reader,
  say: Say,
  { neverCall, ...fillings }: Fillings & { neverCall: boolean },
): Promise<OfferedReply[]> =>
  (await quickReplies(reader)).flatMap(({ id, content: { title, texts, aboutCalls } }) => {
    if (aboutCalls && neverCall) return []
    const tones = texts[say.language] ?? texts.ru
    const filled = replyTones.flatMap((tone) => {
      const text = tones[tone]?.[say.address]
      return text === undefined ? [] : [{ tone, ...fillReply(text, fillings) }]
    })
    return filled.length === 0 ? [] : [{ id, title, tones: filled }]
  })

/** The ready answers for a member of a family, filled in; audited as an access to their name. Throws `not-found`. */
export const repliesForMember = async (
  tx: Tx,
  { sealer, region, texts }: Deps,
  { memberId, ...as }: As & { memberId: string },
): Promise<OfferedReply[]> => {
  const { family, member } = await correspondentOf(tx, { sealer }, { ...as, memberId })
  const known = await findMember(tx, memberId)
  const person = known?.personId ? await personOf(tx, known.personId) : null
  const say = texts.for(person?.language ?? 'ru', member.role === 'minor' ? 'minor' : 'adult')
  const curator = family.curatorId === null ? null : await findStaff(tx, family.curatorId)
  const ahead = await visitsSince(tx, {
    familyId: family.id,
    since: as.now,
    statuses: ['planned'],
    limit: 20,
  })
  // What is not for this member must not be told them by a ready answer.
  const visit = known && ahead.find((one) => canSee(viewerOf(known), one))
  const facts = await safetyFactsInForce(tx, { sealer }, { familyId: family.id, now: as.now })
  const moment = visit && { instant: visit.startsAt, timeZone: region.timeZone, now: as.now }
  return offer(tx, say, {
    neverCall: facts.some((fact) => fact.memberId === memberId && fact.kind === 'no-calls'),
    // A sign instead of a name would go out to them.
    name: member.name === blockedText ? null : member.name,
    curator: curator?.active ? curator.name : null,
    day: moment ? formatDayOn(say, moment) : null,
    time: visit ? formatTime(visit.startsAt, region.timeZone) : null,
  })
}

/** The same for whoever made a request that the member of staff has; there are no visits yet. Throws `not-found`, `not-allowed`. */
export const repliesForRequest = async (
  tx: Tx,
  { sealer, texts }: Deps,
  { requestId, staff, now }: As & { requestId: string },
): Promise<OfferedReply[]> => {
  const request = await claimedCaseFor(tx, staff, requestId)
  if (!staff) throw new DomainError('not-found')
  await addAudit(tx, { staffId: staff.id, action: 'request.contact', requestId, at: now })
  const person = await personOf(tx, request.personId)
  const say = texts.for(person?.language ?? 'ru', request.applicant === 'minor' ? 'minor' : 'adult')
  const contact = openContact(sealer, request)
  const { name, mayName } = contact
  const { closed } = await caseBlock(tx, { staffId: staff.id, request, now })
  const merged = (await duplicatesOf(tx, requestId)).map((one) => openContact(sealer, one))
  return offer(tx, say, {
    neverCall: contactSafety(contact, merged).neverCall,
    name: mayName === 'no' || closed ? null : (name ?? null),
    // Whoever wrote about another family learns no name.
    curator: request.applicant === 'other-person' ? null : ((await findStaff(tx, staff.id))?.name ?? null),
    ...{ day: null, time: null },
  })
}
