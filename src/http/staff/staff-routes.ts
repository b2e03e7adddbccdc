import { z } from 'zod'
import {
  addMember,
  changeMember,
  membersForCaller,
  newLink,
  type ShownMember,
  showMember,
} from '#features/staff/staff-api.ts'
import { staffRoles } from '#storage/staff/staff.ts'
import { instant } from '../instant.ts'
import { cursorFor, pageOf, pageQuery, updatedSinceQuery } from '../pages.ts'
import { booleanParam } from '../query-params.ts'
import { type Api, readRoute, writeRoute } from '../staff-route.ts'
import { mustReach, territoryCode } from '../territory-codes.ts'
import {
  invitationSchema,
  linkSchema,
  memberChangesSchema,
  memberSchema,
  memberWithAbsencesSchema,
  newMemberSchema,
  fullReachNote,
  toAbsence,
  toMember,
} from './staff-schemas.ts'

const params = z.strictObject({ id: z.uuid() })
const cursor = cursorFor('staff', z.strictObject({ createdAt: instant, id: z.uuid() }))

export const serveStaff = (api: Api): void => {
  readRoute(
    api,
    'GET /staff',
    'staff:read',
    {
      operationId: 'listStaff',
      tag: 'Staff',
      summary: 'Lists staff members, oldest first',
      description: 'A key limited to territories sees members who serve at least one of them.',
      query: z.strictObject({
        ...pageQuery,
        ...updatedSinceQuery,
        role: z.enum(staffRoles).optional(),
        territory: territoryCode.optional().describe('Only members who serve this territory'),
        active: booleanParam().optional(),
      }),
      answer: pageOf(memberSchema).meta({ id: 'StaffPage' }),
    },
    async ({ deps, caller, query: { limit, cursor: given, ...filter } }) => {
      const after = cursor.read(given)
      const { territories } = caller
      const { items, next } = await membersForCaller(
        deps.database,
        { ...filter, territories },
        { after, limit },
      )
      const nextCursor = next && cursor.write(next)
      return { body: { items: items.map(toMember), nextCursor } }
    },
  )

  readRoute(
    api,
    'GET /staff/:id',
    'staff:read',
    {
      operationId: 'getStaffMember',
      tag: 'Staff',
      summary: 'Returns a staff member with absences and workload',
      params,
      answer: memberWithAbsencesSchema,
      responseHeaders: ['etag'],
    },
    async ({ deps, caller, params: { id }, now }) =>
      toResponse(await showMember(deps.database, { caller, id, now })),
  )

  serveInvitations(api)

  writeRoute(
    api,
    'PATCH /staff/:id',
    'staff:write',
    {
      operationId: 'updateStaffMember',
      tag: 'Staff',
      summary: 'Updates the given fields of a staff member',
      description:
        'An inactive member loses access at once, and their requests are reassigned. A key limited to territories cannot ' +
        'remove other territories; for a member who serves any of these, it can change nothing else.',
      params,
      body: memberChangesSchema,
      answer: memberWithAbsencesSchema,
      responseHeaders: ['etag'],
      ifMatch: 'required',
    },
    async (tx, { deps, caller, params: { id }, body: changes, revision, now }) => {
      const { member } = await showMember(tx, { caller, id, now })
      if (changes.territories) mustReach(deps.region, caller, changes.territories, member.territories)
      return toResponse(await changeMember(tx, deps, { caller, id, revision, changes, now }))
    },
  )
}

const serveInvitations = (api: Api): void => {
  writeRoute(
    api,
    'POST /staff',
    'staff:write',
    {
      operationId: 'addStaffMember',
      tag: 'Staff',
      summary: 'Creates a staff member and returns a link to join the bot',
      body: newMemberSchema,
      status: 201,
      answer: invitationSchema,
      responseHeaders: ['etag', 'location'],
    },
    async (tx, { deps, caller, body: member, now }) => {
      mustReach(deps.region, caller, member.territories)
      const territories = [...new Set(member.territories)]
      const invited = await addMember(tx, deps, { caller, member: { ...member, territories }, now })
      const { id, revision } = invited.staff
      const newcomer = toMember({ ...invited.staff, open: 0, openUrgent: 0 })
      return {
        body: { member: newcomer, link: invited.link, expiresAt: invited.expiresAt.toISOString() },
        revision,
        location: `/api/v1/staff/${id}`,
      }
    },
  )

  writeRoute(
    api,
    'POST /staff/:id/link',
    'staff:write',
    {
      operationId: 'renewStaffLink',
      tag: 'Staff',
      summary: 'Creates a new join link for a staff member',
      description: `Earlier links stop working. ${fullReachNote}`,
      params,
      status: 201,
      answer: linkSchema,
    },
    async (tx, { deps, caller, params: { id }, now }) => {
      const { link, expiresAt } = await newLink(tx, deps, { caller, id, now })
      return { body: { link, expiresAt: expiresAt.toISOString() } }
    },
  )
}

const toResponse = ({ member, absences }: ShownMember) => ({
  body: { ...toMember(member), absences: absences.map(toAbsence) },
  revision: member.revision,
})
