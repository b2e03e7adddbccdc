import { expect, test } from 'vitest'
import { atDesk } from '#test/support/console.ts'
import { fieldsIn } from '#test/support/form-fields.ts'
import { openWithFamily } from '#test/support/family.ts'
import { auditOf } from '#test/support/results-page.ts'
import { staffIdOf } from '#test/support/submitted.ts'

const at = '/console/settings'
const nasty = '<b>x</b>🙂'

const open = async () => {
  const centre = await openWithFamily({ inside: true })
  const { world } = centre
  const { prisma } = world.database
  await world.staff('Марк', ['shpakovsky'], 'supervisor')
  const elena = await staffIdOf(world, 'Елена')
  const desk = await atDesk(world, elena)
  const other = await atDesk(world, await staffIdOf(world, 'Марк'))
  const curator = await atDesk(world, centre.curatorId)
  return { ...centre, prisma, desk, other, curator, elena }
}

const placeOf = (location: string | null) => location?.split('?')[0] ?? ''

test('a ready answer is added, shown as it will be read, changed, moved and removed', async () => {
  const { world, prisma, desk, curator, elena } = await open()
  const path = `${at}/replies`
  const texts = { 'title.ru': `Как дела ${nasty}`, 'plain.ru.adult': `{имя}, как вы ${nasty}? Придём {day}.` }
  const once = crypto.randomUUID()
  const [first, again] = [await desk.send(path, texts, { once }), await desk.send(path, texts, { once })]
  const own = placeOf(first.headers.get('location'))
  expect(again.headers.get('location')).toBe(first.headers.get('location'))
  const shown = (await desk.get(own)).text
  expect(shown).toContain('Ольга, как вы &lt;b&gt;x&lt;/b&gt;🙂? Придём в пятницу, 27 ноября.')
  const changed = { ...fieldsIn(shown), 'warm.ru.adult': 'Тепло', 'warm.ru.minor': '{имя}, как ты?' }
  expect((await desk.send(own, changed)).status).toBe(303)
  expect((await desk.get(own)).text).toContain('Даша, как ты?')
  const wrong: [Record<string, string>, string][] = [
    [{ 'title.ru': 'я'.repeat(25) }, 'Название: от 2 до 24 знаков'],
    [{ 'plain.ru.adult': '' }, 'Просто, Взрослому, на «вы»: от 1 до 1000 знаков'],
    [{ 'warm.ru.minor': 'Привет, {кличка}' }, 'так не подставится – {кличка}'],
    [{ 'brief.ru.adult': 'я'.repeat(1001) }, 'Коротко, Взрослому, на «вы»: от 1 до 1000 знаков'],
  ]
  for (const [fields, words] of wrong) {
    const refused = await desk.send(own, { ...changed, ...fields })
    expect([refused.status, refused.text.includes(words)], words).toEqual([422, true])
    // Nothing of what was typed is lost.
    expect(refused.text).toContain('Тепло</textarea>')
  }
  const id = own.split('/').at(-1) ?? ''
  const order = async () =>
    [...(await desk.get(path)).text.matchAll(/value="up:([^"]+)"/g)].map(([, one]) => one)
  const before = await order()
  expect(before.at(-1)).toBe(id)
  await desk.send(`${path}/order`, { act: `up:${id}` })
  expect((await order()).at(-2)).toBe(id)
  await desk.send(`${path}/order`, { act: 'up:nobody' })
  expect((await desk.get(`${own}/remove`)).text).toContain('Уже отправленное останется')
  expect((await desk.send(`${own}/remove`)).status).toBe(303)
  expect((await desk.send(`${own}/remove`)).status).toBe(404)
  expect((await desk.get(own)).status).toBe(404)
  expect((await curator.get(path)).status).toBe(404)
  expect((await curator.send(path, texts)).status).toBe(404)
  expect(await prisma.quickReply.count({ where: { removedAt: null } })).toBe(before.length - 1)
  expect((await auditOf(world, elena)).filter((one) => one === 'replies.changed')).toHaveLength(5)
})

