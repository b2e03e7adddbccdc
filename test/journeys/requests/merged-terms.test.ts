import { expect, test } from 'vitest'
import { requestsOfStaff } from '#features/worklist/open-work.ts'
import { listRequestsFor } from '#features/worklist/request-list.ts'
import { region } from '#regions/index.ts'
import { appliedAtOf } from '#storage/requests/duplicates.ts'
import { createSealer } from '#storage/seal.ts'
import { letter, of } from '#test/support/desk.ts'
import { openOffice } from '#test/support/office.ts'
import { openWithRequest } from '#test/support/submitted.ts'
import { workPasses } from '#test/support/waiting.ts'
import { testKeys } from '#test/support/world.ts'

const first = '2026-11-17T09:00:00+03:00'

/** Ольга's request of 24 November, which Анна has, with a report of the 10th and, by way of a call, a letter of the 17th. */
const openMerged = async () => {
  const opened = await openWithRequest()
  const { key, anna, path } = opened
  await anna.tap('Взять')
  const made = async (more: object) => of(await key.post('/requests', { ...letter, ...more })).id
  const call = await made({ source: 'phone' })
  const merge = async (into: string, duplicateId: string) =>
    expect(await key.post(`${into}/merge`, { duplicateId })).toMatchObject({ status: 200 })
  await merge(`/requests/${call}`, await made({ receivedAt: first }))
  await merge(path, call)
  const report = { applicant: 'other-person', about: 'Семья с ул. Мира, 5' }
  await merge(path, await made({ ...report, receivedAt: '2026-11-10T09:00:00+03:00' }))
  return opened
}

test('the terms of a request count from the first application that was merged into it, and from no report', async () => {
  const { world, anna, olga, key, path } = await openMerged()
  const deps = {
    ...{ database: world.database, region: region(world.config.region) },
    sealer: createSealer(testKeys),
  }
  const office = await openOffice(world)
  const staff = await office.member('Анна')
  const now = world.clock.now()
  const [own] = await requestsOfStaff(deps, { staff, now })
  const listed = await listRequestsFor(deps, {
    ...{ staff, now, page: 0, size: 5 },
    filter: { view: 'mine', order: 'pressing' },
  })
  for (const one of [own, listed.items[0]]) {
    expect(one?.appliedAt).toEqual(new Date(first))
    expect(String(one?.deadline?.due.date)).toBe('2026-11-24')
  }

  // A week before the term of her own request: the specialist is told, and she is not.
  await olga.byHand('-.status.')
  await workPasses(world, office, '2026-11-25T11:30:00Z')
  expect(anna.allText()).toContain('срок прошёл – решение комиссии')
  await olga.byHand('-.status.')
  expect(olga.text()).toContain('до вторника, 1 декабря')
  await olga.tap('Все шаги')
  expect(olga.text()).not.toMatch(/1[07] ноября/)

  const accepted = await key.post(`${path}/transition`, { to: 'closed', outcome: 'support-agreed' })
  const { familyId } = accepted.body as { familyId: string }
  expect((await key.get(`/families/${familyId}`)).body).toMatchObject({
    appliedAt: new Date(first).toISOString(),
  })
  const events = await world.database.prisma.caseEvent.findMany({ where: { familyId, kind: 'application' } })
  expect(events.map(({ day }) => day.toISOString().slice(0, 10))).toEqual(['2026-11-17'])
  await olga.byHand('-.status.')
  await olga.tap('Все шаги')
  expect(olga.text()).toContain('24 ноября')
  expect(olga.text()).not.toMatch(/1[07] ноября/)
})

test('of a merged application whose applicant was erased no day is left, and no term counts from it', async () => {
  const { world, path } = await openMerged()
  const { prisma } = world.database
  // As an erasure leaves it: the month, and an applicant who stands for nobody.
  const letters = await prisma.request.findMany({ where: { source: 'letter' } })
  for (const { id, personId } of letters) {
    const submittedAt = new Date('2026-11-01T00:00:00Z')
    await prisma.request.update({ where: { id }, data: { applicant: 'parent', submittedAt } })
    await prisma.person.update({ where: { id: personId }, data: { erasedAt: world.clock.now() } })
  }
  const id = path.slice('/requests/'.length)
  const { submittedAt } = await prisma.request.findUniqueOrThrow({ where: { id } })
  const call = await prisma.request.findFirstOrThrow({ where: { source: 'phone' } })
  const at = await appliedAtOf(world.database, { id, submittedAt })
  expect(at).toEqual(call.submittedAt)
})
