import { randomUUID } from 'node:crypto'
import { sealPlan } from '#features/plan/open-plan.ts'
import { sealDoorCode, sealVisitContent } from '#features/visits/visit-content.ts'
import { insertPlanVersion } from '#storage/plan/plans.ts'
import { createSealer } from '#storage/seal.ts'
import { staffIdOf } from './submitted.ts'
import { surveyRows } from './survey-rows.ts'
import { testKeys, type World } from './world.ts'
import { personRow } from './accounts.ts'
import { caseRows } from './case-rows.ts'
import { aDayOff, aPlace, aReply } from './reply-row.ts'
import { noRows as none, type Rows } from './territory-rows.ts'
import { dataRequestRow } from './data-request-row.ts'
import { incomingRow } from './incoming-row.ts'

export type Territory = {
  code: string
  /** The assignee of its requests. */
  specialistId: string
  /** With a parent who has joined. */
  familyId: string
  memberId: string
  fresh(collections?: readonly (keyof Rows)[]): Promise<Rows>
}

/** A staff member who has not joined, serves all of these territories, and has a future absence. */
export const sharedMember = async (world: World, codes: readonly string[]): Promise<Rows> => ({
  ...none,
  ...(await newMember(world, codes)),
})

const newMember = async ({ database: { prisma } }: World, territories: readonly string[]) => {
  const data = { name: 'Вера', role: 'curator', territories: [...territories] }
  const { id } = await prisma.staffMember.create({ data })
  const [from, until] = [new Date('2100-01-01T00:00:00Z'), new Date('2100-02-01T00:00:00Z')]
  const absence = await prisma.staffAbsence.create({ data: { staffId: id, from, until } })
  return { staff: id, absences: absence.id }
}

/** One that nobody serves and where nothing is open. */
const newTerritory = async ({ database: { prisma }, clock }: World): Promise<string> => {
  const code = `t-${randomUUID().slice(0, 8)}`
  const [at, name] = [clock.now(), 'Новая территория']
  const row = { code, nameRu: name, nameEn: name, called: [], town: [], position: 100 }
  await prisma.territory.create({ data: { ...row, createdAt: at, updatedAt: at } })
  return code
}

const everything = [
  'incoming',
  'requests',
  'staff',
  'webhooks',
  'families',
  'data-requests',
  'surveys',
  'territories',
] as const
const ofSurveys = new Set<keyof Rows>(['surveys', 'done', 'rescues'])

/**
 * A territory with two specialists who have joined and a family. `fresh` makes (all or some of) a claimed request, a member who has not
 * joined and will be away, a paused endpoint, which leads nowhere, with a delivery that was given up, and a family with
 * a member who has not joined, a plan of one activity and a visit that is under way.
 */
