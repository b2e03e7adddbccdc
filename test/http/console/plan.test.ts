import { expect, test } from 'vitest'
import { atDesk } from '#test/support/console.ts'
import { openWithFamily } from '#test/support/family.ts'
import { anActivity, aPlan, publish } from '#test/support/plan.ts'
import { auditOf } from '#test/support/results-page.ts'
import { staffIdOf } from '#test/support/submitted.ts'

const open = async () => {
  const centre = await openWithFamily({ inside: true })
  const { world, key, path, familyId, curatorId } = centre
  const document = aPlan([anActivity('talk'), anActivity('school', { kind: 'pedagogical' })])
  const ids = await publish(key, path, document)
  const desk = await atDesk(world, curatorId)
  const plan = `/console/families/${familyId}/plan`
  const versions = () => world.database.prisma.planVersion.count()
  return { ...centre, ids, desk, plan, versions }
}

test('a plan is typed over pages, compared with the one in force, and published by that page alone', async () => {
  const { world, curatorId, desk, plan, versions } = await open()
  const long = `<b>${'я'.repeat(190)}</b>`
  expect((await desk.get(plan)).text).toContain(`href="${plan}/edit"`)
  await desk.send(`${plan}/edit`, {
    'talk.title': long,
    'talk.plain': 'Поговорить <i>спокойно</i>',
    act: 'down:talk',
  })
  const added = await desk.send(`${plan}/edit`, { act: 'add' })
  const editor = added.headers.get('location') ?? ''
  expect(editor).toMatch(new RegExp(`^${plan}/edit/a\\d+$`))
  const code = editor.split('/').at(-1)
  const page = await desk.get(`${plan}/edit`)
  expect(page.text).toContain('&lt;b&gt;яя')
  expect(page.text.indexOf('row-school')).toBeLessThan(page.text.indexOf('row-talk'))

  // An empty activity is no activity: what is missing is named, and leads to where it is typed.
  const wrong = await desk.get(`${plan}/check`)
  expect(wrong.text).toMatch(
    new RegExp(`href="${plan}/edit/${code}">Мероприятие 3</a>, Кто проводит: не заполнено`),
  )
  expect((await desk.send(`${plan}/publish`)).status).toBe(422)
  const fields = { title: 'Кружок', plain: 'Ходить в кружок', kind: 'pedagogical', responsible: 'Школа' }
  const weekly = {
    repeat: 'weekly',
    from: '2026-11-26',
    until: '2026-12-20',
    every: '1',
    at: '15:00',
    days: 'wed',
  }
  const typed = Object.entries({ ...fields, ...weekly, audience: 'family', lists: '1' })
  await desk.send(`${plan}/edit`, {
    ...Object.fromEntries(typed.map(([name, value]) => [`${code}.${name}`, value])),
    act: 'check',
  })
  expect(await versions()).toBe(1)
  const check = await desk.get(`${plan}/check`)
  expect(check.text).toMatch(/Новое[\s\S]*Кружок[\s\S]*Изменено[\s\S]*спокойно/)
  expect(check.text).toContain('Без изменений останется 1 мероприятие')

  const once = crypto.randomUUID()
  for (let taps = 0; taps < 2; taps += 1)
    expect((await desk.send(`${plan}/publish`, {}, { once })).headers.get('location')).toBe(
      `${plan}?done=planPublished`,
    )
  expect(await versions()).toBe(2)
  expect((await desk.get(plan)).text).toMatch(/Поговорить &lt;i&gt;спокойно&lt;\/i&gt;/)
  expect((await desk.get(`${plan}/edit`)).text).toContain('Пока ничего не изменено')
  expect(await auditOf(world, curatorId)).toContain('family.plan')
})