test('a place is added and shown as a family reads it; another territory keeps its own', async () => {
  const { world, prisma, desk, other, elena } = await open()
  const path = `${at}/places`
  const place = {
    'name.ru': `Приют ${nasty}`,
    'whatFor.ru': 'Ночлег и еда',
    phone: '8 (8652) 11-22-33',
    territory: 'leninsky',
    audience: 'everyone',
    topics: 'no-food',
  }
  const wrong: [Record<string, string>, string][] = [
    [{ phone: 'нет' }, 'Телефон: цифры'],
    [{ 'name.ru': 'я'.repeat(101) }, 'Название: от 2 до 100 знаков'],
    [{ 'hours.en': 'always' }, 'Часы работы: от 2 до 100 знаков, сначала по-русски'],
    [{ territory: 'shpakovsky' }, 'Где: выберите одну из своих территорий'],
  ]
  for (const [fields, words] of wrong) {
    const refused = await desk.send(path, { ...place, ...fields })
    expect([refused.status, refused.text.includes(words)], words).toEqual([422, true])
    expect(refused.text).toContain('value="Ночлег и еда"')
  }
  const added = placeOf((await desk.send(path, place)).headers.get('location'))
  const shown = (await desk.get(added)).text
  expect(shown).toContain('<b>Приют &lt;b&gt;x&lt;/b&gt;🙂</b>')
  expect(shown).toContain('Центр проверил: 25 ноября.')
  expect((await desk.send(added, { ...fieldsIn(shown), 'hours.ru': 'с девяти до шести' })).status).toBe(303)
  expect(await prisma.place.count({ where: { removedAt: null } })).toBe(1)
  // Whoever serves elsewhere neither sees nor changes it.
  expect((await other.get(path)).text).not.toContain('Приют')
  for (const part of ['', '/remove']) expect((await other.get(`${added}${part}`)).status).toBe(404)
  for (const part of ['', '/remove', '/checked'])
    expect((await other.send(`${added}${part}`, place)).status).toBe(404)

  const everywhere = placeOf((await desk.send(path, { ...place, territory: '' })).headers.get('location'))
  expect((await other.get(path)).text).toContain('Приют')
  world.clock.set('2026-11-27T07:00:00Z')
  const later = await atDesk(world, elena)
  // A place that is moved was not checked by that.
  await later.send(`${path}/order`, { act: `up:${everywhere.split('/').at(-1)}` })
  expect((await later.get(everywhere)).text).toContain('Центр проверил: 25 ноября.')
  expect((await later.send(`${everywhere}/checked`)).status).toBe(303)
  expect((await later.get(everywhere)).text).toContain('Центр проверил: 27 ноября.')
  expect((await later.send(`${everywhere}/remove`)).status).toBe(303)
  expect((await later.get(everywhere)).status).toBe(404)
  expect((await auditOf(world, elena)).filter((one) => one === 'places.changed')).toHaveLength(7)
})

test('a day off of the centre is added with its act, and taken back', async () => {
  const { world, prisma, desk, curator, elena } = await open()
  const path = `${at}/days`
  const day = { day: '2026-12-03', kind: 'off', act: `Приказ № 5 ${nasty}` }
  const once = crypto.randomUUID()
  for (let taps = 0; taps < 2; taps += 1)
    expect((await desk.send(path, day, { once })).headers.get('location')).toBe(`${path}?done=dayAdded`)
  const page = (await desk.get(path)).text
  expect(page).toContain('Приказ № 5 &lt;b&gt;x&lt;/b&gt;🙂')
  const wrong: [Record<string, string>, string, number][] = [
    [{}, 'Календарь и так считает этот день таким', 409],
    [{ day: '2026-12-05' }, 'Календарь и так считает этот день таким', 409],
    [{ day: '2031-12-05' }, 'День: с 2026 по 2028 год', 422],
    [{ day: 'завтра' }, 'День: с 2026 по 2028 год', 422],
    [{ day: '2026-12-04', act: 'я'.repeat(301) }, 'Каким актом: от 1 до 300 знаков', 422],
  ]
  for (const [fields, words, status] of wrong) {
    const refused = await desk.send(path, { ...day, ...fields })
    expect([refused.status, refused.text.includes(words)], words).toEqual([status, true])
  }
  const [kept] = await prisma.centreDay.findMany()
  expect((await curator.send(path, day)).status).toBe(404)
  expect((await desk.get(`${path}/${kept?.id}/remove`)).text).toContain('Сроки пересчитаются')
  expect((await desk.send(`${path}/${kept?.id}/remove`)).status).toBe(303)
  expect((await desk.send(`${path}/${kept?.id}/remove`)).status).toBe(404)
  expect((await desk.get(path)).text).not.toContain('Приказ № 5')
  expect((await auditOf(world, elena)).filter((one) => one === 'calendar.changed')).toHaveLength(2)
})

test('whoever asks the bot right after the answer reads what was changed: a place, and the name of a territory', async () => {
  const { world, desk, elena } = await open()
  const { prisma } = world.database
  const olga = world.person()
  await olga.start()
  const guide = async () => {
    await olga.byHand('-.places.ru-adult-no-food')
    return olga.allText().split('Куда обратиться').at(-1)
  }
  const place = {
    ...{ 'name.ru': 'Столовая на Лесной', 'whatFor.ru': 'Обед', phone: '8 (8652) 11-22-33' },
    ...{ territory: 'leninsky', audience: 'everyone', topics: 'no-food' },
  }
  expect(await guide()).not.toContain('Столовая на Лесной')
  const added = placeOf((await desk.send(`${at}/places`, place)).headers.get('location'))
  expect(await guide()).toContain('Столовая на Лесной')
  await desk.send(added, { ...place, 'name.ru': 'Столовая на Полевой' })
  expect(await guide()).toContain('Столовая на Полевой')
  await prisma.staffMember.update({ where: { id: elena }, data: { administers: true } })
  const named = { ru: 'Ставрополь, Заречье', en: 'Stavropol, Zarechye' }
  expect((await desk.send(`${at}/territories/leninsky`, named)).status).toBe(303)
  expect(await guide()).toContain('Заречье')
  expect((await desk.send(`${added}/remove`)).status).toBe(303)
  expect(await guide()).not.toContain('Столовая на Полевой')
})
