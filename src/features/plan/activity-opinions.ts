import { DomainError } from '#core/errors.ts'
import { countCharacters } from '#core/words.ts'
import { type Alarm, isAlarming } from '#features/danger/ear.ts'
import { type FamilyDeps, mustBeActive } from '#features/families/active.ts'
import { privacyOf, secrecy } from '#features/families/audience.ts'
import { notifyStaff } from '#features/families/notify-staff.ts'
import { apartIfAboutCurator } from '#features/messages/about-curator.ts'
import { addMemberLine } from '#features/messages/write-message.ts'
import { announce } from '#features/webhooks/announce.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { type Family, lockFamily } from '#storage/families/families.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import { talkApartOf } from '#storage/messages/talks-apart.ts'
import type { Snapshot } from '#storage/people.ts'
import {
  insertOpinion,
  type Opinion,
  type OpinionKind,
  opinionsOf,
} from '#storage/plan/activities-opinions.ts'
import { latestPlan } from '#storage/plan/plans.ts'
import type { Sealer } from '#storage/seal.ts'
import { activityToJudge } from './plan-changes.ts'
import { knowsOpenVersionsOnly } from './plan-for-member.ts'

/** Maximum length of an opinion, in characters (code points). */
export const longestOpinion = 1000

export const agreements = ['agree', 'question', 'disagree'] as const
export type Agreement = (typeof agreements)[number]
export const isAgreement = (kind: string): kind is Agreement =>
  (agreements as readonly string[]).includes(kind)

type Place = Pick<Opinion, 'activityId' | 'version' | 'personId'>
const placeOf = ({ activityId, version, personId }: Place): string =>
  `activity_opinions.text.${activityId}.${version}.${personId}`

/** The text of an opinion; null if it has none. */
export const opinionText = (sealer: Sealer, opinion: Place & Pick<Opinion, 'text'>): string | null =>
  opinion.text === null ? null : sealer.open(opinion.text, placeOf(opinion))

type Given = {
  who: Snapshot | null
  activityId: string
  kind: OpinionKind
  /** Null if there is no text. */
  text: string | null
  /** The message added to their conversation with the curator; null if nothing was asked. */
  line: string | null
  /** What was heard in the text. Absent: it is listened to here. */
  alarm?: Alarm
  now: Date
}

/**
 * Records a member's opinion of an activity in the current version («с учётом мнения семьи», Stavropol 6.26).
 * It is kept for the commission and, unless positive, shown to the curator, who answers in the conversation.
 * Ignores repetitions. Words about the curator stand in the conversation only (`apart`: which
 * began with them, or was kept from the curator before). Returns whether the text contains an alarming word. Throws `not-found` as
 * `activityToJudge` does, `already-closed`, `invalid-input` for text that is too long or a question
 * without text.
 */
export const giveOpinion = async (
  tx: Tx,
  deps: FamilyDeps,
  { who, activityId, kind, text, line, alarm, now }: Given,
): Promise<{ family: Family; alarming: boolean; apart?: 'begun' | 'kept' }> => {
  const { family: own, row } = await activityToJudge(tx, deps.sealer, who, activityId)
  const family = await lockFamily(tx, own.id)
  const plan = await latestPlan(tx, own.id, { open: knowsOpenVersionsOnly(own) })
  if (!who || !plan || !family) throw new DomainError('not-found')
  mustBeActive(family)
  if (text === null ? kind === 'question' : countCharacters(text) > longestOpinion)
    throw new DomainError('invalid-input')
  const place = { activityId, version: plan.version, personId: who.person.id }
  const earlier = await opinionsOf(tx, { ...place, familyId: own.id })
  const nothing = { family, alarming: false }
  if (text === null && earlier.some((one) => one.kind === kind && one.text === null)) return nothing
  const words = { family, memberId: own.memberId, text, now }
  const heard = text !== null && (alarm?.urgent ?? (await isAlarming(tx, text)))
  const hidden = await apartIfAboutCurator(tx, { ...words, alarming: heard })
  if (hidden) {
    const line = { ...words, role: own.role, file: null, activityId, ...(alarm && { alarm }) }
    return { family, alarming: (await addMemberLine(tx, deps, line)).alarming, apart: hidden }
  }
  const theirs = await sealerOf(tx, deps.sealer, { person: place.personId })
  const sealed = text === null ? null : theirs.seal(text, placeOf(place))
  await insertOpinion(tx, { ...place, kind, text: sealed, at: now })
  const said = { opinion: kind, memberId: own.memberId }
  const data = { activityId, planVersion: plan.version, ...said, ...secrecy(row), ...privacyOf(own) }
  const about = { now, requestId: null, familyId: own.id }
  await announce(tx, deps, { type: 'plan.opinion_given', ...about, data })
  if (kind === 'clear' || kind === 'agree') return nothing
  // The curator has the opinion in the plan. While they do not read the conversation, those who do are told of its line.
  const apart = line !== null && (await talkApartOf(tx, own.memberId)) !== null
  const asked = {
    memberId: own.memberId,
    role: own.role,
    activityId,
    ...(!apart && { quiet: true as const }),
    text: line,
    file: null,
    ...(alarm && { alarm }),
  }
  const { alarming } = line === null ? nothing : await addMemberLine(tx, deps, { ...asked, family, now })
  // One card is enough for the curator: that of an alarming word leads to the same conversation.
  if (!alarming)
    await notifyStaff(tx, deps, { family, kind: 'activity-question', subjectId: activityId, now })
  return { family, alarming }
}

export type OpinionsOfMember = {
  /** By activity id: whether it is clear to the person, and whether they agree. */
  clear: ReadonlyMap<string, 'clear' | 'unclear'>
  agreement: ReadonlyMap<string, Agreement>
}

/** A person's opinions of the activities of a version. */
export const opinionsOfMember = async (
  reader: Reader,
  of: { familyId: string; personId: string; version: number },
): Promise<OpinionsOfMember> => {
  const clear = new Map<string, 'clear' | 'unclear'>()
  const agreement = new Map<string, Agreement>()
  for (const { activityId, kind } of await opinionsOf(reader, of)) {
    if (isAgreement(kind)) agreement.set(activityId, kind)
    else clear.set(activityId, kind)
  }
  return { clear, agreement }
}
