import jsQR from 'jsqr'
import { PNG } from 'pngjs'
import { extractText, getDocumentProxy } from 'unpdf'
import { expect, test } from 'vitest'
import { keyOf } from '#test/support/api.ts'
import { openLink, openWithFamily } from '#test/support/family.ts'
import { missing, problem } from '#test/support/submitted.ts'

/** The package's types declare a `default` export, but the import is the function itself. */
const readQr = jsQR as unknown as typeof jsQR.default

type Listed = { items: { id: string; number: number }[]; nextCursor: string | null }
type Link = { member: { id: string }; link: string; qr?: string; handout?: string }

test('pages contain each matching family once, in order', async () => {
  const { world, key, curatorId, familyId } = await openWithFamily()
  const make = async (body: object) => (await key.post('/families', body)).body as { id: string }
  const second = await make({ territory: 'leninsky', stage: 'contract', level: 'basic' })
  const third = await make({ territory: 'oktyabrsky', curatorId })
  const all = [familyId, second.id, third.id]
  const idsOf = async (query: string) => {
    const seen: string[] = []
    let cursor = ''
    do {
      const { body } = await key.get(`/families?limit=1${query}${cursor}`)
      const { items, nextCursor } = body as Listed
      seen.push(...items.map(({ id }) => id))
      cursor = nextCursor === null ? '' : `&cursor=${nextCursor}`
    } while (cursor !== '')
    return seen
  }
  expect(await idsOf('')).toEqual(all)
  expect(await idsOf('&order=newest')).toEqual(all.toReversed())
  expect(await idsOf('&territory=leninsky&territory=oktyabrsky')).toEqual(all)
  expect(await idsOf('&territory=leninsky')).toEqual([familyId, second.id])
  expect(await idsOf(`&curatorId=${curatorId}`)).toEqual([familyId, third.id])
  expect(await idsOf(`&curatorId=${curatorId}&territory=oktyabrsky`)).toEqual([third.id])
  expect(await idsOf('&curatorId=none')).toEqual([second.id])
  expect(await idsOf('&stage=contract')).toEqual([second.id])
  expect(await idsOf('&level=none')).toEqual([third.id])
  expect(await idsOf('&level=crisis&status=active')).toEqual([familyId])
  expect(await idsOf('&status=closed')).toEqual([])

  // A key of one territory sees no other, and a cursor fits one order only.
  const near = await keyOf(world, { territories: ['oktyabrsky'] })
  const { items } = (await near.get('/families')).body as Listed
  expect(items.map(({ id }) => id)).toEqual([third.id])
  expect((await near.get('/families?territory=leninsky')).body).toEqual({ items: [], nextCursor: null })
  expect(await near.get(`/families/${familyId}`)).toMatchObject(problem('not-found', 404))
  const { nextCursor } = (await key.get('/families?limit=1')).body as Listed
  const wrong = await key.get(`/families?order=newest&cursor=${nextCursor}`)
  expect(wrong).toMatchObject(problem('invalid-input', 422))
})

test('curator, level and stage change with the current revision; a closed family cannot be changed', async () => {
  const { world, key, path, curator, curatorId, member } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  const etag = (await key.get(path)).headers.get('etag') ?? ''
  expect(await key.patch(path, { level: 'basic' })).toMatchObject(problem('precondition-required', 428))
  const changed = await key.patch(path, { curatorId: null, level: 'basic' }, { 'if-match': etag })
  expect(changed).toMatchObject({ status: 200, body: { curatorId: null, level: 'basic' } })
  expect(await key.patch(path, { level: 'crisis' }, { 'if-match': etag })).toMatchObject(
    problem('stale', 412),
  )
  expect(await key.patch(path, { curatorId: missing }, { 'if-match': '*' })).toMatchObject(
    problem('not-eligible', 409),
  )
  await key.patch(path, { curatorId }, { 'if-match': '*' })

  expect(await key.post(`${path}/transition`, { to: 'ipss' })).toMatchObject(problem('stage-order', 409))
  const moved = await key.post(`${path}/transition`, { to: 'analysis' })
  expect(moved).toMatchObject({ status: 200, body: { stage: 'analysis', status: 'active' } })
  await expect.poll(() => olga.buttons(olga.card()).map(({ text }) => text)).toContain('Посмотреть')
  const stale = await key.post(`${path}/transition`, { to: 'closed' }, { 'if-match': etag })
  expect(stale).toMatchObject(problem('stale', 412))
  const ahead = { startsAt: '2026-12-02T12:00:00Z', purpose: 'regular', audience: 'family' }
  const visit = (await key.post(`${path}/visits`, ahead)).body as { id: string }
  const closed = await key.post(`${path}/transition`, { to: 'closed' })
  expect(closed).toMatchObject({ status: 200, body: { status: 'closed' } })
  expect((await key.get(`${path}/visits/${visit.id}`)).body).toMatchObject({ status: 'cancelled' })
  expect(await world.database.prisma.visitReminder.count({ where: { dispatchedAt: null } })).toBe(0)

  // Members can still read; nobody can change anything.
  const closedProblem = problem('already-closed', 409)
  expect(await key.post(`${path}/transition`, { to: 'closed' })).toMatchObject(closedProblem)
  expect(await key.patch(path, { level: 'basic' }, { 'if-match': '*' })).toMatchObject(closedProblem)
  expect(await key.post(`${path}/members`, { role: 'parent', name: 'Пётр' })).toMatchObject(closedProblem)
  expect(await key.post(`${path}/members/${olga.memberId}/link`, {})).toMatchObject(closedProblem)
  await olga.play([
    ['/status', /Сопровождение закончено 25 ноября/],
    ['/menu', /^Здравствуйте\. Сопровождение семьи закончено/],
    ['Попросить о помощи', 'question.applicant'],
    ['/status', 'status'],
  ])
  expect(olga.text()).not.toMatch(/○/)
  expect(curator.allText()).not.toMatch(/Ольга/)
  const { history } = (await key.get(path)).body as { history: { kind: string; apiKeyId: string | null }[] }
  expect(history.map(({ kind }) => kind)).toEqual([
    'created',
    'stage',
    'joined',
    'curator',
    'level',
    'curator',
    'stage',
    'closed',
  ])
  expect(history.at(-1)?.apiKeyId).toBe(key.keyId)
})