export const openTerritory = async (world: World, code: string): Promise<Territory> => {
  const { prisma } = world.database
  const sealer = createSealer(testKeys)
  for (const name of ['Анна', 'Борис']) await world.staff(`${name} ${code}`, [code])
  const specialistId = await staffIdOf(world, `Анна ${code}`)
  const family = world.person()
  await family.start()
  const person = await prisma.person.create({ data: personRow(`telegram:${family.id}`) })

  const request = async () => {
    // A person has at most one open request.
    await prisma.request.updateMany({ where: { personId: person.id }, data: { status: 'withdrawn' } })
    const id = randomUUID()
    const at = world.clock.now()
    const contact = { name: 'Ольга', phone: '+79001112233', safeToCall: 'yes', safeToWrite: 'yes' }
    await prisma.request.create({
      data: {
        id,
        number: `T-${id}`,
        draftId: randomUUID(),
        personId: person.id,
        region: 'stavropol',
        territory: code,
        kind: 'application',
        applicant: 'parent',
        urgent: false,
        helpKinds: ['legal'],
        representativeConsent: 'not-needed',
        dataSharing: true,
        status: 'claimed',
        claimedById: specialistId,
        assignedToId: specialistId,
        claimedAt: at,
        answers: sealer.sealJson({ applicant: 'parent', territory: code }, `requests.answers.${id}`),
        contact: sealer.sealJson(contact, `requests.contact.${id}`),
        submittedAt: at,
        dueAt: at,
      },
    })
    return id
  }

  const endpoint = async () => {
    const id = randomUUID()
    const secrets = sealer.sealJson([{ secret: 'whsec_dGVzdA==' }], `webhook_endpoints.secrets.${id}`)
    const heard = { url: 'https://127.0.0.1:9/', events: ['consent.withdrawn'], territories: [code] }
    const paused = { status: 'paused', pausedFor: 'staff' }
    await prisma.webhookEndpoint.create({ data: { id, ...heard, ...paused, secrets } })
    const at = world.clock.now()
    const event = await prisma.webhookEvent.create({ data: { type: 'endpoint.test', at, data: {} } })
    const given = { endpointId: id, eventId: event.id, status: 'failed', createdAt: at, endedAt: at }
    const delivery = await prisma.webhookDelivery.create({ data: given })
    return { webhooks: id, deliveries: delivery.id }
  }

  const plan = async (familyId: string, at: Date) => {
    const day = at.toISOString().slice(0, 10)
    const when = { kind: 'once', on: day } as const
    const said = { title: 'Мероприятие', plain: 'Дело', kind: 'legal', responsible: 'Анна' } as const
    const activity = { code: 'one', ...said, when, audience: 'family' } as const
    const period = { level: 'basic', from: day, until: day } as const
    const document = { ...period, goal: 'Цель', tasks: ['Раз'], results: ['Два'], activities: [activity] }
    const place = { familyId, version: 1 }
    await prisma.$transaction((tx) =>
      insertPlanVersion(tx, {
        ...place,
        ...period,
        document: sealPlan(sealer, place, document),
        activities: 1,
        at,
        apiKeyId: null,
        confidentialOnly: false,
      }),
    )
    const [firstOn, lastOn] = [new Date(day), new Date(day)]
    const row = { familyId, code: 'one', kind: 'legal', audience: 'family', firstOn, lastOn, addedIn: 1 }
    return (await prisma.activity.create({ data: row })).id
  }

  const visit = async (familyId: string, at: Date) => {
    const id = randomUUID()
    const minutes = (count: number) => new Date(at.getTime() + count * 60_000)
    await prisma.visit.create({
      data: {
        id,
        familyId,
        staffId: specialistId,
        startsAt: minutes(-10),
        endsAt: minutes(50),
        purpose: 'regular',
        audience: 'family',
        content: sealVisitContent(sealer, id, { place: 'Дом', note: null }),
        doorCode: sealDoorCode(sealer, { id, version: 0 }, '4071'),
        createdAt: at,
        changedAt: at,
      },
    })
    return id
  }

  const supported = async (personId?: string) => {
    const at = world.clock.now()
    const state = { region: 'stavropol', territory: code, stage: 'registered', level: 'crisis' }
    const accepted = { ...state, appliedAt: at, createdAt: at }
    const { id } = await prisma.family.create({ data: { ...accepted, curatorId: specialistId } })
    const memberId = randomUUID()
    const name = sealer.seal('Ольга', `family_members.name.${memberId}`)
    await prisma.familyMember.create({
      data: { id: memberId, familyId: id, role: 'parent', name, addedAt: at, ...(personId && { personId }) },
    })
    const safety = randomUUID()
    const kind = sealer.seal('no-messages', `safety_facts.kind.${safety}`)
    await prisma.safetyFact.create({ data: { id: safety, familyId: id, memberId, kind, since: at } })
    const [activities, visits] = [await plan(id, at), await visit(id, at)]
    return {
      families: id,
      members: memberId,
      safety,
      activities,
      visits,
      ...(await caseRows(world, { familyId: id, memberId, staffId: specialistId, personId: person.id })),
    }
  }

  const joined = await supported(person.id)
  const of = { territory: code, familyId: joined.families, memberId: joined.members, personId: person.id }

  return {
    code,
    specialistId,
    familyId: joined.families,
    memberId: joined.members,
    fresh: async (collections = everything) => ({
      ...none,
      registers: 'results',
      replies: await aReply(world),
      places: await aPlace(world, code),
      off: await aDayOff(world),
      ...(collections.includes('territories') && { territories: await newTerritory(world) }),
      ...(collections.includes('incoming') && {
        incoming: await incomingRow(world, { territory: code, staffId: specialistId }),
      }),
      ...(collections.includes('data-requests') && {
        'data-requests': await dataRequestRow(world, {
          ...{ territory: code, familyId: of.familyId, memberId: of.memberId },
        }),
      }),
      ...(collections.includes('requests') && { requests: await request() }),
      ...(collections.includes('staff') && (await newMember(world, [code]))),
      ...(collections.includes('webhooks') && (await endpoint())),
      ...(collections.includes('families') && (await supported())),
      ...(collections.some((one) => ofSurveys.has(one)) && (await surveyRows(world, of))),
    }),
  }
}
