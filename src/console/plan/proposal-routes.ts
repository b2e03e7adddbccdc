import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { cleanText } from '#core/words.ts'
import { errorTexts } from '#dialogue/errors.ts'
import { staffRights } from '#features/families/family-access.ts'
import {
  answerProposalAsStaff,
  type ProposalForStaff,
  proposalsForStaff,
} from '#features/plan/answer-proposals.ts'
import { withProposed } from '#features/plan/edit/edited-plan.ts'
import { keepEdited, planToEdit } from '#features/plan/edit/plan-editing.ts'
import { longestProposal } from '#features/plan/proposals.ts'
import { html, told } from '#http/markup.ts'
import type { Tx } from '#storage/database.ts'
import { proposalAnswers } from '#storage/plan/proposals.ts'
import type { StaffMember } from '#storage/staff/staff.ts'
import type { Typed } from '../typed.ts'
import { type Console, form, page, type Wrong } from '../routes.ts'
import type { Visit } from '../visit.ts'
import { planners } from './edit-routes.ts'
import { planPath } from './plan-words.ts'
import { proposalPage } from './proposals-part.ts'

const params = z.object({ id: z.uuid(), proposal: z.uuid() })
type Of = { staff: StaffMember; familyId: string; now: Date }

/** Answers what a family proposes for its plan: an accepted one becomes an activity of the reader's draft (ADR 97). */
export const registerProposals = (console: Console): void => {
  const { deps } = console
  const { database, region } = deps
  const path = '/console/families/:id/proposals/:proposal' as const

  const found = async (tx: Tx, { staff, familyId, now }: Of, proposalId: string) => {
    const { family, proposals } = await proposalsForStaff(tx, deps, { staff, familyId, now })
    const proposal = proposals.find(({ id }) => id === proposalId)
    const mayAnswer = (await staffRights(tx, staff, family, { now })).has('charge')
    if (!proposal || !mayAnswer) throw new DomainError('not-found')
    return { family, proposal }
  }

  /** Puts the draft of an activity into the reader's draft of the plan; returns where it is filled in. */
  const putInDraft = async (tx: Tx, of: Of, { draft }: ProposalForStaff): Promise<string> => {
    if (!draft) throw new DomainError('not-found')
    const { edited } = await planToEdit(tx, deps, of)
    await keepEdited(tx, deps, { ...of, edited: withProposed(edited, draft) })
    return `${planPath(of.familyId)}/edit/${draft.code}`
  }

  const draw = async (
    visit: Visit & { params: z.output<typeof params> },
    { typed = {}, wrong }: { typed?: Typed; wrong?: Wrong },
  ) => {
    const { say, staff, now } = visit
    const of = { staff, now, familyId: visit.params.id }
    const facts = await database.transaction((tx) => found(tx, of, visit.params.proposal))
    const why = wrong?.fields.includes('text') ? 'consoleProposals.why' : wrong && errorTexts[wrong.code]
    const { kind, text, helpKind } = typed
    return proposalPage(visit, {
      ...facts,
      typed: { kind: String(kind ?? ''), text: String(text ?? ''), helpKind: String(helpKind ?? '') },
      wrong: why === undefined ? null : html`<p class="wrong" role="alert">${told(say, why)}</p>`,
    })
  }

  page(console, path, { for: planners, params }, (visit) => draw(visit, {}))

  form(
    console,
    path,
    {
      for: planners,
      params,
      fields: z.object({
        kind: z.enum(proposalAnswers),
        text: z.string().overwrite(cleanText).max(longestProposal).default(''),
        helpKind: z.union([z.literal(''), z.enum(region.helpKinds)]).default(''),
      }),
      again: (call) => draw(call, call),
    },
    async (tx, { staff, now, params: { id: familyId, proposal: proposalId }, fields }) => {
      const of = { staff, familyId, now }
      const { kind, text, helpKind } = fields
      await answerProposalAsStaff(tx, deps, {
        ...{ ...of, proposalId, kind, text: text === '' ? null : text },
        helpKind: kind === 'accepted' && helpKind !== '' ? helpKind : undefined,
      })
      if (kind !== 'accepted') return { to: `${planPath(familyId)}#proposals`, done: 'proposalAnswered' }
      const { proposal } = await found(tx, of, proposalId)
      return { to: await putInDraft(tx, of, proposal), done: 'proposalAccepted' }
    },
  )

  form(
    console,
    `${path}/draft`,
    { for: planners, params },
    async (tx, { staff, now, params: { id, proposal } }) => {
      const of = { staff, familyId: id, now }
      return {
        to: await putInDraft(tx, of, (await found(tx, of, proposal)).proposal),
        done: 'proposalDrafted',
      }
    },
  )
}
