import { DomainError } from '#core/errors.ts'
import { countCharacters } from '#core/words.ts'
import { type Actor, type FamilyDeps, mustBeActive } from '#features/families/active.ts'
import { canReadMessages } from '#features/messages/messages-for-staff.ts'
import { notifyFamily } from '#features/pushes/tell-family.ts'
import type { Staff } from '#features/requests/cases.ts'
import { lockFamilyForStaff } from '#features/visits/visits-for-staff.ts'
import type { HelpKind } from '#regions/schema.ts'
import type { Reader, Tx } from '#storage/database.ts'
import { type Family, findFamily } from '#storage/families/families.ts'
import { findMember, type MemberRole, membersOf } from '#storage/families/family-members.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import { findProposal, insertProposalAnswer, type ProposalAnswerKind } from '#storage/plan/proposals.ts'
import type { Sealer } from '#storage/seal.ts'
import { addAudit } from '#storage/staff/audit.ts'
import {
  answerPlace,
  audienceOf,
  longestProposal,
  type Proposal,
  type ProposedActivity,
  proposalsOfFamily,
} from './proposals.ts'

/** A proposal beside the plan, for those who write it. */
export type ProposalForStaff = Omit<Proposal, 'draft'> & {
  /** `gone`: whoever proposed it has left the family. */
  author: MemberRole | 'gone'
  /** A minor's: adults of the family must not learn of it. */
  confidential: boolean
  /** If accepted: the activity for the next version of the plan, as far as it is known. */
  draft: ProposedActivity | null
}

/** All proposals of a family with their drafts, newest first. The caller checks the right and audits. */
export const proposalsBesidePlan = async (
  reader: Reader,
  sealer: Sealer,
  familyId: string,
): Promise<ProposalForStaff[]> => {
  const present = new Map((await membersOf(reader, familyId)).map((member) => [member.id, member]))
  const found: ProposalForStaff[] = []
  for (const proposal of await proposalsOfFamily(reader, sealer, familyId)) {
    const { memberId, draft } = proposal
    // A minor who has left is still one of whom adults must not learn.
    const member = present.get(memberId) ?? (await findMember(reader, memberId))
    if (member)
      found.push({
        ...proposal,
        author: present.has(memberId) ? member.role : 'gone',
        confidential: member.role === 'minor',
        draft: draft && { ...draft, ...audienceOf(member) },
      })
  }
  return found
}

type Asked = { staff: Staff | null | undefined; familyId: string; now: Date }

/** The same for whoever may read the plan; every access is audited. Throws `not-found`. */
export const proposalsForStaff = async (
  tx: Tx,
  { sealer }: { sealer: Sealer },
  { staff, familyId, now }: Asked,
): Promise<{ family: Family; proposals: ProposalForStaff[] }> => {
  const family = staff ? await findFamily(tx, familyId) : null
  if (!staff || !family || !(await canReadMessages(tx, staff, family, now)))
    throw new DomainError('not-found')
  await addAudit(tx, { staffId: staff.id, action: 'family.plan', familyId, at: now })
  return { family, proposals: await proposalsBesidePlan(tx, sealer, familyId) }
}

type Answer = {
  proposalId: string
  kind: ProposalAnswerKind
  /** What the member reads; required where it is declined. */
  text: string | null
  /** Kind of help of the activity, where it is accepted. */
  helpKind?: HelpKind | undefined
}

/**
 * Answers a proposal, once, and tells whoever made it. An accepted one becomes a draft of an activity for the next version of the
 * plan, named by its code. Throws `not-found`, `already-closed` if the support has ended or it is answered, `invalid-input`.
 */
export const answerProposal = async (
  tx: Tx,
  deps: Pick<FamilyDeps, 'sealer' | 'enqueue'>,
  { family, by, now, ...answer }: Answer & { family: Family; by: Actor; now: Date },
): Promise<void> => {
  const { proposalId, kind, text, helpKind = null } = answer
  mustBeActive(family)
  const proposal = await findProposal(tx, proposalId)
  if (proposal?.familyId !== family.id) throw new DomainError('not-found')
  if (proposal.answer) throw new DomainError('already-closed')
  if (text === null ? kind === 'declined' : countCharacters(text) > longestProposal)
    throw new DomainError('invalid-input', { field: 'text' })
  if (helpKind !== null && kind !== 'accepted') throw new DomainError('invalid-input', { field: 'kind' })
  const { staffId = null, apiKeyId = null } = by
  const own = await sealerOf(tx, deps.sealer, { member: proposal.memberId })
  await insertProposalAnswer(tx, {
    ...{ proposalId, kind, helpKind, staffId, apiKeyId, at: now },
    text: text === null ? null : own.seal(text, answerPlace(proposalId)),
    code: kind === 'accepted' ? `family-${proposalId.slice(0, 8)}` : null,
  })
  const { memberId } = proposal
  await notifyFamily(tx, deps, {
    ...{ familyId: family.id, to: { memberId }, kind: 'proposal', subjectId: proposalId },
    ...{ key: `proposal.${proposalId}`, now },
  })
  await addAudit(tx, { at: now, action: 'family.plan', familyId: family.id, staffId, apiKeyId })
}

/** The same by the family's curator or a supervisor. Throws `not-found` besides. */
export const answerProposalAsStaff = async (
  tx: Tx,
  deps: Pick<FamilyDeps, 'sealer' | 'enqueue'>,
  { staff, familyId, now, ...answer }: Asked & Answer,
): Promise<void> => {
  const family = await lockFamilyForStaff(tx, staff, familyId, now)
  await answerProposal(tx, deps, { ...answer, family, by: { staffId: staff?.id }, now })
}
