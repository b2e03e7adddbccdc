import type { Prisma } from '#generated/client.ts'
import { sealName } from '#features/families/member-facts.ts'
import { sealDoorCode, sealVisitContent } from '#features/visits/visit-content.ts'
import type { Database } from '#storage/database.ts'
import type { Sealer } from '#storage/seal.ts'
import { concealAccount } from '#storage/accounts.ts'
import { openToFill } from './open-to-fill.ts'
import { newId } from '#core/ids.ts'

const hour = 60 * 60 * 1000
const day = 24 * hour

/** Ends the help of all but so many families, the same share of each curator, and makes supervisors administrators. */
export const closeMost = async (
  url: string,
  { active, now }: { active: number; now: Date },
): Promise<void> => {
  const client = await openToFill(url)
  try {
    await client.query(endTermsSql, [active])
    await client.query(closeSql, [active, now])
    await client.query(`UPDATE staff_members SET administers = true WHERE role = 'supervisor'`)
    await client.query('VACUUM ANALYZE')
  } finally {
    await client.end()
  }
}

const closed = 'families.number % ((SELECT max(number) FROM families) / $1::int) <> 0'
const endTermsSql = `DELETE FROM case_terms USING families WHERE family_id = families.id AND state = 'open' AND ${closed}`
const closeSql = `UPDATE families SET status = 'closed', closed_at = $2 WHERE ${closed}`

/** Intake specialists, and forty open requests for each, sealed as the product seals them. */
export const fillDesks = async (
  { prisma }: Database,
  sealer: Sealer,
  { territories, specialists, now }: { territories: readonly string[]; specialists: number; now: Date },
): Promise<void> => {
  const staff = Array.from({ length: specialists }, (_, n) => ({
    id: newId(),
    personId: newId(),
    name: `Specialist ${n}`,
    territory: territories[n % territories.length] ?? '',
  }))
  await prisma.person.createMany({
    data: staff.map(({ personId: id }, n) => ({ id, ...concealAccount(sealer, id, `bench:intake-${n}`) })),
  })
  await prisma.staffMember.createMany({
    data: staff.map(({ territory, ...member }) => ({ ...member, role: 'intake', territories: [territory] })),
  })
  const waiting = staff.flatMap(({ id: staffId, territory }) =>
    Array.from({ length: 40 }, (_, n) => ({ staffId, territory, n })),
  )
  const asking = waiting.map(() => newId())
  await prisma.person.createMany({
    data: asking.map((id, n) => ({ id, ...concealAccount(sealer, id, `bench:asking-${n}`) })),
  })
  await prisma.request.createMany({
    data: waiting.map(({ staffId, territory, n }, place) => {
      const id = newId()
      const claimed = n % 2 === 0
      const submittedAt = new Date(now.getTime() - n * 6 * hour)
      return {
        ...{ id, number: `B-${place}`, draftId: newId(), personId: asking[place] ?? '', region: 'stavropol' },
        ...{
          territory,
          kind: 'application',
          applicant: n % 5 === 0 ? 'minor' : 'parent',
          urgent: n % 20 === 0,
        },
        ...{ helpKinds: ['psychological'], representativeConsent: 'not-needed', dataSharing: true },
        ...{ status: claimed ? 'claimed' : 'submitted', assignedToId: staffId, assignedAt: submittedAt },
        ...(claimed && { claimedById: staffId, claimedAt: submittedAt }),
        ...{
          submittedAt,
          dueAt: new Date(submittedAt.getTime() + 7 * day),
          stage: 'registered',
          revision: 1,
        },
        answers: sealer.sealJson(
          { applicant: 'parent', ownWords: 'слова '.repeat(100) },
          `requests.answers.${id}`,
        ),
        contact: sealer.sealJson({ name: `Мать ${place}`, phone: '+79991234567' }, `requests.contact.${id}`),
      } satisfies Prisma.RequestCreateManyInput
    }),
  })
}

/** The active families that a curator leads, the open requests of a specialist; nothing of others. */
export const inHand = async (
  { prisma }: Database,
  { staffId }: { staffId: string },
): Promise<{ families: string[]; requests: string[] }> => {
  const select = { id: true }
  const families = await prisma.family.findMany({ where: { curatorId: staffId, status: 'active' }, select })
  const requests = await prisma.request.findMany({
    where: { claimedById: staffId, status: 'claimed' },
    select,
  })
  return { families: families.map(({ id }) => id), requests: requests.map(({ id }) => id) }
}

/** Two members, a visit ahead, a visit behind and a message not read yet, for each family of these curators. */
export const fillWithWords = async (
  { prisma }: Database,
  sealer: Sealer,
  { curatorIds, now }: { curatorIds: readonly string[]; now: Date },
): Promise<void> => {
  const families = await prisma.family.findMany({
    where: { curatorId: { in: [...curatorIds] }, status: 'active' },
    select: { id: true, curatorId: true, number: true },
  })
  const members = families.flatMap(({ id: familyId, number }) =>
    (['parent', 'minor'] as const).map((role) => {
      const id = newId()
      return { id, familyId, role, name: sealName(sealer, id, `${role} ${number}`), addedAt: now }
    }),
  )
  await prisma.familyMember.createMany({ data: members })
  await prisma.visit.createMany({
    data: families.flatMap(({ id: familyId, curatorId, number }) =>
      [-1, 1].map((side) => {
        const id = newId()
        const startsAt = new Date(now.getTime() + side * (1 + (number % 10)) * day + (number % 8) * hour)
        return {
          ...{
            id,
            familyId,
            staffId: curatorId ?? '',
            startsAt,
            endsAt: new Date(startsAt.getTime() + hour),
          },
          ...{ purpose: 'regular', audience: 'family', memberIds: [], createdAt: now, changedAt: now },
          status: side < 0 ? 'done' : 'planned',
          content: sealVisitContent(sealer, id, { place: null, note: 'Возьмите документы' }),
          doorCode: sealDoorCode(sealer, { id, version: 0 }, '4821'),
        }
      }),
    ),
  })
  await prisma.message.createMany({
    data: members
      .filter((_, n) => n % 4 === 0)
      .map(({ id: memberId, familyId }) => {
        const id = newId()
        const text = sealer.seal('Здравствуйте, когда вы придёте?', `messages.text.${id}`)
        return { id, familyId, memberId, author: 'member', text, at: new Date(now.getTime() - hour) }
      }),
  })
  await prisma.$executeRaw`ANALYZE`
}
