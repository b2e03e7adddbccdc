import { z } from 'zod'
import { DomainError } from '#core/errors.ts'
import { noteOwnLook } from '#features/cases/after-look.ts'
import { lookAnswers } from '#features/cases/case-steps.ts'
import {
  correctOwnEvent,
  endOwnFamily,
  explainOwnTerm,
  levelOwnFamily,
  moveOwnFamily,
  recordOwnEvent,
} from '#features/families/act-on-family.ts'
import { signToday } from '#features/families/case-documents.ts'
import { giveFamily } from '#features/families/give-family.ts'
import { decideLevelForStaff } from '#features/levels/level-for-staff.ts'
import { longestLevelReason } from '#features/levels/decide-level.ts'
import { addNeed, endNeed, markMain } from '#features/needs/change-needs.ts'
import { needsChangeBy } from '#features/needs/read-needs.ts'
import { askFamilyBySurvey } from '#features/surveys/ask-family.ts'
import { caseEventKinds } from '#regions/case-rules.ts'
import { skipReasons } from '#storage/cases/case-events.ts'
import { endReasons, supportLevels } from '#storage/families/families.ts'
import { needFinders, needKinds } from '#storage/needs/case-needs.ts'
import { staffRoles } from '#storage/staff/staff.ts'
import { chargeRoles } from './roles.ts'
import { type Console, form } from '../routes.ts'

const params = z.object({ id: z.uuid() })
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
  registerNeeds(console)
  registerFamily(console)
}

const registerCase = (console: Console): void => {
  const { deps } = console
  const caseOf = (id: string) => `/console/families/${id}/case`

  form(
    console,
    '/console/families/:id/stage',
    {
      for: chargeRoles,
      params,
      fields: z.object({ to: z.string().max(64), skip: z.enum(skipReasons).optional(), revision }),
    },
    async (tx, { staff, now, params: { id: familyId }, fields }) => {
      await moveOwnFamily(tx, deps, { staff, familyId, ...fields, now })
      return { to: caseOf(familyId), done: 'familyMoved' }
    },
  )
  form(
    console,
    '/console/families/:id/event',
    { for: chargeRoles, params, fields: z.object({ kind: z.enum(caseEventKinds), on: z.iso.date() }) },
    async (tx, { staff, now, params: { id: familyId }, fields }) => {
      await recordOwnEvent(tx, deps, { staff, familyId, ...fields, now })
      return { to: caseOf(familyId), done: 'recorded' }
    },
  )
  const ofEvent = z.object({ id: z.uuid(), event: z.string().regex(/^\d{1,18}$/) })
  form(
    console,
    '/console/families/:id/events/:event',
    { for: chargeRoles, params: ofEvent, fields: z.object({ on: z.iso.date(), words: words(500) }) },
    async (tx, { staff, now, params: { id: familyId, event }, fields: { on, words: why = null } }) => {
      await correctOwnEvent(tx, deps, { staff, familyId, eventId: BigInt(event), on, words: why, now })
      return { to: caseOf(familyId), done: 'corrected' }
    },
  )
  form(
    console,
    '/console/families/:id/events/:event/withdraw',
    { for: chargeRoles, params: ofEvent, fields: z.object({ words: words(500) }) },
    async (tx, { staff, now, params: { id: familyId, event }, fields: { words: why = null } }) => {
      await correctOwnEvent(tx, deps, { staff, familyId, eventId: BigInt(event), on: null, words: why, now })
      return { to: caseOf(familyId), done: 'withdrawn' }
    },
  )
  form(
    console,
    '/console/families/:id/terms/:term',
    {
      for: chargeRoles,
      params: z.object({ id: z.uuid(), term: z.uuid() }),
      fields: z.object({ words: z.string().trim().min(1).max(500) }),
    },
    async (tx, { staff, now, params: { id: familyId, term: termId }, fields }) => {
      await explainOwnTerm(tx, deps, { staff, familyId, termId, ...fields, now })
      return { to: caseOf(familyId), done: 'explained' }
    },
  )
  form(
    console,
    '/console/families/:id/documents',
    { for: chargeRoles, params, fields: z.object({ code: z.string().max(64) }) },
    async (tx, { staff, now, params: { id: familyId }, fields: { code } }) => {
      await signToday(tx, deps.region, { staff, familyId, code, now })
      return { to: caseOf(familyId), done: 'signed' }
    },
  )
}