test('the QR code and the handout contain the link and no name', async () => {
  const { world, key, path } = await openWithFamily()
  const plain = await key.post(`${path}/members`, { role: 'parent', name: 'Ольга' })
  expect(Object.keys(plain.body as Link).sort()).toEqual(['expiresAt', 'link', 'member', 'warning'])
  const { member, link: first } = plain.body as Link
  const again = await key.post(`${path}/members/${member.id}/link`, { with: ['qr', 'handout'] })
  expect(again.status).toBe(201)
  const { link, qr = '', handout = '' } = again.body as Link
  const { data, width, height } = PNG.sync.read(Buffer.from(qr, 'base64'))
  expect(readQr(Uint8ClampedArray.from(data), width, height)?.data).toBe(link)

  const pdf = await getDocumentProxy(new Uint8Array(Buffer.from(handout, 'base64')))
  expect(pdf.numPages).toBe(1)
  const { text } = await extractText(pdf, { mergePages: true })
  const words = text.replace(/\s+/g, ' ')
  for (const said of [
    'Бот для вашей семьи',
    'Центр «Рядом»',
    link,
    'до среды, 9 декабря',
    'До согласия бот не записывает ваш аккаунт',
    '112',
    '8-800-2000-122',
    '124',
  ])
    expect(words).toContain(said)
  expect(words).not.toContain('Ольга')

  const english = await key.call('POST', `${path}/members/${member.id}/link`, {
    body: { with: ['handout'] },
    headers: { 'accept-language': 'en' },
  })
  const page = await getDocumentProxy(
    new Uint8Array(Buffer.from((english.body as Link).handout ?? '', 'base64')),
  )
  expect((await extractText(page, { mergePages: true })).text).toContain('A bot for your family')

  // Only the latest link works.
  const olga = world.person()
  for (const old of [first, link]) {
    await openLink(olga, old)
    olga.sees(/Эта ссылка не действует/)
  }
  await openLink(olga, (english.body as Link).link)
  olga.sees('join')
})

test('names are details: audited, with a scope of their own, and of this family only', async () => {
  const { world, key, path, familyId, another, member } = await openWithFamily()
  const olga = await member('parent', 'Ольга')
  const details = await key.get(`${path}/details`)
  expect(details.body).toMatchObject({ id: familyId, members: [{ id: olga.memberId, name: 'Ольга' }] })
  const seen = await key.get(`/audit?familyId=${familyId}&action=family.details`)
  expect(seen.body).toMatchObject({ items: [{ apiKeyId: key.keyId, familyId }] })
  const reader = await keyOf(world, { scopes: ['families:read'] })
  expect((await reader.get(`${path}/details`)).status).toBe(403)
  expect(JSON.stringify((await reader.get(path)).body)).not.toContain('Ольга')

  // A member is found only in their own family.
  const other = await another()
  for (const wrong of [
    await key.delete(`${other}/members/${olga.memberId}`),
    await key.post(`${other}/members/${olga.memberId}/link`, {}),
    await key.delete(`${path}/members/${missing}`),
  ])
    expect(wrong).toMatchObject(problem('not-found', 404))
  expect((await key.delete(`${path}/members/${olga.memberId}`)).status).toBe(204)
  expect((await key.delete(`${path}/members/${olga.memberId}`)).status).toBe(404)
  await olga.play([['/status', /Пока ничего не отправлено/]])
})
