import { z } from 'zod'
import { noteOwnLook } from '#features/cases/after-look.ts'
import { lookAnswers } from '#features/cases/case-steps.ts'
import {
  correctOwnEvent,
  endOwnFamily,
  explainOwnTerm,
  moveOwnFamily,
  recordOwnEvent,
} from '#features/families/act-on-family.ts'
import { signToday } from '#features/families/case-documents.ts'
import { giveFamily } from '#features/families/give-family.ts'
import { askFamilyBySurvey } from '#features/surveys/ask-family.ts'
import { caseEventKinds } from '#regions/case-rules.ts'
import { skipReasons } from '#storage/cases/case-events.ts'
import { endReasons } from '#storage/families/families.ts'
import type { Console } from '../routes.ts'
import { familyForm } from './of-family.ts'
import { chargeRoles } from './roles.ts'

const revision = z.coerce.number().int().min(0)
/** What may be left empty. */
const words = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .transform((text) => text || undefined)
    .optional()

/** What whoever is in charge of a family does with it, by the features of the bot. */
export const registerStateForms = (console: Console): void => {
  registerCase(console)
  registerFamily(console)
}

const registerCase = (console: Console): void => {
  const { deps } = console
  const caseOf = (id: string) => `/console/families/${id}/case`

  familyForm(
    console,
    '/stage',
    {
      rests: 'stage',
      for: chargeRoles,
      fields: z.object({ to: z.string().max(64), skip: z.enum(skipReasons).optional(), revision }),
    },
    async (tx, { fields }, of) => {
      await moveOwnFamily(tx, deps, { ...of, ...fields })
      return { to: caseOf(of.familyId), done: 'familyMoved' }
    },
  )
  familyForm(
    console,
    '/event',
    { for: chargeRoles, fields: z.object({ kind: z.enum(caseEventKinds), on: z.iso.date() }) },
    async (tx, { fields }, of) => {
      await recordOwnEvent(tx, deps, { ...of, ...fields })
      return { to: caseOf(of.familyId), done: 'recorded' }
    },
  )
  const ofEvent = z.object({ id: z.uuid(), event: z.string().regex(/^\d{1,18}$/) })
  familyForm(
    console,
    '/events/:event',
    { for: chargeRoles, params: ofEvent, fields: z.object({ on: z.iso.date(), words: words(500) }) },
    async (tx, { params: { event }, fields: { on, words: why = null } }, of) => {
      await correctOwnEvent(tx, deps, { ...of, eventId: BigInt(event), on, words: why })
      return { to: caseOf(of.familyId), done: 'corrected' }
    },
  )
  familyForm(
    console,
    '/events/:event/withdraw',
    { for: chargeRoles, params: ofEvent, fields: z.object({ words: words(500) }) },
    async (tx, { params: { event }, fields: { words: why = null } }, of) => {
      await correctOwnEvent(tx, deps, { ...of, eventId: BigInt(event), on: null, words: why })
      return { to: caseOf(of.familyId), done: 'withdrawn' }
    },
  )
  familyForm(
    console,
    '/terms/:term',
    {
      for: chargeRoles,
      params: z.object({ id: z.uuid(), term: z.uuid() }),
      fields: z.object({ words: z.string().trim().min(1).max(500) }),
    },
    async (tx, { params: { term: termId }, fields }, of) => {
      await explainOwnTerm(tx, deps, { ...of, termId, ...fields })
      return { to: caseOf(of.familyId), done: 'explained' }
    },
  )
  familyForm(
    console,
    '/documents',
    { for: chargeRoles, fields: z.object({ code: z.string().max(64) }) },
    async (tx, { fields: { code } }, of) => {
      await signToday(tx, deps.region, { ...of, code })
      return { to: caseOf(of.familyId), done: 'signed' }
    },
  )
}

const registerFamily = (console: Console): void => {
  const { deps } = console
  const familyOf = (id: string) => `/console/families/${id}`

  familyForm(
    console,
    '/give',
    { rests: 'give', for: ['supervisor'], fields: z.object({ to: z.uuid(), revision }) },
    async (tx, { fields }, of) => {
      await giveFamily(tx, deps, { ...of, ...fields })
      return { to: familyOf(of.familyId), done: 'familyGiven' }
    },
  )
  const closing = z.object({ reason: z.enum(endReasons), contact: z.literal('yes').optional(), revision })
  familyForm(
    console,
    '/close',
    { rests: 'close', for: chargeRoles, fields: closing },
    async (tx, { fields: { contact, ...fields } }, of) => {
      await endOwnFamily(tx, deps, { ...of, ...fields, contactAfter: contact === 'yes' })
      return { to: familyOf(of.familyId), done: 'familyClosed' }
    },
  )
  familyForm(
    console,
    '/ask',
    { for: ['supervisor'], fields: z.object({ code: z.string().max(64) }) },
    async (tx, { fields: { code } }, of) => {
      const came = await askFamilyBySurvey(tx, deps, { ...of, code })
      return { to: `${familyOf(of.familyId)}/voices`, done: `asked-${came}` }
    },
  )
  familyForm(
    console,
    '/look',
    { for: chargeRoles, fields: z.object({ how: z.enum(lookAnswers) }) },
    async (tx, { fields: { how } }, of) => {
      await noteOwnLook(tx, deps, { ...of, how })
      return { to: familyOf(of.familyId), done: 'looked' }
    },
  )
}