const registerNeeds = (console: Console): void => {
  const { deps } = console
  const needsOf = (id: string) => `/console/families/${id}/needs`

  form(
    console,
    '/console/families/:id/needs',
    {
      for: staffRoles,
      params,
      fields: z.object({ need: z.string().max(100), foundBy: z.enum(needFinders) }),
    },
    async (tx, { staff, now, params: { id: familyId }, fields: { need, foundBy } }) => {
      const change = await needsChangeBy(tx, { staff, familyId, now })
      const kind = needKinds.find((one) => need.startsWith(`${one}.`))
      if (!kind) throw new DomainError('invalid-input', { field: 'need' })
      await addNeed(tx, deps, { ...change, kind, code: need.slice(kind.length + 1), foundBy })
      return { to: needsOf(familyId), done: 'needAdded' }
    },
  )
  const ofNeed = z.object({ id: z.uuid(), need: z.uuid() })
  form(
    console,
    '/console/families/:id/needs/:need/end',
    { for: staffRoles, params: ofNeed },
    async (tx, { staff, now, params: { id: familyId, need: needId } }) => {
      await endNeed(tx, deps, { ...(await needsChangeBy(tx, { staff, familyId, now })), needId })
      return { to: needsOf(familyId), done: 'needEnded' }
    },
  )
  form(
    console,
    '/console/families/:id/needs/:need/main',
    { for: staffRoles, params: ofNeed },
    async (tx, { staff, now, params: { id: familyId, need: needId } }) => {
      await markMain(tx, deps, { ...(await needsChangeBy(tx, { staff, familyId, now })), needId })
      return { to: needsOf(familyId), done: 'needMain' }
    },
  )
  const level = z.object({
    signs: z.union([z.string().max(64), z.array(z.string().max(64)).max(80)]).optional(),
    level: z.enum(supportLevels),
    reason: words(longestLevelReason),
    revision,
  })
  form(
    console,
    '/console/families/:id/level',
    { for: chargeRoles, params, fields: level },
    async (tx, { staff, now, params: { id: familyId }, fields: { signs = [], ...choice } }) => {
      const of = { staff, familyId, now }
      // Where the region has no signs there is nothing that could be kept of them.
      if (deps.region.levelSigns.length === 0) await levelOwnFamily(tx, deps, { ...of, ...choice })
      else await decideLevelForStaff(tx, deps, { ...of, ...choice, signs: [signs].flat() })
      return { to: needsOf(familyId), done: 'levelSet' }
    },
  )
}

const registerFamily = (console: Console): void => {
  const { deps } = console
  const familyOf = (id: string) => `/console/families/${id}`

  form(
    console,
    '/console/families/:id/give',
    { for: ['supervisor'], params, fields: z.object({ to: z.uuid(), revision }) },
    async (tx, { staff, now, params: { id: familyId }, fields }) => {
      await giveFamily(tx, deps, { staff, familyId, ...fields, now })
      return { to: familyOf(familyId), done: 'familyGiven' }
    },
  )
  const closing = z.object({ reason: z.enum(endReasons), contact: z.literal('yes').optional(), revision })
  form(
    console,
    '/console/families/:id/close',
    { for: chargeRoles, params, fields: closing },
    async (tx, { staff, now, params: { id: familyId }, fields: { contact, ...fields } }) => {
      await endOwnFamily(tx, deps, { staff, familyId, ...fields, contactAfter: contact === 'yes', now })
      return { to: familyOf(familyId), done: 'familyClosed' }
    },
  )
  form(
    console,
    '/console/families/:id/ask',
    { for: ['supervisor'], params, fields: z.object({ code: z.string().max(64) }) },
    async (tx, { staff, now, params: { id: familyId }, fields: { code } }) => {
      const came = await askFamilyBySurvey(tx, deps, { staff, familyId, code, now })
      return { to: `${familyOf(familyId)}/voices`, done: `asked-${came}` }
    },
  )
  form(
    console,
    '/console/families/:id/look',
    { for: chargeRoles, params, fields: z.object({ how: z.enum(lookAnswers) }) },
    async (tx, { staff, now, params: { id: familyId }, fields: { how } }) => {
      await noteOwnLook(tx, deps, { staff, familyId, how, now })
      return { to: familyOf(familyId), done: 'looked' }
    },
  )
}
