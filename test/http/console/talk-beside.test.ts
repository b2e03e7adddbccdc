import { expect, test } from 'vitest'
import { atDesk } from '#test/support/console.ts'
import { openWithFamily } from '#test/support/family.ts'
import { auditOf } from '#test/support/results-page.ts'
import { staffIdOf } from '#test/support/submitted.ts'

const open = async () => {
  const centre = await openWithFamily({ inside: true })
  const { world, member, path, curatorId } = centre
  const olga = await member('parent', 'Ольга')
  const talk = `/console${path}/talk?member=${olga.memberId}`
  const beside = `/console${path}/members/${olga.memberId}`
  const irina = await atDesk(world, curatorId)
  return { ...centre, olga, talk, beside, irina }
}

test('photos, voice and documents of a conversation are opened by whoever may read it, and audited', async () => {
  const { world, olga, talk, irina, curatorId, another, path } = await open()
  await olga.play([
    ['/menu', 'home'],
    ['Написать куратору', /./],
  ])
  olga.telegram.sendPhoto(olga.id)
  await olga.settle()
  olga.telegram.sendVoice(olga.id)
  await olga.settle()
  olga.telegram.sendDocument(olga.id, { name: 'справка <b>.pdf', bytes: Buffer.from('<script>') })
  await olga.settle()
  const { text } = await irina.get(talk)
  const [, photo = ''] = /<img[^>]+src="([^"]+)"/.exec(text) ?? []
  const [, voice = ''] = /<audio[^>]+src="([^"]+)"/.exec(text) ?? []
  const [, paper = ''] = /<p class="file"><a href="([^"]+)"/.exec(text) ?? []
  expect(text).toContain('справка &lt;b&gt;.pdf')
  const looks = async () =>
    (await auditOf(world, curatorId)).filter((one) => one === 'family.messages').length
  const before = await looks()
  const types = []
  for (const address of [photo, voice, paper]) {
    const got = await irina.get(address)
    types.push([got.status, got.headers.get('content-type')])
    expect(got.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(got.headers.get('content-disposition')).toMatch(/^attachment/)
  }
  expect(types).toEqual([
    [200, 'image/jpeg'],
    [200, 'audio/ogg'],
    [200, 'application/octet-stream'],
  ])
  expect(await looks()).toBe(before + 3)

  await world.staff('Вера', ['oktyabrsky'], 'supervisor')
  const vera = await atDesk(world, await staffIdOf(world, 'Вера'))
  expect((await vera.get(photo)).status).toBe(404)
  // Under the address of another family it is not there, even for its own curator.
  const elsewhere = photo.replace(path, await another())
  expect((await irina.get(elsewhere)).status).toBe(404)

  // Telegram is away: said so, in a page, and not as a lost database.
  world.telegram.faults.failNext('getFile', 1, { code: 400 })
  const away = await irina.get(paper)
  expect([away.status, away.headers.get('content-disposition')]).toEqual([502, null])
  expect(away.headers.get('content-type')).toContain('text/html')
  expect(away.text).toContain('Файл не пришёл')
  expect(away.text).not.toContain('базой')
  expect((await irina.get(paper)).status).toBe(200)
})

test('a ready answer is filled in with the name, put into the form, changed there and sent', async () => {
  const { world, olga, talk, beside, irina, another } = await open()
  expect((await irina.get(talk)).text).toContain(`href="${beside}/replies"`)
  const list = await irina.get(`${beside}/replies`)
  expect(list.text).toContain('Ольга, мы прочитали. Когда узнаем больше, напишем сюда.')
  // There is no visit ahead: what needs its day cannot be taken.
  expect(list.text).toContain('Не хватает: дня визита, времени визита')
  const chosen = [...list.text.matchAll(/href="([^"]+reply=[^"]+)"/g)].map(([, one = '']) =>
    one.replaceAll('&amp;', '&'),
  )
  const form = (await irina.get(chosen[0] ?? '')).text
  expect(form).toContain('>Ольга, мы прочитали. Когда узнаем больше, напишем сюда.</textarea>')
  expect((await irina.get(`${talk}&reply=${olga.memberId}&tone=warm`)).text).toContain('required></textarea>')
  const sent = await irina.send(`${beside}/talk`, { text: 'Ольга, мы прочитали. До завтра!' })
  expect(sent.status).toBe(303)
  expect((await irina.get(talk)).text).toContain('До завтра!')
  expect((await irina.get(`/console${await another()}/members/${olga.memberId}/replies`)).status).toBe(404)
  await world.staff('Вера', ['oktyabrsky'], 'supervisor')
  const vera = await atDesk(world, await staffIdOf(world, 'Вера'))
  expect((await vera.get(`${beside}/replies`)).status).toBe(404)
})
