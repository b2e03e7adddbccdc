import { z } from 'zod'
import { dayOfMoment } from '#features/cases/case-record.ts'
import { acceptAgain, explainTerm, lookAnswers, noteLook, wordsPlace } from '#features/cases/case-steps.ts'
import { showCase, termsForCaller } from '#features/cases/cases-api.ts'
import { correctEvent, recordEvent } from '#features/cases/record-event.ts'
import { auditFamily, lockFamilyForCaller } from '#features/families/families-api.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import { freeText } from '../free-text.ts'
import { cursorFor, pageOf, pageQuery } from '../pages.ts'
import { type Api, readRoute, writeRoute } from '../staff-route.ts'
import {
  caseEventSchema,
  caseSchema,
  dayOf,
  eventKind,
  listedTermSchema,
  skipReason,
  toCase,
  toCaseEvent,
  toListedTerm,
} from './case-schemas.ts'

const params = z.strictObject({ id: z.uuid() })
const cursor = cursorFor('deadlines', z.strictObject({ dueOn: z.iso.date(), id: z.uuid() }))

export const serveCases = (api: Api): void => {
  readRoute(
    api,
    'GET /deadlines',
    'families:read',
    {
      operationId: 'listDeadlines',
      tag: 'Families',
      summary: 'Lists open terms of cases, the first to end first',
      description:
        'Contains no personal data. A key limited to territories sees only the terms of their families.',
      query: z.strictObject({
        ...pageQuery,
        show: z
          .enum(['all', 'due', 'overdue'])
          .default('all')
          .describe('`due`: near or past; `overdue`: past'),
        curatorId: z.uuid().optional(),
      }),
      answer: pageOf(listedTermSchema).meta({ id: 'DeadlinePage' }),
    },
    async ({ deps, caller, query: { limit, cursor: given, show, curatorId }, now }) => {
      const today = dayOfMoment(deps.region, now)
      const filter = {
        curatorId,
        ...(show === 'due' && { nearBy: today }),
        ...(show === 'overdue' && { endedBefore: today }),
      }
      const page = { after: cursor.read(given, show), limit }
      const { items, next } = await termsForCaller(deps.database, caller, filter, page)
      return {
        body: {
          items: items.map((term) => toListedTerm(term, today)),
          nextCursor: next && cursor.write(next, show),
        },
      }
    },
  )

  readRoute(
    api,
    'GET /families/:id/case',
    'families:read',
    {
      operationId: 'getCase',
      tag: 'Families',
      summary: 'Returns the episodes, events and terms of a case',
      description: 'Contains no words of staff and no personal data.',
      params,
      answer: caseSchema,
    },
    async ({ deps, caller, params: { id } }) => ({
      body: toCase(await showCase(deps.database, deps.region, { caller, id })),
    }),
  )

  writeRoute(
    api,
    'POST /families/:id/events',
    'families:write',
    {
      operationId: 'recordCaseEvent',
      tag: 'Families',
      summary: 'Records what happened to a case on a day',
      description:
        'Terms are counted from this day. The case moves to the stage that begins with it, and the family is notified. Audited as ' +
        '`family.changed`.',
      params,
      body: z.strictObject({ kind: eventKind, on: dayOf, skip: skipReason }),
      status: 201,
      answer: caseEventSchema,
    },
    async (tx, { deps, caller, params: { id }, body: { kind, on, skip }, now }) => {
      const family = await lockFamilyForCaller(tx, { caller, id })
      const by = { apiKeyId: caller.keyId }
      const recorded = await recordEvent(tx, deps, { family, kind, on, skip, by, now })
      await auditFamily(tx, { caller, id, now }, 'family.changed')
      return { body: toCaseEvent(recorded) }
    },
  )

  writeRoute(
    api,
    'POST /families/:id/events/:eventId/corrections',
    'families:write',
    {
      operationId: 'correctCaseEvent',
      tag: 'Families',
      summary: 'Corrects the day of an event, or says that it did not happen',
      description:
        'Adds a row that names the one it replaces, and changes no other. A correction is corrected by naming it; what has been replaced ' +
        'is `stale`. If the event moved the case, and the case is still there, it goes back.',
      params: z.strictObject({ id: z.uuid(), eventId: z.string().regex(/^\d{1,18}$/) }),
      body: z.strictObject({
        on: dayOf.nullable().describe('The right day; null: it did not happen'),
        words: freeText(500).optional().describe('Stored encrypted'),
      }),
      status: 201,
      answer: caseEventSchema,
    },
    async (tx, { deps, caller, params: { id, eventId }, body: { on, words }, now }) => {
      const family = await lockFamilyForCaller(tx, { caller, id })
      const own = await sealerOf(tx, deps.sealer, { family: id })
      const sealed = words === undefined ? undefined : own.seal(words, wordsPlace(id))
      const by = { apiKeyId: caller.keyId }
      const given = { family, eventId: BigInt(eventId), on, words: sealed, by, now }
      const corrected = await correctEvent(tx, deps, given)
      await auditFamily(tx, { caller, id, now }, 'family.changed')
      return { body: toCaseEvent(corrected) }
    },
  )

  writeRoute(
    api,
    'POST /families/:id/deadlines/:termId/explanation',
    'families:write',
    {
      operationId: 'explainDeadline',
      tag: 'Families',
      summary: 'Explains why a term is not kept',
      description: 'Nobody is told of it any more. Audited as `family.changed`.',
      params: z.strictObject({ id: z.uuid(), termId: z.uuid() }),
      body: z.strictObject({ words: freeText(500).describe('Stored encrypted') }),
      answer: caseSchema,
    },
    async (tx, { deps, caller, params: { id, termId }, body, now }) => {
      const family = await lockFamilyForCaller(tx, { caller, id })
      const own = await sealerOf(tx, deps.sealer, { family: id })
      const words = own.seal(body.words, wordsPlace(id))
      await explainTerm(tx, deps, { family, termId, words, by: { apiKeyId: caller.keyId }, now })
      await auditFamily(tx, { caller, id, now }, 'family.changed')
      return { body: toCase(await showCase(tx, deps.region, { caller, id })) }
    },
  )

  writeRoute(
    api,
    'POST /families/:id/looks',
    'families:write',
    {
      operationId: 'noteAfterSupport',
      tag: 'Families',
      summary: 'Records how a family is after the end of support',
      description:
        'For a family that was closed with `contactAfter`. `worse` reaches its curator at once, or the supervisors. Audited as `family.changed`.',
      params,
      body: z.strictObject({ on: dayOf, how: z.enum(lookAnswers) }),
      status: 201,
      answer: caseSchema,
    },
    async (tx, { deps, caller, params: { id }, body, now }) => {
      const family = await lockFamilyForCaller(tx, { caller, id })
      await noteLook(tx, deps, { family, ...body, by: { apiKeyId: caller.keyId }, now })
      await auditFamily(tx, { caller, id, now }, 'family.changed')
      return { body: toCase(await showCase(tx, deps.region, { caller, id })) }
    },
  )

  writeRoute(
    api,
    'POST /families/:id/episodes',
    'families:write',
    {
      operationId: 'acceptFamilyAgain',
      tag: 'Families',
      summary: 'Accepts a family again whose support had ended',
      description: 'Begins the next episode, with its own number, days and terms.',
      params,
      body: z.strictObject({ appliedOn: dayOf, acceptedOn: dayOf }),
      status: 201,
      answer: caseSchema,
    },
    async (tx, { deps, caller, params: { id }, body, now }) => {
      const family = await lockFamilyForCaller(tx, { caller, id })
      await acceptAgain(tx, deps, { family, ...body, by: { apiKeyId: caller.keyId }, now })
      await auditFamily(tx, { caller, id, now }, 'family.changed')
      return { body: toCase(await showCase(tx, deps.region, { caller, id })) }
    },
  )
}
