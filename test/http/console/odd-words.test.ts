import { expect, test } from 'vitest'
import { atDesk } from '#test/support/console.ts'
import { openWithFamily } from '#test/support/family.ts'
import { staffIdOf } from '#test/support/submitted.ts'

// Whatever is typed into the newer forms: kept or refused with a reason, never a fault, and never markup of a page.

const words: readonly [string, string][] = [
  ['200 letters', 'Щ'.repeat(200)],
  ['markup', '<i>x</i>"><script>alert(1)</script>'],
  ['right to left', '\u202Eأهلا\u202C'],
  ['emoji', '👩‍👩‍👧‍👦🙂'],
  ['nothing seen', '\u200B\u0000'],
]

const open = async () => {
  const centre = await openWithFamily({ inside: true })
  const { world, path, curatorId } = centre
  await world.staff('Марк', ['shpakovsky'], 'supervisor')
  const elena = await atDesk(world, await staffIdOf(world, 'Елена'))
  const mark = await atDesk(world, await staffIdOf(world, 'Марк'))
  const irina = await atDesk(world, curatorId)
  const at = '/console/settings'
  const told = { sender: 'municipal-body', receivedOn: '2026-11-20', territory: 'leninsky' }
  let day = 0
  const forms: readonly [string, (said: string) => Record<string, string>][] = [
    [`${at}/replies`, (said) => ({ 'title.ru': 'Как дела', 'plain.ru.adult': said })],
    [
      `${at}/places`,
      (said) => ({ 'name.ru': said, phone: '88002000122', 'hours.ru': said, 'whatFor.ru': said }),
    ],
    [`${at}/days`, (said) => ({ day: `2027-03-${15 + day++}`, kind: 'off', act: said })],
    ['/console/requests/new/message', (said) => ({ ...told, from: said, words: said })],
    [`/console${path}/notes`, (said) => ({ note: said })],
  ]
  return { ...centre, elena, mark, irina, forms }
}

test('odd words are kept as they are, or come back with a reason', async () => {
  const { elena, forms } = await open()
  for (const [form, fieldsOf] of forms) {
    const kept: string[] = []
    for (const [kind, said] of words) {
      const answer = await elena.send(form, fieldsOf(said))
      expect([303, 422], `${form}: ${kind}`).toContain(answer.status)
      expect(answer.text, `${form}: ${kind}`).not.toMatch(/<i>x<\/i>|<script>alert/)
      const to = answer.headers.get('location')
      if (!to) continue
      kept.push(kind)
      const shown = await elena.get(to)
      expect(shown.status, `${form}: ${kind}`).toBe(200)
      expect(shown.text, `${form}: ${kind}`).not.toMatch(/<i>x<\/i>|<script>alert/)
    }
    expect(kept, form).toEqual(expect.arrayContaining(['markup', 'right to left', 'emoji']))
  }
})

test('a note, sent twice as one form, stands once; without the origin of the console nothing is kept', async () => {
  const { irina, mark, path, world } = await open()
  const notes = `/console${path}/notes`
  const once = crypto.randomUUID()
  const [first, again] = [
    await irina.send(notes, { note: 'Дважды' }, { once }),
    await irina.send(notes, { note: 'Дважды' }, { once }),
  ]
  expect([first.status, again.headers.get('location')]).toEqual([303, first.headers.get('location')])
  const shown = (await irina.get(notes)).text
  expect(shown.split('Дважды')).toHaveLength(2)
  for (const origin of ['http://elsewhere.example', 'null']) {
    const answer = await fetch(new URL(notes, world.app().url), {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: irina.cookie(), origin, 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ csrf: irina.csrf, once: crypto.randomUUID(), note: 'Чужое' }),
    })
    expect(answer.status, origin).toBe(403)
  }
  expect((await irina.get(notes)).text).not.toContain('Чужое')
  // By hand, from another territory: as if it were not there.
  const missing = `/console/families/018f3a5e-0000-7000-8000-000000000000`
  for (const part of ['/notes', '/incoming', '/plan', '/voices']) {
    const [theirs, nobodys] = [await mark.get(`/console${path}${part}`), await mark.get(`${missing}${part}`)]
    expect([theirs.status, nobodys.status], part).toEqual([404, 404])
    expect(theirs.text).toBe(nobodys.text)
  }
})
