import { z } from 'zod'
import type { ShownFamily } from '#features/families/families-api.ts'
import { type Family, familyEventKinds, familyStatuses, supportLevels } from '#storage/families/families.ts'
import { type Member, memberRoles } from '#storage/families/family-members.ts'

export const levelSchema = z.enum(supportLevels)
export const stageCode = z
  .string()
  .max(64)
  .regex(/^[a-z]+(-[a-z0-9]+)*$/)
  .describe("Code of the region's stage")

export const memberSchema = z
  .strictObject({
    id: z.uuid(),
    role: z.enum(memberRoles),
    joinedAt: z.iso.datetime().nullable().describe('When the link was used; null: not yet'),
  })
  .meta({ id: 'FamilyMember' })

const familyShape = {
  id: z.uuid(),
  number: z.int().describe('As people name it: no. 128'),
  territory: z.string().describe("Code of the region's territory, or `other`"),
  requestId: z.uuid().nullable().describe('The request that it was made of; null: accepted before the bot'),
  curatorId: z.uuid().nullable(),
  level: levelSchema.nullable().describe('Null: not decided yet'),
  stage: z.string().describe("Code of the region's stage"),
  status: z.enum(familyStatuses),
  appliedAt: z.iso.datetime().describe('When support was asked for: terms are counted from then'),
  createdAt: z.iso.datetime(),
  closedAt: z.iso.datetime().nullable(),
  revision: z.int().describe('Counts the changes; in quotes it is the ETag: `"3"`'),
}

export const listedFamilySchema = z.strictObject(familyShape).meta({ id: 'FamilyItem' })

export const familySchema = z
  .strictObject({
    ...familyShape,
    members: z.array(memberSchema).describe('Those who are there'),
    history: z
      .array(
        z
          .strictObject({
            id: z.string(),
            kind: z.enum(familyEventKinds),
            at: z.iso.datetime(),
            detail: z
              .string()
              .nullable()
              .describe("What it came to: a stage, level or version, or a curator's or member's id"),
            apiKeyId: z.uuid().nullable(),
          })
          .meta({ id: 'FamilyEvent' }),
      )
      .describe('In the order in which it happened'),
  })
  .meta({ id: 'Family' })

export const toMemberShape = ({ id, role, joinedAt }: Member): z.output<typeof memberSchema> => ({
  id,
  role,
  joinedAt: joinedAt?.toISOString() ?? null,
})

export const toListedFamily = (family: Family): z.output<typeof listedFamilySchema> => ({
  id: family.id,
  number: family.number,
  territory: family.territory,
  requestId: family.requestId,
  curatorId: family.curatorId,
  level: family.level,
  stage: family.stage,
  status: family.status,
  appliedAt: family.appliedAt.toISOString(),
  createdAt: family.createdAt.toISOString(),
  closedAt: family.closedAt?.toISOString() ?? null,
  revision: family.revision,
})

/** With the revision that becomes the ETag. */
export const toFamilyShape = ({
  family,
  members,
  events,
}: ShownFamily): { body: z.output<typeof familySchema>; revision: number } => ({
  body: {
    ...toListedFamily(family),
    members: members.map(toMemberShape),
    history: events.map(({ id, kind, at, detail, apiKeyId }) => ({
      id: String(id),
      kind,
      at: at.toISOString(),
      detail,
      apiKeyId,
    })),
  },
  revision: family.revision,
})
