import { z } from 'zod'
import { accountState, accountStates } from '#features/families/account-changes.ts'
import type { ShownFamily } from '#features/families/families-api.ts'
import { type SafetyFact, safetyKinds } from '#features/families/safety-facts.ts'
import { type Family, familyEventKinds, familyStatuses, supportLevels } from '#storage/families/families.ts'
import { type Member, memberRoles } from '#storage/families/family-members.ts'
import { freeText } from '../free-text.ts'

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
    joinedAt: z.iso.datetime().nullable().describe('When the member used the link; null: not yet'),
    account: z
      .enum(accountStates)
      .describe(
        '`unconfirmed`: came by a new link, and what is older is hidden from it; `paused`: the account before said that it was not them; ' +
          'both wait for `decideFamilyMemberAccount`',
      ),
  })
  .meta({ id: 'FamilyMember' })

export const safetyFactSchema = z
  .strictObject({
    id: z.uuid(),
    memberId: z.uuid().describe('The member who is in danger'),
    kind: z
      .enum(safetyKinds)
      .describe(
        '`parents-unsafe`: contact through the parents endangers this minor; `no-calls`, `no-messages`: not safe for this member',
      ),
    since: z.iso.datetime(),
    until: z.iso.datetime().nullable().describe('Null: until further notice'),
    by: z.enum(['member', 'staff']).describe('`member`: they said so in a request; `staff`: added by staff'),
    staffId: z.uuid().nullable(),
    apiKeyId: z.uuid().nullable(),
  })
  .meta({ id: 'SafetyFact' })

export const safetySchema = z
  .array(safetyFactSchema)
  .describe('Facts in force: read them before you call, write, visit, plan or invite')

export const acknowledgementSchema = z
  .strictObject({ reason: freeText(500).describe('Why it is done nevertheless; stored encrypted') })
  .describe('Required if safety facts of the family speak against it')
  .meta({ id: 'SafetyAcknowledgement' })

export const toSafetyFact = ({
  id,
  memberId,
  kind,
  since,
  until,
  requestId,
  staffId,
  apiKeyId,
}: SafetyFact): z.output<typeof safetyFactSchema> => ({
  id,
  memberId,
  kind,
  since: since.toISOString(),
  until: until?.toISOString() ?? null,
  by: requestId === null ? 'staff' : 'member',
  staffId,
  apiKeyId,
})

const familyShape = {
  id: z.uuid(),
  number: z.int().describe('Number used by people, such as 128'),
  territory: z.string().describe("Code of the region's territory, or `other`"),
  requestId: z
    .uuid()
    .nullable()
    .describe('The request that it was created from; null: accepted before the bot'),
  curatorId: z.uuid().nullable(),
  level: levelSchema.nullable().describe('Null: not decided yet'),
  stage: z.string().describe("Code of the region's stage"),
  status: z.enum(familyStatuses),
  appliedAt: z.iso.datetime().describe('Time of the application, from which deadlines are counted'),
  createdAt: z.iso.datetime(),
  closedAt: z.iso.datetime().nullable(),
  revision: z.int().describe('Number of changes; in quotes it is the ETag: `"3"`'),
}

export const listedFamilySchema = z.strictObject(familyShape).meta({ id: 'FamilyItem' })

export const familySchema = z
  .strictObject({
    ...familyShape,
    members: z.array(memberSchema).describe('Current members'),
    safety: safetySchema,
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
              .describe(
                'The new stage, level or version, the id of the curator or member, or why support ended',
              ),
            apiKeyId: z.uuid().nullable(),
          })
          .meta({ id: 'FamilyEvent' }),
      )
      .describe('Oldest first'),
  })
  .meta({ id: 'Family' })

export const toMemberShape = (member: Member): z.output<typeof memberSchema> => ({
  id: member.id,
  role: member.role,
  joinedAt: member.joinedAt?.toISOString() ?? null,
  account: accountState(member),
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

/** Includes the revision, which becomes the ETag. */
export const toFamilyShape = ({
  family,
  members,
  events,
  safety,
}: ShownFamily): { body: z.output<typeof familySchema>; revision: number } => ({
  body: {
    ...toListedFamily(family),
    members: members.map(toMemberShape),
    safety: safety.map(toSafetyFact),
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
