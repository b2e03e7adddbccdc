import { z } from 'zod'
import type { ShownCase } from '#features/cases/cases-api.ts'
import { termCodes } from '#features/cases/term-rules.ts'
import { caseEventKinds } from '#regions/case-rules.ts'
import { type CaseEvent, skipReasons } from '#storage/cases/case-events.ts'
import { type CaseTerm, termStates } from '#storage/cases/case-terms.ts'
import { acceptanceGrounds } from '#storage/cases/episodes.ts'
import type { ListedTerm } from '#storage/cases/term-lists.ts'
import { endReasons } from '#storage/families/families.ts'
import { isoDay } from '../iso-day.ts'

export const dayOf = isoDay.describe("A day in the region's time zone, not later than today")
export const eventKind = z
  .enum(caseEventKinds)
  .describe('What happened; the region has those that its text names')
export const skipReason = z
  .enum(skipReasons)
  .optional()
  .describe('Why stages are left out; needed if any are, and supervisors learn of it')

export const caseEventSchema = z
  .strictObject({
    id: z.string(),
    kind: z
      .string()
      .describe(
        'As recorded by `recordCaseEvent`, or `level-set`, `closed`, `skipped`, `explained`, `after-look`, `curator-agreed`, `curator-declined`; `unheeded`: what an adult answered while a minor is asked, which counts for nothing (`detail`: its kind and detail); `by-minor`: a minor gave the answer of the row in `detail`',
      ),
    on: z.iso.date(),
    detail: z.string().nullable().describe('The level, the ground, the stage that was left out, or the term'),
    reason: z.enum(skipReasons).nullable(),
    round: z.int().describe('From 1; the next one begins with a rejected plan, or with the next plan'),
    implied: z.boolean().describe('It follows from a change of stage: nobody gave its day'),
    void: z.boolean().describe('A correction: it did not happen'),
    corrects: z.string().nullable().describe('The row that it replaces'),
    recordedAt: z.iso.datetime(),
    staffId: z.uuid().nullable(),
    apiKeyId: z.uuid().nullable(),
  })
  .meta({ id: 'CaseEvent' })

const term = {
  id: z.uuid(),
  code: z.enum(termCodes),
  dueOn: z.iso.date().describe('The last day'),
  actBy: z.iso.date().describe('The last working day within it'),
  nearOn: z.iso.date().describe('From this day on it counts as near'),
  responsible: z.string().describe('Role or body that sees to it'),
  byDefault: z.boolean().describe("The region's text sets none: it is the product's"),
}

const caseTermSchema = z
  .strictObject({
    ...term,
    round: z.int(),
    nth: z.int().describe('Of a term that comes again: which one'),
    countedFrom: z.iso.date(),
    state: z.enum(termStates),
    metOn: z.iso.date().nullable(),
  })
  .meta({ id: 'CaseTerm' })

export const listedTermSchema = z
  .strictObject({
    ...term,
    familyId: z.uuid(),
    number: z.int().describe('Number of the family'),
    territory: z.string(),
    curatorId: z.uuid().nullable(),
    stage: z.string(),
    overdue: z.boolean(),
  })
  .meta({ id: 'Deadline' })

export const caseSchema = z
  .strictObject({
    familyId: z.uuid(),
    stage: z.string(),
    episodes: z
      .array(
        z
          .strictObject({
            number: z.int(),
            ground: z.enum(acceptanceGrounds),
            acceptedOn: z.iso.date(),
            closedOn: z.iso.date().nullable(),
            closing: z.enum(endReasons).nullable(),
            contactAfter: z.boolean(),
          })
          .meta({ id: 'Episode' }),
      )
      .describe('Oldest first'),
    events: z
      .array(caseEventSchema)
      .describe('In the order in which they were recorded, with those that were replaced'),
    terms: z.array(caseTermSchema).describe('In force'),
    noTerm: z
      .enum(['stage-untimed', 'event-missing', 'stage-skipped'])
      .nullable()
      .describe('Why an open case has no term; null: it has one, or is closed'),
  })
  .meta({ id: 'Case' })

export const toCaseEvent = ({
  id,
  day,
  correctsId,
  at,
  familyId: _,
  episodeId: __,
  words: ___,
  leftStage: ____,
  ...event
}: CaseEvent): z.output<typeof caseEventSchema> => ({
  ...event,
  id: String(id),
  on: day,
  corrects: correctsId === null ? null : String(correctsId),
  recordedAt: at.toISOString(),
})

const toTerm = ({
  id,
  code,
  dueOn,
  actBy,
  nearOn,
  responsible,
  byDefault,
}: Pick<CaseTerm, keyof typeof term>) => ({
  ...{ id, dueOn, actBy, nearOn, responsible, byDefault },
  code: code as z.output<typeof term.code>,
})

export const toListedTerm = (found: ListedTerm, today: string): z.output<typeof listedTermSchema> => {
  const { familyId, number, territory, curatorId, stage } = found
  return { ...toTerm(found), familyId, number, territory, curatorId, stage, overdue: found.dueOn < today }
}

export const toCase = ({
  family,
  episodes,
  events,
  terms,
  next,
}: ShownCase): z.output<typeof caseSchema> => ({
  familyId: family.id,
  stage: family.stage,
  episodes: episodes.map(({ id: _, familyId: __, openingStage: ___, ...episode }) => episode),
  events: events.map(toCaseEvent),
  terms: terms.map((one) => {
    const { round, nth, countedFrom, state, metOn } = one
    return { ...toTerm(one), round, nth, countedFrom, state, metOn }
  }),
  noTerm: next && 'why' in next ? next.why : null,
})
