import { DomainError } from '#core/errors.ts'
import { newId } from '#core/ids.ts'
import { countCharacters } from '#core/words.ts'
import { type Alarm, isAlarming } from '#features/danger/ear.ts'
import { type FamilyDeps, mustBeActive } from '#features/families/active.ts'
import type { TargetAudience } from '#features/families/audience.ts'
import { familyForMember } from '#features/families/family-for-member.ts'
import { notifyStaff } from '#features/families/notify-staff.ts'
import { apartIfAboutCurator } from '#features/messages/about-curator.ts'
import { addMemberLine } from '#features/messages/write-message.ts'
import type { HelpKind } from '#regions/schema.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { lockFamily } from '#storage/families/families.ts'
import type { MemberRole } from '#storage/families/family-members.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import { talkApartOf } from '#storage/messages/talks-apart.ts'
import type { Snapshot } from '#storage/people.ts'
import {
  codesInPlan,
  countUnanswered,
  insertProposal,
  type ProposalAnswerKind,
  type ProposalWithAnswer,
  proposalsOf,
} from '#storage/plan/proposals.ts'
import type { Sealer } from '#storage/seal.ts'

// «Семья предлагает»: what a member wishes for the plan, in their own words, and what became of it (ADR 97).

/** Maximum length of a proposal and of an answer, in characters (code points). */
export const longestProposal = 1000
/** How many of one person may wait for an answer. */
const mostUnanswered = 10
const mostShown = 100

const proposalPlace = (id: string): string => `plan_proposals.text.${id}`
export const answerPlace = (id: string): string => `plan_proposal_answers.text.${id}`

/** The activity that an accepted proposal becomes, as far as it is known; whoever writes the plan fills in the rest. */
export type ProposedActivity = TargetAudience & {
  code: string
  kind: HelpKind | null
  plain: string
}

export type ProposalAnswer = {
  kind: ProposalAnswerKind
  text: string | null
  staffId: string | null
  at: Date
}

export type Proposal = {
  id: string
  memberId: string
  at: Date
  text: string
  answer: ProposalAnswer | null
  /** If accepted. */
  draft: Omit<ProposedActivity, keyof TargetAudience> | null
  /** The draft is an activity of the plan in force. */
  inPlan: boolean
}

/** Of a minor nobody else of the family may learn it; of an adult minors need not. */
export const audienceOf = (member: { id: string; role: MemberRole }): TargetAudience =>
  member.role === 'minor'
    ? { audience: 'confidential', memberIds: [member.id] }
    : { audience: 'adults', memberIds: [] }

type Proposing = {
  who: Snapshot | null
  familyId: string
  text: string
  /** What was heard in the words. Absent: they are listened to here. */
  alarm?: Alarm
  now: Date
}

/**
 * Adds a member's proposal and tells the curator, who answers it. Words of danger go to the conversation besides, where they are
 * read at once. Words about the curator, or of somebody who writes apart from them, stand in the conversation only (`apart`).
 * Throws `not-found`, `already-closed`, `invalid-input`; `not-allowed` while too many wait for an answer.
 */
export const proposeActivity = async (
  tx: Tx,
  deps: FamilyDeps,
  { who, familyId, text, alarm, now }: Proposing,
): Promise<{ alarming: boolean; apart?: 'begun' | 'kept' }> => {
  const { memberId, role } = familyForMember(who, familyId)
  const family = await lockFamily(tx, familyId)
  if (!who || !family) throw new DomainError('not-found')
  mustBeActive(family)
  if (countCharacters(text) > longestProposal) throw new DomainError('invalid-input')
  const alarming = alarm?.urgent ?? (await isAlarming(tx, text))
  const words = { family, memberId, text, now }
  const line = { ...words, role, file: null, ...(alarm && { alarm }) }
  const hidden = await apartIfAboutCurator(tx, { ...words, alarming })
  if (hidden || (await talkApartOf(tx, memberId))) {
    const { alarming: urgent } = await addMemberLine(tx, deps, line)
    return { alarming: urgent, apart: hidden ?? 'kept' }
  }
  const { id: personId } = who.person
  if ((await countUnanswered(tx, { familyId, personId })) >= mostUnanswered)
    throw new DomainError('not-allowed')
  const id = newId()
  const sealed = (await sealerOf(tx, deps.sealer, { member: memberId })).seal(text, proposalPlace(id))
  await insertProposal(tx, { id, familyId, memberId, personId, text: sealed, at: now })
  // One card is enough: that of an alarming word leads to the conversation.
  if (alarming) await addMemberLine(tx, deps, line)
  else await notifyStaff(tx, deps, { family, kind: 'plan-proposal', subjectId: id, now })
  return { alarming }
}

/** What this person has proposed to a family, newest first; nobody else of the family sees it. Throws `not-found`. */
export const proposalsForMember = async (
  reader: Reader,
  sealer: Sealer,
  { who, familyId }: { who: Snapshot | null; familyId: string },
): Promise<{ proposals: Proposal[]; full: boolean }> => {
  const family = familyForMember(who, familyId)
  if (!who) throw new DomainError('not-found')
  const of = { familyId: family.id, personId: who.person.id }
  return {
    proposals: await openProposals(reader, sealer, await proposalsOf(reader, { ...of, limit: mostShown })),
    full: (await countUnanswered(reader, of)) >= mostUnanswered,
  }
}

/** All proposals of a family, newest first, for those who write its plan. The caller checks the right and audits. */
export const proposalsOfFamily = async (
  reader: Reader,
  sealer: Sealer,
  familyId: string,
): Promise<Proposal[]> =>
  openProposals(reader, sealer, await proposalsOf(reader, { familyId, limit: mostShown }))

const openProposals = async (
  reader: Reader,
  sealer: Sealer,
  rows: readonly ProposalWithAnswer[],
): Promise<Proposal[]> => {
  const [first] = rows
  if (!first) return []
  const codes = rows.flatMap(({ answer }) => answer?.code ?? [])
  const planned = await codesInPlan(reader, first.familyId, codes)
  return rows.map(({ id, memberId, at, text: sealed, answer }) => {
    const text = sealer.open(sealed, proposalPlace(id))
    const code = answer?.code ?? null
    return {
      ...{ id, memberId, at, text },
      answer: answer && {
        kind: answer.kind,
        text: answer.text === null ? null : sealer.open(answer.text, answerPlace(id)),
        ...{ staffId: answer.staffId, at: answer.at },
      },
      draft: code === null ? null : { code, kind: answer?.helpKind as HelpKind | null, plain: text },
      inPlan: code !== null && planned.has(code),
    }
  })
}
