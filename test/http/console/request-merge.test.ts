import { expect, test } from 'vitest'
import { atDesk } from '#test/support/console.ts'
import { letter, of } from '#test/support/desk.ts'
import { minorAnswers, minorSubmits } from '#test/support/intake.ts'
import { auditOf } from '#test/support/results-page.ts'
import { openWithRequest, staffIdOf } from '#test/support/submitted.ts'

/** Ольга's request, which Анна has taken, and a call with the same phone; Вера is a colleague, Елена a supervisor. */
const open = async () => {
  const one = await openWithRequest({ atOnce: true, inside: true })
  const { world, key, path } = one
  await world.staff('Вера', ['leninsky'])
  await world.staff('Елена', ['leninsky'], 'supervisor')
  const desk = async (name: string) => atDesk(world, await staffIdOf(world, name))
  const anna = await desk('Анна')
  const card = `/console${path}`
  await anna.send(`${card}/claim`)
  const { contact } = (await key.get(`${path}/details`)).body as { contact: { phone: string } }
  const by = { ...letter.contact, phone: contact.phone }
  const call = of(
    await key.post('/requests', { ...letter, source: 'phone', contact: by, words: 'Соседи слышат крики' }),
  )
  const revision = async (at = card) =>
    /name="revision" value="(\d+)"/.exec((await anna.get(at)).text)?.[1] ?? ''
  const status = async (id: string) =>
    (await world.database.prisma.request.findUniqueOrThrow({ where: { id } })).status
  return { ...one, id: path.slice('/requests/'.length), desk, at: anna, card, call, revision, status }
}

const undoIn = (page: string) => /class="undo"><form method="post" action="([^"]+)"/.exec(page)?.[1] ?? null

test('a double is proposed, seen beside the other with what stays, merged once, and taken back from the notice', async () => {
  const { world, at, card, call, id, revision, status } = await open()
  const assigned = { assignedToId: await staffIdOf(world, 'Анна') }
  await world.database.prisma.request.update({ where: { id: call.id }, data: assigned })
  expect((await at.get(card)).text).toContain(`href="${card}/merge"`)
  const choice = (await at.get(`${card}/merge`)).text
  expect(choice).toMatch(new RegExp(`${call.number}[\\s\\S]*тот же телефон[\\s\\S]*${card}/merge/${call.id}`))
  expect(await auditOf(world, await staffIdOf(world, 'Анна'))).toContain('people.searched')
  expect(
    (await at.get(`${card}/merge?number=${call.number}`)).text.split(call.number).length,
  ).toBeGreaterThan(3)
  expect((await at.get(`${card}/merge?number=2026-999999`)).text).toContain('Открытого обращения 2026-999999')

  const pair = `${card}/merge/${call.id}`
  const both = (await at.get(pair)).text
  for (const words of [
    'Сын не выходит из комнаты',
    'Соседи слышат крики',
    'ждёт здесь ответа',
    'Срок останется',
  ])
    expect(both).toContain(words)
  const fields = { keep: id, revision: await revision(pair) }
  const once = crypto.randomUUID()
  const done = await at.send(pair, fields, { once })
  expect(done.status).toBe(303)
  expect((await at.send(pair, fields, { once })).headers.get('location')).toBe(done.headers.get('location'))
  expect([await status(id), await status(call.id)]).toEqual(['claimed', 'closed'])
  const led = (await at.get(done.headers.get('location') ?? '')).text
  expect(led).toContain('Обращения соединены')
  expect(led).toContain('Соседи слышат крики')
  const undo = undoIn(led)
  expect(undo).toBe(`${card}/separate/${call.id}`)
  expect((await at.send(undo ?? '')).status).toBe(303)
  expect([await status(id), await status(call.id)]).toEqual(['claimed', 'submitted'])
})

test('the notice offers it for ten seconds, the card for ten minutes, and then it stands', async () => {
  const { world, at, card, call, revision, status } = await open()
  const assigned = { assignedToId: await staffIdOf(world, 'Анна') }
  await world.database.prisma.request.update({ where: { id: call.id }, data: assigned })
  const pair = `${card}/merge/${call.id}`
  const done = await at.send(pair, { keep: card.split('/').at(-1) ?? '', revision: await revision(pair) })
  const to = done.headers.get('location') ?? ''
  world.clock.forward(11_000)
  const later = (await at.get(to)).text
  expect(undoIn(later)).toBeNull()
  expect(later).toContain(`Разъединить с ${call.number}`)
  world.clock.forward(10 * 60_000)
  expect((await at.get(card)).text).not.toContain('Разъединить с')
  expect((await at.send(`${card}/separate/${call.id}`)).status).toBe(409)
  expect(await status(call.id)).toBe('closed')
})

test('a child’s request is not closed as an adult’s double, and others neither see the page nor merge', async () => {
  const { world, at, card, call, desk, revision, status } = await open()
  const dasha = world.person()
  await dasha.play([...minorAnswers('Нет, это небезопасно'), ...minorSubmits])
  const [child] = await world.database.prisma.request.findMany({ where: { applicant: 'minor' } })
  if (!child) throw new Error('the child has sent nothing')
  await world.database.prisma.request.update({
    where: { id: child.id },
    data: { assignedToId: await staffIdOf(world, 'Анна'), territory: 'leninsky' },
  })
  const pair = `${card}/merge/${child.id}`
  const page = await at.get(pair)
  expect(page.text).toContain('не соединяют')
  expect(page.text).not.toContain('name="keep"')
  expect((await at.send(pair, { keep: child.id, revision: await revision() })).status).toBe(409)
  expect(await status(child.id)).toBe('submitted')
  const vera = await desk('Вера')
  expect((await vera.get(`${card}/merge`)).status).toBe(409)
  expect((await vera.send(`${card}/merge/${call.id}`, { keep: call.id, revision: '0' })).status).toBe(409)
  // A supervisor says first why they open what somebody else has.
  const elena = await desk('Елена')
  expect((await elena.send(`${card}/merge/${call.id}`, { keep: call.id, revision: '0' })).status).toBe(409)
  expect(await status(call.id)).toBe('submitted')
})

test('a note tells the colleague who is ticked, says whom nobody told, and shows both on the card', async () => {
  const { world, at, card, desk } = await open()
  const vera = await staffIdOf(world, 'Вера')
  const elena = await staffIdOf(world, 'Елена')
  const page = (await at.get(card)).text
  // A colleague of the territory may open nothing of what Анна has taken.
  expect(page).toContain(`name="mention" value="${elena}"`)
  const told = await at.send(`${card}/note`, { note: 'Посмотрите, пожалуйста', mention: elena })
  expect(told.headers.get('location')).toBe(`${card}?done=noted#notes`)
  const row = await world.database.prisma.requestEvent.findFirstOrThrow({ where: { kind: 'staff-note' } })
  expect(row.mentioned).toEqual([elena])
  const curator = await world.staff('Ирина', ['leninsky'], 'curator').then(() => staffIdOf(world, 'Ирина'))
  const untold = await at.send(`${card}/note`, { note: 'И вам', mention: curator })
  expect(untold.headers.get('location')).toBe(`${card}?done=notedUntold#notes`)
  expect((await at.get(card)).text).toMatch(/сказали: Елена[\s\S]*Посмотрите, пожалуйста/)
  expect(vera).not.toBe('')
  expect((await (await desk('Вера')).get(card)).text).not.toContain('Посмотрите, пожалуйста')
})
