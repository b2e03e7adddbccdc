import { z } from 'zod'
import { audiences } from '#features/families/audience.ts'
import { answerText } from '#features/visits/visit-answers.ts'
import { openVisitContent, visitPurposes } from '#features/visits/visit-content.ts'
import type { ShownVisit } from '#features/visits/visits-api.ts'
import { memberRoles } from '#storage/families/family-members.ts'
import type { Sealer } from '#storage/seal.ts'
import { visitAnswerKinds } from '#storage/visits/visit-answers.ts'
import { visitStatuses } from '#storage/visits/visits.ts'

const answer = {
  id: z.string(),
  kind: z.enum(visitAnswerKinds),
  memberId: z.uuid().nullable().describe('Null: of an account that is not of the family any more'),
  role: z.enum(memberRoles).nullable(),
  version: z.int().describe('The version of the visit that was answered'),
  slot: z.iso.datetime().nullable().describe('The time that is asked for; of `late`, when somebody is there'),
  at: z.iso.datetime(),
}

const visit = {
  id: z.uuid(),
  familyId: z.uuid(),
  staffId: z.uuid().describe('Who comes'),
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  purpose: z.enum(visitPurposes),
  audience: z.enum(audiences).describe('`adults`: no minor sees it'),
  memberIds: z.array(z.uuid()).describe('Of `minors`: these alone; empty: all of them'),
  version: z.int().describe('Counts the moves from 0'),
  status: z.enum(visitStatuses),
  movedFrom: z.iso
    .datetime()
    .nullable()
    .describe('When it was to begin before it was last moved to another time'),
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
        .describe('Of families that the key reaches'),
      elsewhere: z.int().describe('How many more there are, of other families'),
    })
    .describe('Other planned visits of whoever comes at the same time: a warning, not a refusal'),
  revision: z.int().describe('Counts the changes; in quotes it is the ETag: `"3"`'),
}

/** As lists show it: nothing sealed. */
export const listedVisitSchema = z
  .strictObject({
    ...visit,
    answers: z.array(z.strictObject(answer).meta({ id: 'ListedVisitAnswer' })),
  })
  .meta({ id: 'ListedVisit' })

export const visitSchema = z
  .strictObject({
    ...visit,
    place: z.string().nullable().describe("Null: at the family's home"),
    note: z.string().nullable(),
    answers: z
      .array(
        z
          .strictObject({ ...answer, text: z.string().nullable().describe("The member's words") })
          .meta({ id: 'VisitAnswer' }),
      )
      .describe('What members answered, oldest first'),
  })
  .meta({ id: 'Visit' })

export const toListedVisit = ({
  visit: row,
  overlaps,
  elsewhere,
  answers,
}: ShownVisit): z.output<typeof listedVisitSchema> => ({
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
  answers: answers.map(toAnswer),
  revision: row.revision,
})

/** With what is sealed of it; the revision becomes the ETag. The door code is in no answer. */
export const toVisitShape = (
  sealer: Sealer,
  shown: ShownVisit,
): { body: z.output<typeof visitSchema>; revision: number } => {
  const { place, note } = openVisitContent(sealer, shown.visit)
  const answers = shown.answers.map((one) => ({ ...toAnswer(one), text: answerText(sealer, one) }))
  return { body: { ...toListedVisit(shown), place, note, answers }, revision: shown.visit.revision }
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
