import { describe, expect, test } from 'vitest'
import { atDesk } from '#test/support/console.ts'
import { openWithFamily } from '#test/support/family.ts'
import { auditOf } from '#test/support/results-page.ts'
import { staffIdOf } from '#test/support/submitted.ts'
import { openUnsafeFamily } from '#test/support/unsafe-family.ts'
import { planVisit, startsAt } from '#test/support/visits.ts'

const hidden = (page: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? ''
const codeIn = (page: string): string | undefined => /class="code on-screen">(\d{4})</.exec(page)?.[1]

describe('a visit', () => {
  test('shows the door code to whoever comes, and to nobody else', async () => {
    const one = await openWithFamily({ mode: 'webhook', inside: true })
    const { world, curatorId } = one
    await one.member('parent', 'Светлана')
    await world.staff('Вера', ['oktyabrsky'], 'supervisor')
    const { id } = await planVisit(one)
    const irina = await atDesk(world, curatorId)
    const elena = await atDesk(world, await staffIdOf(world, 'Елена'))
    const own = (await irina.get(`/console/visits/${id}`)).text
    const code = codeIn(own)
    expect(code).toMatch(/^\d{4}$/)
    expect(await auditOf(world, curatorId)).toContain('family.visits')
    const seen = await elena.get(`/console/visits/${id}`)
    expect(seen.status).toBe(200)
    expect(codeIn(seen.text)).toBeUndefined()
    expect(seen.text).not.toContain(`>${code}<`)
    expect(seen.text).toContain('Код у двери видит только тот, кто придёт')
    const calendars = await Promise.all(
      [irina, elena].map((desk) => desk.get('/console/calendar?date=2026-12-02')),
    )
    for (const page of calendars) {
      expect(page.text).toContain('15:00–16:00')
      expect(page.text).not.toContain(`${code}`)
    }
    expect(
      (await (await atDesk(world, await staffIdOf(world, 'Вера'))).get(`/console/visits/${id}`)).status,
    ).toBe(404)
    // Whoever comes instead sees the new one.
    await world.staff('Олег', ['leninsky'], 'curator')
    const to = await staffIdOf(world, 'Олег')
    expect((await elena.send(`/console/visits/${id}/give`, { to, revision: '0' })).status).toBe(303)
    const oleg = await atDesk(world, to)
    const another = codeIn((await oleg.get(`/console/visits/${id}`)).text)
    expect(another).toMatch(/^\d{4}$/)
    expect(another).not.toBe(code)
    expect(codeIn((await irina.get(`/console/visits/${id}`)).text)).toBeUndefined()
    expect((await oleg.get(`/console/families/${one.familyId}`)).status).toBe(404)
  })

  test('moves as it was seen, warns before, and is refused if it has changed', async () => {
    const one = await openWithFamily({ mode: 'webhook', inside: true })
    const { world, curatorId } = one
    const other = await one.another()
    const { id } = await planVisit(one)
    await planVisit({ ...one, path: other }, { startsAt: '2026-12-03T12:00:00Z' })
    const irina = await atDesk(world, curatorId)
    const move = (query: string) => irina.get(`/console/visits/${id}/move?${query}`)
    expect((await move('date=2026-12-03&time=15:30')).text).toContain('В это же время: 15:00–16:00')
    expect((await move('date=2026-12-03&time=16:10')).text).toContain('Мало времени на дорогу')
    expect((await move('date=2026-12-05&time=23:00')).text).toMatch(/Это выходной[\s\S]*Это ночью/)
    const page = (await move('date=2026-12-04&time=10:00')).text
    const fields = { at: hidden(page, 'at'), revision: hidden(page, 'revision') }
    expect(fields).toEqual({ at: '2026-12-04T07:00:00.000Z', revision: '0' })
    expect((await irina.send(`/console/visits/${id}/move`, fields)).status).toBe(303)
    expect((await irina.send(`/console/visits/${id}/move`, { ...fields, at: startsAt })).status).toBe(409)
    expect((await irina.send(`/console/visits/${id}/cancel`, { revision: '0' })).status).toBe(409)
    expect(
      (await irina.send(`/console/visits/${id}/cancel`, { revision: '1', reason: 'Болею' })).status,
    ).toBe(303)
    expect((await irina.get(`/console/visits/${id}`)).text).toContain('Болею')
  })

  test('is marked with what came of it, which no family reads', async () => {
    const one = await openWithFamily({ mode: 'webhook', inside: true })
    const { world, curatorId, key } = one
    const svetlana = await one.member('parent', 'Светлана')
    const { id, path } = await planVisit(one)
    world.clock.set('2026-12-02T13:30:00Z')
    const irina = await atDesk(world, curatorId)
    expect((await irina.get('/console/calendar')).text).toContain('Прошёл 1 визит, и он не отмечен')
    expect((await irina.get('/console/calendar?show=unmarked')).text).toContain(
      `/console/visits/${id}/outcome`,
    )
    const result = '<i>Тимур</i> молчал, дома тихо'
    expect((await irina.send(`/console/visits/${id}/outcome`, { outcome: 'done', result })).status).toBe(303)
    expect((await irina.get(`/console/visits/${id}`)).text).toContain('&lt;i&gt;Тимур&lt;/i&gt; молчал')
    expect((await irina.send(`/console/visits/${id}/outcome`, { outcome: 'missed' })).status).toBe(409)
    expect(JSON.stringify((await key.get(path)).body)).not.toContain('молчал')
    const row = await world.database.prisma.visit.findUniqueOrThrow({ where: { id } })
    expect(row.result).not.toContain('молчал')
    await svetlana.say('/menu')
    expect(svetlana.allText()).not.toContain('молчал')
  })
})

describe('a new visit', () => {
  test('between the centre and a minor reaches no adult, whatever becomes of it', async () => {
    const { world, path, curatorId, olga, dasha } = await openUnsafeFamily({ inside: true })
    const irina = await atDesk(world, curatorId)
    const base = `/console${path}/visits`
    const when = 'date=2026-12-04&time=10:00'
    const open = (await irina.get(`${base}/new?${when}`)).text
    expect(open).toContain('Сначала выберите, кто увидит визит')
    expect(open).not.toContain('name="place"')
    const page = (await irina.get(`${base}/new?${when}&audience=${dasha.memberId}`)).text
    expect(page).toContain('взрослые из семьи о нём не знают')
    expect(
      (await irina.send(base, { at: '2026-12-04T07:00:00Z', purpose: 'other', count: '1', place: '' }))
        .status,
    ).toBe(422)
    const fields = {
      at: hidden(page, 'at'),
      purpose: 'other',
      count: '1',
      audience: dasha.memberId,
      place: 'Библиотека',
    }
    const made = await irina.send(base, fields)
    expect(made.status).toBe(303)
    const to = (made.headers.get('location') ?? '').replace(/\?.*/, '')
    const visit = await world.database.prisma.visit.findFirstOrThrow()
    expect(visit).toMatchObject({ audience: 'confidential', memberIds: [dasha.memberId] })
    await expect.poll(() => dasha.allText()).toMatch(/визит|встреч/i)
    const moved = { at: '2026-12-04T09:00:00Z', revision: '0' }
    expect((await irina.send(`${to}/move`, moved)).status).toBe(303)
    expect((await irina.send(`${to}/cancel`, { revision: '1', reason: 'Даша просила' })).status).toBe(303)
    await dasha.say('/menu')
    await olga.say('/menu')
    await olga.tap('Кто и когда придёт')
    expect(olga.allText()).not.toMatch(/Библиотека|Даша просила|4 декабря/)
  })

  test('is planned as a series at the level’s frequency, and is told once', async () => {
    const one = await openWithFamily({ mode: 'webhook', inside: true })
    await one.member('parent', 'Светлана')
    const irina = await atDesk(one.world, one.curatorId)
    const base = `/console${one.path}/visits`
    const page = (await irina.get(`${base}/new?date=2026-12-01&time=15:30&count=4`)).text
    expect(page).toContain('Назначить все 4')
    const fields = { at: hidden(page, 'at'), purpose: 'regular', count: '4', place: '' }
    const once = crypto.randomUUID()
    await Promise.all([1, 2].map(() => irina.send(base, fields, { once })))
    expect(await one.world.database.prisma.visit.count()).toBe(4)
    expect((await irina.get('/console/calendar?view=day&date=2026-12-01')).text).toContain('15:30–16:30')
  })
})

describe('the calendar', () => {
  test('is one’s own, and for a supervisor of a curator or of all of the territories', async () => {
    const one = await openWithFamily({ mode: 'webhook', inside: true })
    const { world, curatorId } = one
    await planVisit(one)
    await planVisit(one, { startsAt: '2026-12-02T12:30:00Z' })
    await world.staff('Вера', ['oktyabrsky'], 'supervisor')
    await world.staff('Олег', ['leninsky'], 'curator')
    const page = async (name: string, query = '') =>
      (
        await (
          await atDesk(world, await staffIdOf(world, name))
        ).get(`/console/calendar?date=2026-12-02${query}`)
      ).text
    expect(await page('Ирина')).toMatch(/data-visit[\s\S]*В это же время другой визит/)
    expect(await page('Ирина', `&of=${await staffIdOf(world, 'Олег')}`)).toContain('15:00–16:00')
    expect(await page('Олег')).not.toContain('15:00–16:00')
    expect(await page('Елена')).toContain('Ирина')
    expect(await page('Елена', `&of=${curatorId}`)).toContain('15:00–16:00')
    expect(await page('Елена', `&of=${await staffIdOf(world, 'Олег')}`)).not.toContain('15:00–16:00')
    expect(await page('Вера')).not.toContain('15:00–16:00')
    expect(await page('Вера', `&of=${curatorId}`)).not.toContain('15:00–16:00')
    expect(await page('Елена', '&show=free')).toMatch(/Олег[\s\S]*9 часов/)
    expect(await page('Ирина', '&show=free')).not.toContain('Сколько рабочих часов')
  })
})
