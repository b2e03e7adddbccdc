import { expect, test } from 'vitest'
import { mergeForStaff, separateForStaff, undoForMs } from '#features/requests/merge-requests.ts'
import { proposedForStaff } from '#features/requests/proposed-duplicates.ts'
import { keyOf } from '#test/support/api.ts'
import { letter, of } from '#test/support/desk.ts'
import { minorAnswers, minorSubmits } from '#test/support/intake.ts'
import { openWithRequest, problem, pushes } from '#test/support/submitted.ts'
import { makeDue } from '#test/support/rows.ts'
import { openOffice } from '#test/support/office.ts'
import { timePasses } from '#test/support/waiting.ts'

type Listed = { keptId: string | null; merged: { id: string }[]; proposed: { id: string; like: string[] }[] }

/** Ольга's request in the bot, which Анна has taken, and a call of before about the same, with the same phone. */
const openTwice = async (more: object = {}) => {
  const opened = await openWithRequest()
  const { world, key, path, anna } = opened
  await anna.tap('Взять')
  const keptId = path.slice('/requests/'.length)
  const details = (await key.get(`${path}/details`)).body as { contact: { name: string; phone: string } }
  const { phone } = details.contact
  const call = {
    ...letter,
    ...{ source: 'phone', contact: { ...letter.contact, phone }, territory: 'leninsky' },
    ...more,
  }
  const made = await key.post('/requests', call)
  expect(made).toMatchObject({ status: 201 })
  const { id, number } = of(made)
  const listed = async (at = path) => (await key.get(`${at}/duplicates`)).body as Listed
  return { ...opened, world, keptId, id, callNumber: number, listed }
}

test('a call about the same is proposed, merged, read with the request that stays, and keeps the earlier term', async () => {
  const { world, key, path, anna, olga, keptId, id, callNumber, number, listed } = await openTwice({
    words: 'Муж бьёт меня. Соседи слышат.',
  })
  const before = (await key.get(path)).body as { dueAt: string; urgent: boolean }
  const earlier = ((await key.get(`/requests/${id}`)).body as { dueAt: string }).dueAt
  expect(earlier < before.dueAt).toBe(true)
  expect((await listed()).proposed).toMatchObject([{ id, like: ['phone'] }])
  await olga.byHand('-.status.')
  const told = olga.text()

  const merged = await key.post(`${path}/merge`, { duplicateId: id })
  expect(merged).toMatchObject({ status: 200, body: { urgent: true, dueAt: earlier, status: 'claimed' } })
  expect(merged.headers.get('etag')).toMatch(/^"\d+"$/)
  expect(await key.get(`/requests/${id}`)).toMatchObject({ body: { status: 'closed' } })
  expect(await listed()).toMatchObject({ merged: [{ id }], proposed: [] })
  expect(await listed(`/requests/${id}`)).toMatchObject({ keptId })
  // Its contact is open as long as the one that stays.
  expect((await key.get(`/requests/${id}/details`)).body).toMatchObject({
    contact: { safeToCall: letter.contact.safeToCall },
  })

  await anna.byHand(`-.card.${keptId}`)
  expect(anna.text()).toMatch(new RegExp(`Сюда же: ${callNumber}`))
  await anna.byHand(`-.story.${keptId}`)
  expect(anna.text()).toMatch(new RegExp(`Из обращения ${callNumber}[\\s\\S]*Соседи слышат`))
  await anna.byHand(`-.contact.${keptId}`)
  expect(anna.allText()).toMatch(new RegExp(`Из обращения ${callNumber}[\\s\\S]*Имя`))
  await anna.byHand(`-.card.${id}`)
  expect(anna.text()).toMatch(new RegExp(`Дубль обращения ${number}`))

  // Somebody called: whoever wrote in the bot learns nothing of it, neither an urgency nor another term.
  const heard = pushes(olga)
  await makeDue(world.database, 'family-notice')
  await timePasses(world, await openOffice(world), '2026-11-24T07:20:00Z')
  await olga.byHand('-.status.')
  expect(olga.text()).toBe(told)
  expect(pushes(olga)).toBe(heard)
  const audited = await world.database.prisma.auditEntry.count({ where: { action: 'request.merged' } })
  expect(audited).toBe(2)
})

