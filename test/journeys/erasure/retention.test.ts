import { expect, test } from 'vitest'
import { eraseClosed } from '#features/retention/erase-closed.ts'
import { listExpired, runRetention } from '#features/retention/retention.ts'
import { submitAsParent } from '#test/support/intake.ts'
import { openOffice } from '#test/support/office.ts'
import { placesOf } from '#test/support/opened.ts'
import { openWithRequest } from '#test/support/submitted.ts'

const years = 5
const word = 'Сын не выходит из комнаты'

test('a request that became no case goes with its applicant when the centre’s term is over, and nothing else does', async () => {
  const { world, key, path } = await openWithRequest()
  const { prisma } = world.database
  const office = await openOffice(world)
  const others = { open: world.person(), again: world.person(), family: world.person() }
  const numbers: Record<string, string> = {}
  for (const [name, chat] of Object.entries(others)) numbers[name] = await submitAsParent(chat)
  const requestOf = (name: string) =>
    prisma.request.findUniqueOrThrow({ where: { number: numbers[name] ?? '' } })
  const long = { status: 'closed', closedAt: new Date('2026-11-25T07:00:00Z') }
  const first = await prisma.request.update({ where: { id: path.replace('/requests/', '') }, data: long })
  for (const name of ['again', 'family'])
    await prisma.request.update({ where: { id: (await requestOf(name)).id }, data: long })
  // One came back later; one is supported.
  await others.again.say('/menu')
  await submitAsParent(others.again)
  const at = world.clock.now()
  await prisma.family.create({
    data: {
      ...{ region: 'stavropol', territory: 'leninsky', stage: 'registered', appliedAt: at, createdAt: at },
      requestId: (await requestOf('family')).id,
    },
  })
  const told = {
    source: 'municipal-body',
    receivedOn: '2026-11-20',
    from: 'Метка школа',
    words: 'Метка слова',
  }
  const incoming = await key.post('/incoming', { ...told, territory: 'leninsky' })
  const appeal = (incoming.body as { id: string }).id
  await key.post(`/incoming/${appeal}/outcome`, { outcome: 'request', requestId: first.id })
  // Somebody asks about their data: it is answered first.
  const asked = { kind: 'access', source: 'letter', receivedOn: '2026-11-24', asker: 'self' }
  const letter = await key.post('/data-requests', { ...asked, requestId: first.id })

  world.clock.set('2031-12-24T07:00:00Z')
  const now = world.clock.now()
  const expired = async () =>
    (await listExpired(world.database, { now, closedYears: years })).find(
      ({ rule }) => rule.kind === 'closed-requests',
    )?.count
  expect(await expired()).toBe(0)
  await prisma.dataRequest.update({
    where: { id: (letter.body as { id: string }).id },
    data: { closedAt: now, outcome: 'done' },
  })
  expect(await expired()).toBe(1)

  const deps = await office.does(async (_, theirs) => theirs)
  const run = () =>
    runRetention(world.database, {
      ...{ now, closedYears: years, startedBy: 'operator' },
      erase: eraseClosed(world.database, deps),
    })
  expect(await run()).toMatchObject({ 'closed-requests': 1, 'closed-cases': 0 })
  expect(await run()).toMatchObject({ 'closed-requests': 0 })
  expect(await prisma.destructionAct.findMany()).toMatchObject([
    { ground: 'term', kind: 'person', subjectId: first.personId },
  ])
  const runs = await prisma.retentionRun.findMany({ orderBy: { id: 'asc' } })
  expect(runs.map(({ counts }) => (counts as Record<string, number>)['closed-requests']).sort()).toEqual([
    0, 1,
  ])
  // What others told, of which it came, goes with it; what the three others wrote stays.
  expect(await placesOf(world.database, 'Метка')).toEqual([])
  expect(await placesOf(world.database, word)).toEqual(['requests.answers'])
  const left = await prisma.person.count({ where: { erasedAt: null, requests: { some: {} } } })
  expect(left).toBe(3)
})
