import { expect, test } from 'vitest'
import { changesSince } from '#storage/console/changes.ts'
import { atDesk } from '#test/support/console.ts'
import { openWithFamily } from '#test/support/family.ts'
import { auditOf } from '#test/support/results-page.ts'
import { staffIdOf } from '#test/support/submitted.ts'

const school = {
  source: 'municipal-body',
  receivedOn: '2026-11-20',
  from: 'Школа № 5, о Маше',
  words: 'Девочка <b>не ходит</b> на уроки',
  territory: 'leninsky',
}

const open = async () => {
  const centre = await openWithFamily({ inside: true })
  const { world, key } = centre
  await world.staff('Анна', ['leninsky'])
  await world.staff('Глеб', ['oktyabrsky'])
  await world.staff('Вера', ['oktyabrsky'], 'supervisor')
  const { id, number } = (await key.post('/incoming', school)).body as { id: string; number: number }
  const desk = async (name: string) => atDesk(world, await staffIdOf(world, name))
  return { ...centre, desk, id, nth: number, at: `/console/incoming/${id}` }
}

test('what waits is listed without its words, read with them and audited, and found from the requests', async () => {
  const { world, desk, at, nth } = await open()
  const anna = await desk('Анна')
  expect((await anna.get('/console/requests')).text).toMatch(
    /href="\/console\/incoming">Входящие <span class="count">1</,
  )
  const list = (await anna.get('/console/incoming')).text
  expect(list).toContain(`Сообщение № ${nth}`)
  expect(list).not.toMatch(/не ходит|о Маше/)
  expect(await auditOf(world, await staffIdOf(world, 'Анна'))).not.toContain('incoming.details')
  const card = (await anna.get(at)).text
  expect(card).toContain('Девочка &lt;b&gt;не ходит&lt;/b&gt; на уроки')
  expect(card).toContain('Семья этого не видит')
  expect(await auditOf(world, await staffIdOf(world, 'Анна'))).toContain('incoming.details')
  for (const name of ['Глеб', 'Вера']) {
    const other = await desk(name)
    expect((await other.get('/console/incoming')).text).not.toContain(`№ ${nth}`)
    expect((await other.get(at)).status).toBe(404)
    expect((await other.send(`${at}/family`, { number: '1' })).status).toBe(404)
    expect((await other.send(`${at}/refute`, { reason: 'нет' })).status).toBe(404)
  }
})

test('it is linked to a family, whose curator reads it on the case, or was not confirmed; a wrong number comes back', async () => {
  const { world, desk, at, path, nth } = await open()
  const anna = await desk('Анна')
  const irina = await desk('Ирина')
  expect((await irina.get('/console/incoming')).status).toBe(404)
  expect((await irina.get(at)).status).toBe(404)
  const wrong = await anna.send(`${at}/family`, { number: '99' })
  expect([wrong.status, wrong.text]).toEqual([
    422,
    expect.stringContaining('Такой семьи на ваших территориях нет'),
  ])
  expect(wrong.text).toContain('value="99"')
  const { number } = await world.database.prisma.family.findFirstOrThrow()
  const linked = await anna.send(`${at}/family`, { number: String(number) })
  expect(linked.headers.get('location')).toBe(`${at}?done=incomingLinked`)
  expect((await anna.get('/console/incoming')).text).toContain('Всё разобрано')

  const family = `/console${path}`
  expect((await irina.get(`${family}/case`)).text).toContain(`href="${family}/incoming"`)
  expect((await irina.get(`${family}/incoming`)).text).toContain(`Сообщение № ${nth}`)
  const own = (await irina.get(at)).text
  expect(own).toContain(`href="${family}"`)
  expect((await irina.send(`${at}/refute`, { reason: 'я'.repeat(501) })).status).toBe(422)
  expect((await irina.send(`${at}/refute`, { reason: 'Переехали в августе' })).status).toBe(303)
  expect((await irina.get(at)).text).toContain('Переехали в августе')
  expect((await irina.get(`${family}/incoming`)).text).toContain('не подтвердилось')
})

test('what became of a message reaches open pages within a second, of its territory and of the family’s curator only', async () => {
  const { world, desk, at, nth } = await open()
  const [anna, elena, irina, gleb] = [
    await desk('Анна'),
    await desk('Елена'),
    await desk('Ирина'),
    await desk('Глеб'),
  ]
  const { number } = await world.database.prisma.family.findFirstOrThrow()
  // The look at the page is drawn anew by itself: one look in the audit.
  const shown = await elena.get(at)
  expect(shown.text).toContain(`id="live" hx-get="${at}"`)
  // A page that was opened just now looks back a little.
  const recent = () => changesSince(world.database, new Date(Date.now() - 3_000))
  await expect.poll(async () => (await recent()).changes, { timeout: 6_000 }).toEqual([])
  const pages = await Promise.all([elena, irina, gleb].map((one) => one.live()))
  for (const { events } of pages) await expect.poll(() => events).toContain('console-here')
  const heard = () => pages.map(({ events }) => events.filter((name) => name === 'console-changed').length)
  expect(heard()).toEqual([0, 0, 0])

  await anna.send(`${at}/refute`, { reason: 'Болела, справка есть' })
  await expect.poll(heard, { timeout: 2_000 }).toEqual([1, 0, 0])
  expect((await elena.get('/console/incoming')).text).not.toContain(`№ ${nth}`)
  const redrawn = await elena.get(at, { 'hx-request': 'true' })
  expect(redrawn.text).toContain('Болела, справка есть')
  const looks = (await auditOf(world, await staffIdOf(world, 'Елена'))).filter(
    (action) => action === 'incoming.details',
  )
  expect(looks).toHaveLength(1)

  await anna.send(`${at}/family`, { number: String(number) })
  // The curator hears of it twice at most: the message, and the family that it is about.
  await expect.poll(() => heard().map((count) => Math.min(count, 2)), { timeout: 2_000 }).toEqual([2, 1, 0])
  await Promise.all(pages.map((page) => page.stop()))
})

test('a refused form is not fetched anew from an address that is none', async () => {
  const { desk, at } = await open()
  const anna = await desk('Анна')
  const wrong = await anna.send(`${at}/family`, { number: '99' })
  expect(wrong.status).toBe(422)
  expect(wrong.text).not.toContain('id="live"')
})
