import { expect, test } from 'vitest'
import { atDesk } from '#test/support/console.ts'
import { missing, staffIdOf } from '#test/support/submitted.ts'
import { openWorld } from '#test/support/world.ts'

const administratorsOnly = [
  '/keys',
  '/keys/new',
  `/keys/${missing}/revoke`,
  '/webhooks',
  '/webhooks/new',
  `/webhooks/${missing}`,
  '/audit',
  '/audit/export',
  '/audit/seen',
  '/audit/check',
  '/territories/leninsky',
]
const forSupervisors = ['', '/organisation', '/territories', '/words', '/surveys', '/days']
const at = '/console/settings'

const open = async () => {
  const world = await openWorld({ at: '2026-11-24T07:00:00Z', inside: true, allowLoopback: true })
  await world.staff('Елена', ['leninsky'], 'supervisor')
  await world.staff('Борис', ['leninsky'], 'supervisor')
  const id = await staffIdOf(world, 'Елена')
  const { prisma } = world.database
  await prisma.staffMember.update({ where: { id }, data: { administers: true } })
  const other = await atDesk(world, await staffIdOf(world, 'Борис'))
  const audited = async (action: string) => prisma.auditEntry.count({ where: { action, staffId: id } })
  return { world, prisma, id, desk: await atDesk(world, id), other, audited }
}

const markOf = (page: string) => /name="mark" value="([^"]*)"/.exec(page)?.[1] ?? ''

test('what holds for the whole centre is for administrators; others read what is no secret', async () => {
  const { world, desk, other } = await open()
  await world.staff('Анна', ['leninsky'])
  const anna = await atDesk(world, await staffIdOf(world, 'Анна'))
  for (const path of forSupervisors) {
    expect((await other.get(`${at}${path}`)).status, path).toBe(200)
    expect((await anna.get(`${at}${path}`)).status, path).toBe(404)
  }
  for (const path of administratorsOnly) expect((await other.get(`${at}${path}`)).status, path).toBe(404)
  const forms: [string, Record<string, string>][] = [
    ['/keys', { name: 'crm', scopes: 'requests:read', days: '10' }],
    ['/territories', { code: 'new-one', ru: 'Новая', en: 'New one' }],
    ['/territories/leninsky', { ru: 'Иная', en: 'Another' }],
    ['/territories/leninsky/retire', { successor: '' }],
    ['/words', { words: 'слово', mark: markOf((await desk.get(`${at}/words`)).text) }],
    ['/words/switches', { mark: markOf((await desk.get(`${at}/words`)).text) }],
    [`/webhooks/${missing}/pause`, {}],
  ]
  for (const [path, fields] of forms)
    expect((await other.send(`${at}${path}`, fields)).status, path).toBe(404)
  const { prisma } = world.database
  expect(await prisma.apiKey.count()).toBe(0)
  expect(await prisma.alarmingWord.count()).toBe(0)
  expect(await prisma.dangerEntryOff.count()).toBe(0)
})

test('a key is shown once and works, is asked about before it is revoked, and both are audited', async () => {
  const { world, prisma, desk, audited } = await open()
  const once = crypto.randomUUID()
  const fields = { name: '<i>CRM</i>', scopes: 'requests:read', days: '30' }
  const made = await desk.send(`${at}/keys`, fields, { once })
  expect(made.status).toBe(200)
  const [token = ''] = /ryadom_[\w-]{43}/.exec(made.text) ?? []
  const call = () =>
    fetch(new URL('/api/v1/requests', world.app().url), { headers: { authorization: `Bearer ${token}` } })
  expect((await call()).status).toBe(200)
  expect((await desk.send(`${at}/keys`, fields, { once })).headers.get('location')).toBe(
    `${at}/keys?done=secretShown`,
  )
  const list = await desk.get(`${at}/keys`)
  expect(list.text).toContain('&lt;i&gt;CRM&lt;/i&gt;')
  expect(list.text).not.toContain(token)
  const odd = await desk.send(`${at}/keys`, { name: 'crm', days: '30' })
  expect(odd.status).toBe(422)
  expect(odd.text).toContain('Отметьте хотя бы одно')
  const { id } = await prisma.apiKey.findFirstOrThrow()
  expect((await desk.get(`${at}/keys/${id}/revoke`)).text).toContain('перестанет получать')
  expect((await desk.send(`${at}/keys/${id}/revoke`)).status).toBe(303)
  expect((await call()).status).toBe(401)
  expect([await audited('key.created'), await audited('key.revoked')]).toEqual([1, 1])
  world.clock.set('2026-11-24T07:45:00Z')
  expect((await desk.send(`${at}/keys`, fields)).text).toContain('Подтвердите, что это вы')
})

