import { z } from 'zod'
import { leaveForCaller, newAccountLink, workForCaller } from '#features/staff/leaving-api.ts'
import type { WorkOfMember } from '#features/staff/leaving.ts'
import { mustReachMember } from '#features/requests/request-steps-api.ts'
import { type Api, readRoute, writeRoute } from '../staff-route.ts'
import { fullReachNote, linkSchema } from './staff-schemas.ts'

const params = z.strictObject({ id: z.uuid() })
const ids = z.array(z.uuid())

const workSchema = z
  .strictObject({
    requests: ids.describe('Open requests, the most urgent first'),
    families: ids.describe('Active families whose curator they are'),
    visits: ids.describe('Planned visits ahead, earliest first'),
    uncovered: z
      .array(z.string())
      .describe('Territories that nobody else of their role serves: what comes next there reaches nobody'),
  })
  .meta({ id: 'StaffWork' })

export const serveLeaving = (api: Api): void => {
  readRoute(
    api,
    'GET /staff/:id/work',
    'staff:read',
    {
      operationId: 'getStaffWork',
      tag: 'Staff',
      summary: 'Lists what a staff member is responsible for',
      description: 'What has to be handed over before they leave, of the territories of the key.',
      params,
      answer: workSchema,
    },
    async ({ deps, caller, params: { id }, now }) => ({
      body: toWork(await workForCaller(deps.database, { caller, id, now })),
    }),
  )

  writeRoute(
    api,
    'POST /staff/:id/leave',
    'staff:write',
    {
      operationId: 'leaveStaffMember',
      tag: 'Staff',
      summary: 'Ends the work of a staff member here and hands it over',
      description:
        'They lose access at once. Requests go on by the rule of the routing, families and visits to whoever is named, or ' +
        'evenly to the curators of each territory; every family is told. Handing over takes seconds after the response, and ' +
        'is done again by another call for whoever left work behind. Supervisors are told each working morning of families ' +
        `and visits that nobody could take. ${fullReachNote}`,
      params,
      body: z.strictObject({
        handOverTo: z
          .union([z.literal('evenly'), z.uuid()])
          .describe('Who takes families and visits: a curator or supervisor, or `evenly`'),
      }),
      answer: workSchema,
    },
    async (tx, { deps, caller, params: { id }, body: { handOverTo }, now }) => {
      const to = handOverTo === 'evenly' ? null : handOverTo
      if (to !== null) await mustReachMember(tx, caller, to)
      return { body: toWork(await leaveForCaller(tx, deps, { caller, id, to, now })) }
    },
  )

  writeRoute(
    api,
    'POST /staff/:id/lost-phone',
    'staff:write',
    {
      operationId: 'replaceStaffAccount',
      tag: 'Staff',
      summary: 'Ends the account of a staff member and creates a link for another one',
      description: `For a lost phone: the account before loses access at once. ${fullReachNote}`,
      params,
      status: 201,
      answer: linkSchema,
    },
    async (tx, { deps, caller, params: { id }, now }) => {
      const { link, expiresAt } = await newAccountLink(tx, deps, { caller, id, now })
      return { body: { link, expiresAt: expiresAt.toISOString() } }
    },
  )
}

const toWork = ({ requests, families, visits, uncovered }: WorkOfMember): z.output<typeof workSchema> => ({
  requests: idsOf(requests),
  families: idsOf(families),
  visits: idsOf(visits),
  uncovered,
})

const idsOf = (all: readonly { id: string }[]): string[] => all.map(({ id }) => id)
