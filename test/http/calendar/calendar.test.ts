import nodeIcal from 'node-ical'
import { expect, test } from 'vitest'
import { type FamilyWorld, openWithFamily } from '#test/support/family.ts'
import { aPlan, anActivity, publish, told } from '#test/support/plan.ts'

type Member = Awaited<ReturnType<FamilyWorld['member']>>

/** The latest link that the bot sent to a member. */
const linkOf = async (member: Member): Promise<string> => {
  const [button] = ['Получить ссылку', 'Новая ссылка'].filter((label) =>
    member.buttons(member.card()).some(({ text }) => text === label),
  )
  await member.tap(button ?? '')
  const found = member
    .allText()
    .match(/http\S+\.ics/g)
    ?.at(-1)
  if (!found) throw new Error('no link in the chat')
  return found
}

const openCalendar = (member: Member) => member.byHand('-.calendar.')

test('a link shows what its owner may see, until it is turned off', async () => {
  const { world, key, path, curatorId, member } = await openWithFamily({ mode: 'webhook' })
  const olga = await member('parent', 'Ольга')
  const dasha = await member('minor', 'Даша')
  const visit = (startsAt: string, more: object) =>
    key.post(`${path}/visits`, {
      staffId: curatorId,
      startsAt,
      minutes: 60,
      purpose: 'regular',
      place: 'Школа № 7, кабинет 4',
      note: 'Приготовьте паспорт',
      ...more,
    })
  const forAll = await visit('2026-12-03T12:00:00Z', { audience: 'family' })
  const forAdults = await visit('2026-12-10T12:00:00Z', { audience: 'adults' })
  expect([forAll.status, forAdults.status]).toEqual([201, 201])
  await publish(key, path, aPlan([anActivity('one'), anActivity('two', { audience: 'adults' })]))
  await told(world)
  await openCalendar(olga)
  await openCalendar(dasha)
  const [ours, hers] = [await linkOf(olga), await linkOf(dasha)]
  expect(new URL(ours).pathname).toMatch(/^\/calendar\/[A-Za-z0-9_-]{43}\.ics$/)

  const got = await fetch(ours)
  const text = await got.text()
  expect(got.status).toBe(200)
  expect(got.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
  expect(got.headers.get('cache-control')).toBe('private, no-cache')
  const events = Object.values(nodeIcal.sync.parseICS(text)).filter((one) => one?.type === 'VEVENT')
  expect(events).toHaveLength(4)
  expect(text).not.toMatch(/Ирина|Школа|паспорт|кабинет|Дело/)
  const ofDasha = await (await fetch(hers)).text()
  expect(ofDasha.match(/BEGIN:VEVENT/g)).toHaveLength(2)

  // A repeated request gets the content only if it has changed.
  const etag = got.headers.get('etag') ?? ''
  const again = (headers: Record<string, string>, method = 'GET') => fetch(ours, { headers, method })
  expect((await again({ 'if-none-match': `"other", W/${etag}` })).status).toBe(304)
  expect((await again({ 'if-none-match': '"other"' })).status).toBe(200)
  const head = await again({}, 'HEAD')
  expect([head.status, head.headers.get('etag'), await head.text()]).toEqual([200, etag, ''])
  const { id } = forAll.body as { id: string }
  const cancelled = await key.call('POST', `${path}/visits/${id}/cancel`, {
    body: { reason: 'ill' },
    headers: { 'if-match': '*' },
  })
  expect(cancelled.status, JSON.stringify(cancelled.body)).toBe(200)
  const changed = await again({ 'if-none-match': etag })
  expect(changed.status).toBe(200)
  expect(await changed.text()).toContain(`UID:visit-${id}@ryadom\r\nSEQUENCE:1\r\n`)

  // Names are opt-in; the door code is never included.
  await told(world)
  await openCalendar(olga)
  await olga.tap('Показывать имена')
  const named = await (await fetch(ours)).text()
  expect(named).toContain('LOCATION:Школа № 7\\, кабинет 4')
  expect(named).toContain('Ирина')
  await openCalendar(olga)
  const other = await linkOf(olga)
  expect((await fetch(ours)).status).toBe(404)
  expect((await fetch(other)).status).toBe(200)
  const rows = await world.database.prisma.calendarLink.findMany()
  for (const link of [ours, hers, other]) {
    const token = link.slice(-47, -4)
    expect(JSON.stringify(rows)).not.toContain(token)
    expect(world.lines.join('\n')).not.toContain(token)
  }
  const off = await fetch(ours)

  // A wrong link, a link turned off, one of a former member and no link look the same.
  await openCalendar(olga)
  await olga.tap('Отключить ссылку')
  expect(await key.delete(`${path}/members/${dasha.memberId}`)).toMatchObject({ status: 204 })
  const base = new URL(ours).origin
  const shapes = new Set<string>()
  for (const address of [other, hers, `${base}/calendar/${'a'.repeat(43)}.ics`, `${base}/calendar/a.ics`]) {
    const nothing = await fetch(address)
    const headers = [...nothing.headers].filter(([name]) => name !== 'date')
    shapes.add(JSON.stringify([nothing.status, await nothing.text(), headers]))
  }
  expect(shapes.size).toBe(1)
  expect([...shapes][0]).toContain(JSON.stringify(await off.text()).slice(1, -1))
})

test('guessing of links is blocked, while a valid link keeps working', async () => {
  const { member } = await openWithFamily({ mode: 'webhook' })
  const olga = await member('parent', 'Ольга')
  await openCalendar(olga)
  const link = await linkOf(olga)
  const base = new URL(link).origin
  const statuses: number[] = []
  for (let turn = 0; turn < 70; turn += 1)
    statuses.push((await fetch(`${base}/calendar/${String(turn).padStart(43, 'a')}.ics`)).status)
  expect(statuses[0]).toBe(404)
  expect(statuses.at(-1)).toBe(429)
  expect((await fetch(link)).status).toBe(200)
})
