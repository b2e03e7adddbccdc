import { describe, expect, test } from 'vitest'
import { atDesk } from '#test/support/console.ts'
import { openWithFamily } from '#test/support/family.ts'
import { auditOf } from '#test/support/results-page.ts'
import { missing, staffIdOf } from '#test/support/submitted.ts'
import { openUnsafeFamily } from '#test/support/unsafe-family.ts'

const at = (path: string, part = '') => `/console${path}${part}`

describe('the list of families', () => {
  test('shows names to their own curator, and to others by a press that is audited', async () => {
    const { world, member, path, curatorId, familyId } = await openWithFamily({
      mode: 'webhook',
      inside: true,
    })
    await member('parent', 'Светлана')
    const supervisorId = await staffIdOf(world, 'Елена')
    const irina = await atDesk(world, curatorId)
    expect((await irina.get('/console/families')).text).toContain('Светлана')
    expect(await auditOf(world, curatorId)).toContain('family.names')

    const elena = await atDesk(world, supervisorId)
    const list = await elena.get('/console/families?view=all')
    expect(list.text).not.toContain('Светлана')
    expect(list.text).toContain('показать')
    const asked = await elena.send(at(path, '/names'), { back: '/console/families?view=all&level=crisis' })
    const to = asked.headers.get('location') ?? ''
    expect(to).toBe(`/console/families?view=all&level=crisis&names=${familyId}`)
    expect(await auditOf(world, supervisorId)).not.toContain('family.details')
    expect((await elena.get(to)).text).toContain('Светлана')
    expect(await auditOf(world, supervisorId)).toContain('family.details')
  })

  test('filters by whose, stage, level and visits, which are a link, and pages ten thousand', async () => {
    const { world, curatorId, path } = await openWithFamily({ mode: 'webhook', inside: true })
    const elena = await atDesk(world, await staffIdOf(world, 'Елена'))
    const shows = async (query: string) =>
      (await elena.get(`/console/families?${query}`)).text.includes(`"${at(path)}"`)
    expect(await shows('view=all')).toBe(true)
    expect(await shows('view=mine')).toBe(false)
    expect(await shows('view=orphans')).toBe(false)
    expect(await shows('view=closed')).toBe(false)
    expect(await shows('view=all&level=crisis&stage=activities')).toBe(true)
    expect(await shows('view=all&level=basic')).toBe(false)
    expect(await shows('view=all&stage=contract')).toBe(false)
    // The help has just begun: nobody has been visited too seldom yet.
    expect(await shows('view=all&visited=less')).toBe(false)
    world.clock.set('2026-12-09T07:00:00Z')
    const later = await atDesk(world, await staffIdOf(world, 'Елена'))
    expect((await later.get('/console/families?view=all&visited=less')).text).toContain(`"${at(path)}"`)
    await world.database.prisma.$executeRaw`
      INSERT INTO families (id, region, territory, curator_id, level, stage, applied_at, created_at)
      SELECT gen_random_uuid(), region, territory, ${curatorId}::uuid, 'basic', stage, applied_at, created_at + n * interval '1 second'
      FROM families CROSS JOIN generate_series(1, 10000) n WHERE id = ${path.slice('/families/'.length)}::uuid`
    const many = await later.get('/console/families?view=all&page=400')
    expect(many.text).toContain('Страница 400 из 401')
    expect(Buffer.byteLength(many.text)).toBeLessThan(60_000)
    // A page that is no more leads to the last one.
    expect((await later.get('/console/families?view=all&page=9999')).text).toContain('Страница 401 из 401')
  })
})