test('words of two people do not overwrite each other, and an odd one comes back as it was typed', async () => {
  const { prisma, desk, audited } = await open()
  const mark = markOf((await desk.get(`${at}/words`)).text)
  expect((await desk.send(`${at}/words`, { words: 'резать*\nхочу умереть', mark })).status).toBe(303)
  expect((await prisma.alarmingWord.findMany()).map(({ word }) => word).toSorted()).toEqual([
    'резать*',
    'хочу умереть',
  ])
  const late = await desk.send(`${at}/words`, { words: 'другое', mark })
  expect(late.status).toBe(422)
  expect(late.text).toContain('тем временем изменили')
  expect(late.text).toContain('>другое</textarea>')
  const odd = await desk.send(`${at}/words`, { words: '<b>1</b>', mark: markOf(late.text) })
  expect(odd.text).toContain('&lt;b&gt;1&lt;/b&gt;')
  expect(await prisma.alarmingWord.count()).toBe(2)
  const page = (await desk.get(`${at}/words`)).text
  const on = [...page.matchAll(/name="on" value="([^"]*)" checked/g)].map(([, id = '']) => id)
  const body = new URLSearchParams({ csrf: desk.csrf, once: crypto.randomUUID(), mark: markOf(page) })
  for (const one of on.slice(1)) body.append('on', one)
  const switched = await desk.post(`${at}/words/switches`, Object.fromEntries(body))
  // One value a name in this browser: only the last entry stays on.
  expect(switched.status).toBe(303)
  expect(await prisma.dangerEntryOff.count()).toBe(on.length - 1)
  expect(await audited('words.changed')).toBe(2)
})

test('a territory is added, renamed, and closed with what is left of it', async () => {
  const { prisma, desk, audited } = await open()
  const added = await desk.send(`${at}/territories`, { code: 'new-one', ru: 'Новая', en: 'New one' })
  expect(added.status).toBe(303)
  expect((await desk.send(`${at}/territories`, { code: 'new-one', ru: 'Новая', en: 'New one' })).status).toBe(
    409,
  )
  await desk.send(`${at}/territories/new-one`, { ru: '<b>Иная</b>', en: 'Another' })
  expect((await desk.get(`${at}/territories`)).text).toContain('&lt;b&gt;Иная&lt;/b&gt;')
  expect((await desk.get(`${at}/territories/leninsky`)).text).toContain('сотрудников 2')
  expect((await desk.send(`${at}/territories/leninsky/retire`, { successor: '' })).status).toBe(409)
  expect((await desk.send(`${at}/territories/leninsky/retire`, { successor: 'new-one' })).status).toBe(303)
  expect(await prisma.territory.findUnique({ where: { code: 'leninsky' } })).toMatchObject({
    successor: 'new-one',
  })
  expect(await audited('territories.changed')).toBe(3)
})

test('an address of events is added for a key, tested, replayed, paused and removed', async () => {
  const { prisma, desk, audited } = await open()
  await desk.send(`${at}/keys`, { name: 'crm', scopes: 'requests:read', days: '30' })
  const { id: key } = await prisma.apiKey.findFirstOrThrow()
  const refused = await desk.send(`${at}/webhooks`, { url: 'http://10.0.0.1/hook', key })
  expect(refused.status).toBe(422)
  expect(refused.text).toContain('value="http://10.0.0.1/hook"')
  const made = await desk.send(`${at}/webhooks`, { url: 'http://127.0.0.1:9/hook', key })
  expect(made.text).toMatch(/whsec_[\w+/=]+/)
  const { id } = await prisma.webhookEndpoint.findFirstOrThrow()
  const own = `${at}/webhooks/${id}`
  expect((await desk.send(`${own}/pause`)).status).toBe(303)
  expect((await desk.send(`${own}/test`)).status).toBe(303)
  const page = await desk.get(own)
  expect(page.text).toContain('endpoint.test')
  expect(page.text).toContain('придержано')
  const { id: delivery } = await prisma.webhookDelivery.findFirstOrThrow()
  await prisma.webhookDelivery.update({
    where: { id: delivery },
    data: { status: 'failed', endedAt: new Date() },
  })
  expect((await desk.get(`${own}?status=failed`)).text).toContain('не вышло')
  expect((await desk.get(`${own}/deliveries/${delivery}`)).text).toContain('Отправить снова')
  expect((await desk.send(`${own}/deliveries/${delivery}/replay`)).status).toBe(303)
  expect(await prisma.webhookDelivery.findFirst()).toMatchObject({ status: 'held' })
  expect((await desk.send(`${own}/rotate`)).text).toMatch(/whsec_/)
  expect((await desk.send(`${own}/remove`)).status).toBe(303)
  expect(await prisma.webhookEndpoint.count()).toBe(0)
  expect(await audited('webhook.changed')).toBe(4)
})

test('the audit is read with filters, kept as a file after a fresh proof, and checked', async () => {
  const { world, id, desk, other, audited } = await open()
  await desk.send(`${at}/territories`, { code: 'new-one', ru: 'Новая', en: 'New one' })
  const all = await desk.get(`${at}/audit`)
  expect(all.text).toContain('изменены территории')
  expect(all.text).toContain('Борис')
  const filtered = await desk.get(`${at}/audit?action=territories.changed&staff=${id}`)
  expect(filtered.text.match(/вход на рабочее место<\/td>/)).toBeNull()
  const file = await desk.get(`${at}/audit/export?action=territories.changed`)
  expect(file.headers.get('content-type')).toContain('text/csv')
  expect(file.text).toMatch(/"Елена";"territories\.changed"/)
  expect(await audited('audit.seen')).toBe(1)
  expect((await desk.get(`${at}/audit/seen?by=${id}&since=2026-11-01`)).status).toBe(200)
  expect(await audited('audit.seen')).toBe(2)
  expect((await desk.get(`${at}/audit/check`)).text).toContain('Журнал цел')
  expect((await other.get(`${at}/audit/export`)).status).toBe(404)
  world.clock.set('2026-11-24T07:45:00Z')
  const late = await desk.get(`${at}/audit/export`)
  expect([late.status, late.headers.get('location')?.startsWith('/console/confirm')]).toEqual([303, true])
})
