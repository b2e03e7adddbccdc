import { z } from 'zod'
import { audienceMeaning, audiences } from '#features/families/audience.ts'
import type { SafetyFact } from '#features/families/safety-facts.ts'
import { safetySchema, toSafetyFact } from '#http/families/family-schemas.ts'
import { answerText } from '#features/visits/visit-answers.ts'
import { openVisitContent, visitPurposes } from '#features/visits/visit-content.ts'
import { isAtNight } from '#features/visits/night-visit.ts'
import type { ShownVisit } from '#features/visits/visits-api.ts'
import type { Region } from '#regions/schema.ts'
import { memberRoles } from '#storage/families/family-members.ts'
import type { Sealer } from '#storage/seal.ts'
import { visitAnswerKinds } from '#storage/visits/visit-answers.ts'
import { visitStatuses } from '#storage/visits/visits.ts'

const answer = {
  id: z.string(),
  kind: z.enum(visitAnswerKinds),
  memberId: z.uuid().nullable().describe('Null: the person has left the family'),
  role: z.enum(memberRoles).nullable(),
  version: z.int().describe('The version of the visit that the answer refers to'),
  slot: z.iso.datetime().nullable().describe('The requested time; for `late`, when somebody will be there'),
  at: z.iso.datetime(),
}

const visit = {
  id: z.uuid(),
  familyId: z.uuid(),
  staffId: z.uuid().describe('The visiting staff member'),
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  purpose: z.enum(visitPurposes),
  audience: z.enum(audiences).describe(audienceMeaning),
  memberIds: z
    .array(z.uuid())
    .describe(
      'With `minors`: the members it is limited to; empty: all minors. With `confidential`: the only ones who know of it',
    ),
  version: z.int().describe('Number of moves, from 0'),
  status: z.enum(visitStatuses),
  movedFrom: z.iso.datetime().nullable().describe('Start before the last move to another time'),
  seriesId: z.uuid().nullable(),
  createdAt: z.iso.datetime(),
  changedAt: z.iso.datetime(),
  overlaps: z
    .strictObject({
      visits: z
        .array(
          z
            .strictObject({
              id: z.uuid(),
              familyId: z.uuid(),
              startsAt: z.iso.datetime(),
              endsAt: z.iso.datetime(),
            })
            .meta({ id: 'OverlappingVisit' }),
        )
        .describe('Visits of families that the key can access'),
      elsewhere: z.int().describe('Number of further overlapping visits, of other families'),
    })
    .describe('Other visits of the staff member at the same time; a warning, not an error'),
  warnings: z
    .array(z.enum(['night']))
    .describe(
      '`night`: it begins between 22:00 and 07:00 by the clock of the region; look at the time zone of `startsAt`',
    ),
  revision: z.int().describe('Number of changes; in quotes it is the ETag: `"3"`'),
}

/** The visit in lists, without sealed fields. */
export const listedVisitSchema = z
  .strictObject({
    ...visit,
    answers: z.array(z.strictObject(answer).meta({ id: 'ListedVisitAnswer' })),
  })
  .meta({ id: 'ListedVisit' })

export const visitSchema = z
  .strictObject({
    ...visit,
    place: z.string().nullable().describe("Null: the family's home"),
    note: z.string().nullable(),
    safety: safetySchema,
    answers: z
      .array(
        z
          .strictObject({ ...answer, text: z.string().nullable().describe('Text of the member') })
          .meta({ id: 'VisitAnswer' }),
      )
      .describe('Answers of members, oldest first'),
  })
  .meta({ id: 'Visit' })

export const toListedVisit = (
  { timeZone }: Pick<Region, 'timeZone'>,
  { visit: row, overlaps, elsewhere, answers }: ShownVisit,
): z.output<typeof listedVisitSchema> => ({
  id: row.id,
  familyId: row.familyId,
  staffId: row.staffId,
  startsAt: row.startsAt.toISOString(),
  endsAt: row.endsAt.toISOString(),
  purpose: purposeOf(row.purpose),
  audience: row.audience,
  memberIds: row.memberIds,
  version: row.version,
  status: row.status,
  movedFrom: row.movedFrom?.toISOString() ?? null,
  seriesId: row.seriesId,
  createdAt: row.createdAt.toISOString(),
  changedAt: row.changedAt.toISOString(),
  overlaps: {
    visits: overlaps.map(({ id, familyId, startsAt, endsAt }) => ({
      id,
      familyId,
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
    })),
    elsewhere,
  },
  warnings: row.status === 'planned' && isAtNight(row.startsAt, timeZone) ? ['night'] : [],
  answers: answers.map(toAnswer),
  revision: row.revision,
})

/** Includes the sealed fields, but never the door code; the revision becomes the ETag. */
export const toVisitShape = (
  { sealer, region }: { sealer: Sealer; region: Region },
  shown: ShownVisit & { safety: readonly SafetyFact[] },
): { body: z.output<typeof visitSchema>; revision: number } => {
  const { place, note } = openVisitContent(sealer, shown.visit)
  const safety = shown.safety.map(toSafetyFact)
  const answers = shown.answers.map((one) => ({ ...toAnswer(one), text: answerText(sealer, one) }))
  return {
    body: { ...toListedVisit(region, shown), place, note, safety, answers },
    revision: shown.visit.revision,
  }
}

const toAnswer = ({ id, kind, member, version, slot, at }: ShownVisit['answers'][number]) => ({
  id: String(id),
  kind,
  memberId: member?.id ?? null,
  role: member?.role ?? null,
  version,
  slot: slot?.toISOString() ?? null,
  at: at.toISOString(),
})

const purposeOf = (code: string) => visitPurposes.find((one) => one === code) ?? 'other'