test('what somebody published meanwhile is neither lost nor overwritten', async () => {
  const { desk, plan, key, path, versions } = await open()
  await desk.send(`${plan}/edit`, { 'talk.plain': 'Моё слово', act: 'save' })
  const theirs = aPlan([anActivity('talk'), anActivity('school', { kind: 'pedagogical', plain: 'Их слово' })])
  await publish(key, path, theirs)
  expect((await desk.get(`${plan}/edit`)).text).toContain('опубликовал кто-то другой')
  expect((await desk.send(`${plan}/publish`)).status).toBe(409)
  expect(await versions()).toBe(2)
  await desk.send(`${plan}/catch-up`)
  expect((await desk.get(`${plan}/edit`)).text).toMatch(/Моё слово[\s\S]*Их слово/)
  expect((await desk.send(`${plan}/publish`)).status).toBe(303)
  expect((await desk.get(plan)).text).toMatch(/Моё слово[\s\S]*Их слово/)
  await desk.send(`${plan}/edit`, { goal: 'Другая цель', act: 'save' })
  await desk.send(`${plan}/discard`)
  expect((await desk.get(`${plan}/edit`)).text).not.toContain('Другая цель')
})

test('opinions stand beside activities, which are marked; nobody else gets in', async () => {
  const { world, member, desk, plan, familyId, ids, another } = await open()
  const olga = await member('parent', 'Ольга')
  const { personId } = await world.database.prisma.familyMember.findUniqueOrThrow({
    where: { id: olga.memberId },
  })
  await world.database.prisma.activityOpinion.create({
    data: {
      activityId: ids.talk ?? '',
      version: 1,
      personId: personId ?? '',
      kind: 'disagree',
      at: world.clock.now(),
    },
  })
  expect((await desk.get(plan)).text).toContain('Родитель: не подходит')
  const activity = `/console/families/${familyId}/activities/${ids.talk}`
  world.clock.set('2026-12-03T07:00:00Z')
  const later = await atDesk(world, await staffIdOf(world, 'Ирина'))
  const page = await later.get(activity)
  const on = /name="on" value="([^"]*)"/.exec(page.text)?.[1] ?? ''
  const marked = await later.send(`${activity}/mark`, { on, happened: 'yes', words: 'Хорошо' })
  expect(marked.headers.get('location')).toBe(`${plan}?done=activityMarked`)
  expect((await later.get(activity)).text).not.toContain(`action="${activity}/mark"`)

  await world.staff('Марк', ['shpakovsky'], 'curator')
  const elsewhere = await atDesk(world, await staffIdOf(world, 'Марк'))
  const foreign = (await another()).split('/').at(-1)
  for (const path of [plan, `${plan}/edit`, `${plan}/check`, activity, `/console/families/${foreign}/plan`])
    expect((await elsewhere.get(path)).status).toBe(404)
  expect((await elsewhere.send(`${plan}/edit`, { goal: 'x' })).status).toBe(404)
  expect((await later.get(`/console/families/${foreign}/activities/${ids.talk}`)).status).toBe(404)
})

test('the plan goes down as a workbook and comes back as the same one; what is wrong in it is named', async () => {
  const { world, desk, plan, versions } = await open()
  const { bytes } = await desk.get(`${plan}/workbook`)
  const send = async (content: Uint8Array, fields: Record<string, string> = { csrf: desk.csrf }) => {
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.set(name, value)
    form.set('file', new Blob([content]), 'план.xlsx')
    const { origin } = new URL(world.app().url)
    const headers = { cookie: desk.cookie(), origin }
    return fetch(`${origin}${plan}/file`, { method: 'POST', body: form, headers, redirect: 'manual' })
  }
  expect((await send(bytes)).headers.get('location')).toBe(`${plan}/check`)
  expect((await desk.get(`${plan}/check`)).text).toContain('ничего не изменено')
  expect(await versions()).toBe(1)
  expect((await send(bytes, {})).status).toBe(403)
  const broken = await send(Buffer.from('не книга'))
  expect([broken.status, await broken.text()]).toEqual([200, expect.stringContaining('Это не книга .xlsx')])
  const large = await send(new Uint8Array(2 * 1024 * 1024 + 1))
  expect([large.status, await large.text()]).toEqual([200, expect.stringMatching(/2 МБ/)])
  expect((await send(new Uint8Array(6 * 1024 * 1024 + 1))).status).toBe(413)
})