describe('a family', () => {
  const tabs = ['', '/people', '/talk', '/visits', '/case', '/needs', '/voices', '/notes', '/timeline']

  test('opens to its curator and the supervisor, and to nobody else', async () => {
    const { world, path, curatorId, member } = await openWithFamily({ mode: 'webhook', inside: true })
    await member('parent', 'Светлана')
    await world.staff('Вера', ['oktyabrsky'], 'supervisor')
    await world.staff('Инна', ['leninsky'])
    const irina = await atDesk(world, curatorId)
    const seen = { Ирина: 200, Елена: 200, Вера: 404, Инна: 404 }
    for (const [name, status] of Object.entries(seen)) {
      const desk = name === 'Ирина' ? irina : await atDesk(world, await staffIdOf(world, name))
      for (const part of tabs)
        expect([name, part, (await desk.get(at(path, part))).status]).toEqual([name, part, status])
    }
    expect((await irina.get(`/console/families/${missing}`)).status).toBe(404)
    expect((await irina.get('/console/families/none')).status).toBe(404)
    expect((await irina.get(at(path, '/give'))).status).toBe(404)
    expect((await irina.get(at(path, '/ask'))).status).toBe(404)
  })

  test('audits each page as the bot audits its card', async () => {
    const { world, path, curatorId, member } = await openWithFamily({ mode: 'webhook', inside: true })
    await member('parent', 'Светлана')
    const irina = await atDesk(world, curatorId)
    const seen = async (part: string) => {
      const before = (await auditOf(world, curatorId)).length
      await irina.get(at(path, part))
      return (await auditOf(world, curatorId)).slice(before)
    }
    expect(await seen('')).toEqual([])
    expect(await seen('/people')).toEqual(['family.details'])
    expect(await seen('/people?reach=1')).toEqual(['family.details', 'family.details'])
    expect(await seen('/talk')).toEqual(['family.messages', 'family.messages'])
    expect(await seen('/case')).toEqual(['family.details'])
    expect(await seen('/needs')).toEqual(['family.needs', 'family.level'])
    expect(await seen('/voices')).toEqual(['family.plan'])
    expect(await seen('/notes')).toEqual(['family.notes'])
    expect(await seen('/timeline')).toEqual(['family.details'])
  })

  test('shows what is not safe on every page, and asks why an adult is invited against it', async () => {
    const { world, path, curatorId, olga } = await openUnsafeFamily({ inside: true })
    const irina = await atDesk(world, curatorId)
    for (const part of [...tabs, '/stage', '/event', '/level', '/close', '/visits/new'])
      expect([part, (await irina.get(at(path, part))).text.includes('С родителями не говорить')]).toEqual([
        part,
        true,
      ])
    const asked = await irina.send(at(path, '/invite'), { member: olga.memberId })
    expect(asked.headers.get('location')).toBe(at(path, `/invitation?for=${olga.memberId}`))
    expect((await irina.get(asked.headers.get('location') ?? '')).text).toContain('Почему всё же пригласить')
    const made = await irina.send(at(path, '/invite'), {
      member: olga.memberId,
      reason: 'Подросток согласен',
    })
    const to = made.headers.get('location') ?? ''
    expect(to).not.toContain('start=')
    expect((await irina.get(to)).text).toMatch(/t\.me\/\w+\?start=f_/)
    // Sealed for this session: it opens nothing in another one.
    const other = await atDesk(world, curatorId)
    expect((await other.get(to)).status).toBe(404)
    const kept = JSON.stringify(await world.database.prisma.$queryRaw`SELECT * FROM console_forms`)
    expect(kept).not.toContain('start=f_')
  })
})

describe('what is written', () => {
  test('reaches the member alone, and what a minor writes reaches no adult of the family', async () => {
    const { path, curatorId, olga, dasha, world } = await openUnsafeFamily({ inside: true })
    await dasha.say('Мне страшно, мама не должна знать')
    const irina = await atDesk(world, curatorId)
    await expect
      .poll(async () => (await irina.get(at(path, `/talk?member=${dasha.memberId}`))).text)
      .toContain('мама не должна знать')
    const answer = '<b>Дашино</b> «слово»'
    const sent = await irina.send(at(path, `/members/${dasha.memberId}/talk`), { text: answer })
    expect(sent.status).toBe(303)
    const thread = (await irina.get(at(path, `/talk?member=${dasha.memberId}`))).text
    expect(thread).toContain('&lt;b&gt;Дашино&lt;/b&gt; «слово»')
    expect((await irina.get(at(path, `/talk?member=${olga.memberId}`))).text).not.toContain(
      'мама не должна знать',
    )
    await dasha.say('/menu')
    expect(olga.allText()).not.toMatch(/мама не должна знать|Дашино/)
    for (const part of ['', '/voices', '/timeline', '/case', '/visits'])
      expect((await irina.get(at(path, part))).text).not.toContain('мама не должна знать')
  })

  test('is kept from the curator where the member asked for it, on every page', async () => {
    const { world, path, curatorId, familyId, member } = await openWithFamily({
      mode: 'webhook',
      inside: true,
    })
    const svetlana = await member('parent', 'Светлана')
    const since = world.clock.now()
    await world.database.prisma.talkApart.create({
      data: { id: crypto.randomUUID(), familyId, memberId: svetlana.memberId, staffIds: [curatorId], since },
    })
    await svetlana.say('Куратор на меня кричит')
    const [irina, elena] = [
      await atDesk(world, curatorId),
      await atDesk(world, await staffIdOf(world, 'Елена')),
    ]
    const talk = at(path, `/talk?member=${svetlana.memberId}`)
    const own = await Promise.all(['', '/talk', '/timeline'].map((part) => irina.get(at(path, part))))
    for (const { text } of [...own, await irina.get(talk), await irina.get('/console/families')])
      expect(text).not.toMatch(/кричит|новое сообщение|Есть непрочитанное|Родитель: 1|Скрыто от куратора/)
    expect((await elena.get(at(path))).text).toContain('новое сообщение')
    expect((await elena.get(at(path, '/timeline'))).text).toContain('Родитель: 1 сообщение')
    expect((await elena.get(talk)).text).toMatch(/Скрыто от куратора \(Ирина\)[\s\S]*кричит/)
  })

  test('a message is sent once, at most 4,096 characters, and comes back with what was typed', async () => {
    const { world, path, curatorId, member } = await openWithFamily({ mode: 'webhook', inside: true })
    const svetlana = await member('parent', 'С'.repeat(100))
    const irina = await atDesk(world, curatorId)
    const once = crypto.randomUUID()
    const to = at(path, `/members/${svetlana.memberId}/talk`)
    await Promise.all([1, 2].map(() => irina.send(to, { text: 'Здравствуйте' }, { once })))
    expect(await world.database.prisma.message.count()).toBe(1)
    const long = await irina.send(to, { text: 'я'.repeat(4097) })
    expect(long.status).toBe(422)
    expect(long.text).toContain('я'.repeat(4097))
    expect((await irina.send(to, { text: '   ' })).status).toBe(422)
  })
})

