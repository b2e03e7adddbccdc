import { expect, test } from 'vitest'
import type { memberGrounds, personGrounds } from '#features/consents/processing-grounds.ts'
import { erase } from '#features/erasure/erase.ts'
import type { Database } from '#storage/database.ts'
import { keyOf } from '#test/support/api.ts'
import { atDesk, stoodOn } from '#test/support/console.ts'
import { letter, of } from '#test/support/desk.ts'
import { createDice } from '#test/support/dice.ts'
import { submitAsParent } from '#test/support/intake.ts'
import { openOffice } from '#test/support/office.ts'
import { staffIdOf } from '#test/support/submitted.ts'
import { openWorld } from '#test/support/world.ts'

/** Each ground as a condition of a row `p` of `persons`. */
const ofPerson: Record<keyof typeof personGrounds, string> = {
  consent: `EXISTS (SELECT FROM consents c WHERE c.person_id = p.id AND c.kind = 'personal-data'
    AND NOT EXISTS (SELECT FROM consent_withdrawals w WHERE w.consent_id = c.id))`,
  paper: `p.consent_withdrawn_at IS NULL AND EXISTS (SELECT FROM requests r WHERE r.person_id = p.id
    AND r.source <> 'bot' AND r.ground = 'consent')`,
  vital: `EXISTS (SELECT FROM requests r WHERE r.person_id = p.id AND r.ground = '152-fz-6-1-6')`,
  duty: `EXISTS (SELECT FROM requests r WHERE r.person_id = p.id AND r.ground = '152-fz-6-1-2')`,
  staff: `EXISTS (SELECT FROM staff_members s WHERE s.person_id = p.id)`,
  ending: `p.consent_withdrawn_at IS NOT NULL AND EXISTS (SELECT FROM data_requests d WHERE d.person_id = p.id
    AND d.closed_at IS NULL AND d.erase_at IS NOT NULL)`,
  authority: `EXISTS (SELECT FROM representative_checks c WHERE c.person_id = p.id)`,
  erased: `p.erased_at IS NOT NULL`,
}

/** The same of a row `m` of `family_members`. */
const ofMember: Record<keyof typeof memberGrounds, string> = {
  supported: `EXISTS (SELECT FROM families f WHERE f.id = m.family_id AND f.erased_at IS NULL)`,
  removed: `m.removed_at IS NOT NULL`,
  erased: `EXISTS (SELECT FROM subject_keys k WHERE k.subject_id = m.id AND k.destroyed_at IS NOT NULL)`,
}

/** Rows of people and members that have no ground; of every other table that names a person, rows of nobody who is stored. */
const groundless = async ({ prisma }: Database): Promise<string[]> => {
  const none = (grounds: Record<string, string>) => `NOT (${Object.values(grounds).join(' OR ')})`
  const people = await prisma.$queryRawUnsafe<{ at: string }[]>(
    `SELECT 'persons ' || p.id AS at FROM persons p WHERE ${none(ofPerson)}
     UNION ALL SELECT 'family_members ' || m.id FROM family_members m WHERE ${none(ofMember)}`,
  )
  const tables = await prisma.$queryRaw<{ name: string; field: string }[]>`
    SELECT table_name AS name, column_name AS field FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name IN ('person_id', 'paper_person_id', 'old_person_id') AND table_name <> 'persons'`
  expect(tables.length).toBeGreaterThan(10)
  const found: string[] = people.map(({ at }) => at)
  for (const { name, field } of tables) {
    const [row] = await prisma.$queryRawUnsafe<{ count: number }[]>(
      `SELECT count(*)::int AS count FROM "${name}" t WHERE t."${field}" IS NOT NULL
         AND NOT EXISTS (SELECT FROM persons p WHERE p.id = t."${field}")`,
    )
    if (row && row.count > 0) found.push(`${name}.${field}: ${row.count} of nobody`)
  }
  return found
}

const grounds = ['consent', '152-fz-6-1-2', '152-fz-6-1-6'] as const