test('for ten minutes it can be taken back, and both stand as before', async () => {
  const { world, key, path, id } = await openTwice({ urgent: { reason: 'Плачет' } })
  const rows = () => world.database.prisma.request.findMany({ orderBy: { number: 'asc' } })
  const standing = async () =>
    (await rows()).map(({ revision: _, updatedAt: __, clockAt: ___, eventSequence: ____, ...row }) => row)
  const before = await standing()
  await key.post(`${path}/merge`, { duplicateId: id })
  expect(await standing()).not.toEqual(before)
  expect(await key.post(`${path}/separate`, { duplicateId: id })).toMatchObject({ status: 200 })
  expect(await standing()).toEqual(before)
  expect(await key.post(`${path}/separate`, { duplicateId: id })).toMatchObject(problem('not-found', 404))

  await key.post(`${path}/merge`, { duplicateId: id })
  world.clock.forward(undoForMs)
  expect(await key.post(`${path}/separate`, { duplicateId: id })).toMatchObject(problem('not-allowed', 409))
  expect(await key.post(`${path}/merge`, { duplicateId: id })).toMatchObject(problem('already-closed', 409))
})

test('never a child’s with a parent’s, never another account’s, never across territories without right', async () => {
  const { world, key, path, keptId, id, listed } = await openTwice({ applicant: 'minor' })
  expect((await listed()).proposed).toEqual([])
  for (const [kept, duplicate] of [
    [keptId, id],
    [id, keptId],
  ])
    expect(await key.post(`/requests/${kept}/merge`, { duplicateId: duplicate })).toMatchObject(
      problem('not-allowed', 409),
    )
  const dasha = world.person({ firstName: 'Даша' })
  await dasha.play([...minorAnswers('Нет, это небезопасно'), ...minorSubmits])
  const hers = await world.database.prisma.request.findFirstOrThrow({
    where: { applicant: 'minor', source: 'bot' },
  })
  expect(await key.post(`${path}/merge`, { duplicateId: hers.id })).toMatchObject(problem('not-allowed', 409))
  // What she said herself on the phone joins what she wrote.
  expect(await key.post(`/requests/${hers.id}/merge`, { duplicateId: id })).toMatchObject({ status: 200 })

  const elsewhere = of(await key.post('/requests', { ...letter, territory: 'oktyabrsky' })).id
  const here = await keyOf(world, { territories: ['leninsky'] })
  expect(await here.post(`${path}/merge`, { duplicateId: elsewhere })).toMatchObject(
    problem('not-found', 404),
  )
})

test('what somebody wrote twice from one account becomes one status, of which they are told once', async () => {
  const { world, key, path, olga, id, number } = await openTwice()
  const { personId } = await world.database.prisma.request.findUniqueOrThrow({ where: { number } })
  // As if she had first written about herself as about another family.
  await world.database.prisma.request.update({
    where: { id },
    data: {
      personId,
      source: 'bot',
      applicant: 'other-person',
      waitingSince: world.clock.now(),
    },
  })
  const twice = await world.database.prisma.request.findUniqueOrThrow({ where: { id } })
  await key.post(`${path}/merge`, { duplicateId: id })
  const heard = pushes(olga)
  const office = await openOffice(world)
  world.clock.forward(11 * 60_000)
  await makeDue(world.database, 'family-notice')
  await expect.poll(() => pushes(olga)).toBe(heard + 1)
  await olga.byHand('-.status.')
  expect(olga.text()).toMatch(new RegExp(`${number}[\\s\\S]*Вместе с ним читают[^.]*${twice.number}`))
  await timePasses(world, office, '2026-11-24T09:00:00Z')
  expect(pushes(olga)).toBe(heard + 1)
})

test('staff merge what they could give away: not somebody else’s, not without a reason, not elsewhere', async () => {
  const { world, keptId, id } = await openTwice()
  await world.staff('Елена', ['leninsky'], 'supervisor')
  await world.staff('Нина', ['oktyabrsky'])
  await world.staff('Вера', ['leninsky'])
  const office = await openOffice(world)
  const as = async (name: string) => {
    const staff = await office.member(name)
    const of = { staff, keptId, duplicateId: id, now: world.clock.now() }
    return {
      merge: () => office.does((tx, deps) => mergeForStaff(tx, deps, of)),
      separate: () => office.does((tx, deps) => separateForStaff(tx, deps, of)),
      propose: () => office.does((tx, deps) => proposedForStaff(tx, deps, { ...of, requestId: keptId })),
    }
  }
  await expect((await as('Нина')).merge()).rejects.toMatchObject({ code: 'not-found' })
  await expect((await as('Нина')).propose()).rejects.toMatchObject({ code: 'not-found' })
  await expect((await as('Вера')).merge()).rejects.toMatchObject({ code: 'not-allowed' })
  await expect((await as('Елена')).merge()).rejects.toMatchObject({ code: 'not-allowed' })
  const anna = await as('Анна')
  expect(await anna.propose()).toMatchObject([{ request: { id }, like: ['phone'] }])
  await anna.merge()
  await expect((await as('Вера')).separate()).rejects.toMatchObject({ code: 'not-allowed' })
  await anna.separate()
  expect(await world.database.prisma.request.findUniqueOrThrow({ where: { id } })).toMatchObject({
    status: 'submitted',
  })
})