describe('acts', () => {
  test('level, stage, event, need, document and the end, each as the bot has it', async () => {
    const { world, path, curatorId } = await openWithFamily({ mode: 'webhook', inside: true })
    const irina = await atDesk(world, curatorId)
    const { prisma } = world.database
    const id = path.slice('/families/'.length)
    const family = () => prisma.family.findUniqueOrThrow({ where: { id } })
    const revision = async () => String((await family()).revision)
    const stale = await revision()
    expect((await irina.send(at(path, '/level'), { level: 'basic', revision: stale })).status).toBe(303)
    expect((await family()).level).toBe('basic')
    // The family has changed since the page was drawn.
    expect((await irina.send(at(path, '/level'), { level: 'crisis', revision: stale })).status).toBe(409)
    const kind = /kind=([\w-]+)"/.exec((await irina.get(at(path, '/event'))).text)?.[1] ?? ''
    expect((await irina.send(at(path, '/event'), { kind, on: '2026-11-25' })).status).toBe(303)
    expect((await irina.send(at(path, '/event'), { kind, on: '2026-12-30' })).status).toBe(409)
    const need =
      /option value="(circumstance\.[\w-]+)"/.exec((await irina.get(at(path, '/needs'))).text)?.[1] ?? ''
    expect((await irina.send(at(path, '/needs'), { need, foundBy: 'family' })).status).toBe(303)
    expect((await irina.get(at(path, '/needs'))).text).toContain('сказала семья')
    const document = /name="code" value="([\w-]+)"/.exec((await irina.get(at(path, '/case'))).text)?.[1] ?? ''
    expect((await irina.send(at(path, '/documents'), { code: document })).status).toBe(303)
    const to = /stage\?to=([\w-]+)"/.exec((await irina.get(at(path, '/stage'))).text)?.[1] ?? ''
    expect((await irina.send(at(path, '/stage'), { to, revision: await revision() })).status).toBe(303)
    expect((await family()).stage).toBe(to)
    const end = { reason: 'family-wish', contact: 'yes', revision: await revision() }
    expect((await irina.send(at(path, '/close'), end)).status).toBe(303)
    expect((await family()).status).toBe('closed')
    expect((await irina.get(at(path))).text).toContain('Сопровождение закончено')
    expect((await irina.send(at(path, '/look'), { how: 'same' })).status).toBe(303)
  })

  test('a supervisor gives the family to another curator, and nobody else can', async () => {
    const { world, path, curatorId } = await openWithFamily({ mode: 'webhook', inside: true })
    await world.staff('Олег', ['leninsky'], 'curator')
    const to = await staffIdOf(world, 'Олег')
    const irina = await atDesk(world, curatorId)
    const elena = await atDesk(world, await staffIdOf(world, 'Елена'))
    const page = (await elena.get(at(path, '/give'))).text
    expect(page).toContain('Олег')
    const revision = /name="revision" value="(\d+)"/.exec(page)?.[1] ?? ''
    expect((await irina.send(at(path, '/give'), { to, revision })).status).toBe(404)
    expect((await elena.send(at(path, '/give'), { to, revision })).status).toBe(303)
    expect((await irina.get(at(path))).status).toBe(404)
    expect((await (await atDesk(world, to)).get(at(path))).status).toBe(200)
  })
})