test('no row of a person without a consent in force or a named ground, whatever was done', {
  timeout: 300_000,
}, async () => {
  const world = await openWorld({ at: '2026-11-24T07:00:00Z', inside: true })
  const { database } = world
  const { prisma } = database
  await world.staff('Анна', ['leninsky'])
  await world.staff('Елена', ['leninsky'], 'supervisor')
  const key = await keyOf(world)
  const office = await openOffice(world)
  const desk = await atDesk(world, await staffIdOf(world, 'Елена'))
  const dice = createDice(20_261_218)
  const chats = [world.person(), world.person({ firstName: 'Павел' })]
  const made: string[] = []

  const deeds: Record<string, () => Promise<unknown>> = {
    consent: async () => {
      const chat = dice.pick(chats)
      const open = await prisma.request.count({
        where: { source: 'bot', status: { in: ['submitted', 'claimed'] } },
      })
      if (chat && open === 0) await submitAsParent(chat)
    },
    desk: async () => {
      const ground = dice.pick(grounds) ?? 'consent'
      const urgent = ground === '152-fz-6-1-6' && { urgent: { reason: 'Ребёнок один дома.' } }
      made.push(of(await key.post('/requests', { ...letter, ground, ...urgent })).id)
    },
    paper: async () => {
      const id = dice.pick(made)
      const fields = {
        signedOn: '2026-11-20',
        kinds: dice.pick(['personal-data', 'special-categories']) ?? '',
      }
      if (id) expect((await desk.send(`/console/requests/${id}/papers`, fields)).status).toBeLessThan(500)
    },
    authority: async () => {
      const id = dice.pick(made)
      const fields = { paper: 'birth-certificate', seenOn: '2026-11-20' }
      if (id)
        expect((await desk.send(`/console/requests/${id}/papers/authority`, fields)).status).toBeLessThan(500)
    },
    withdrawal: async () => {
      const request = dice.pick(await prisma.request.findMany({ orderBy: { number: 'asc' } }))
      if (!request) return
      const fields = {
        kind: 'withdrawal',
        source: 'letter',
        receivedOn: '2026-11-24',
        number: request.number,
        asker: 'self',
      }
      const sent = await desk.send('/console/data-requests/new', fields)
      const at = (sent.headers.get('location') ?? '').replace(/\?.*$/, '')
      if (at !== '') await desk.send(`${at}/withdraw`, stoodOn((await desk.get(at)).text))
    },
    erasure: async () => {
      const people = await prisma.person.findMany({
        where: { erasedAt: null, staff: null },
        orderBy: { id: 'asc' },
      })
      const person = dice.pick(people)
      const now = world.clock.now()
      const asked = { ground: 'request', by: {}, now } as const
      if (person) await office.does((tx, deps) => erase(tx, deps, { of: { person: person.id }, ...asked }))
    },
  }
  const done: string[] = []
  for (let step = 0; step < 30; step += 1) {
    const name = dice.oneOf([
      [2, () => 'consent'],
      [4, () => 'desk'],
      [3, () => 'paper'],
      [1, () => 'authority'],
      [3, () => 'withdrawal'],
      [1, () => 'erasure'],
    ])
    await deeds[name]?.()
    done.push(name)
    expect(await groundless(database), done.join(', ')).toEqual([])
  }
  expect(new Set(done).size).toBe(Object.keys(deeds).length)
  const counted = await prisma.consent.count({ where: { channel: 'paper' } })
  expect([counted > 0, (await prisma.consentWithdrawal.count()) > 0]).toEqual([true, true])

  // The look finds what it looks for.
  const { id } = of(await key.post('/requests', { ...letter, ground: '152-fz-6-1-2' }))
  const { personId } = await prisma.request.findUniqueOrThrow({ where: { id } })
  const where = { personId }
  await prisma.request.updateMany({ where, data: { source: 'bot', ground: 'consent' } })
  expect(await groundless(database)).toContain(`persons ${personId}`)
})
