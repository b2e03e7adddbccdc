import { expect, test } from 'vitest'
import { atDesk } from '#test/support/console.ts'
import { openWithFamily } from '#test/support/family.ts'
import { fieldsIn } from '#test/support/form-fields.ts'
import { staffIdOf } from '#test/support/submitted.ts'
import { openWorld } from '#test/support/world.ts'

// A ready answer about a call is not offered to whoever said that calls are not safe, by whichever door.

const call = 'Можно позвонить?'

test('a member for whom no call is safe; others of the family are asked as before', async () => {
  const centre = await openWithFamily({ inside: true })
  const { world, path, curatorId, member } = centre
  const [olga, dasha] = [await member('parent', 'Ольга'), await member('minor', 'Даша')]
  const irina = await atDesk(world, curatorId)
  const repliesTo = async (memberId: string) =>
    (await irina.get(`/console${path}/members/${memberId}/replies`)).text
  const before = await repliesTo(dasha.memberId)
  expect(before).toContain(call)
  const [, chosen = ''] = /<h2>Можно позвонить[\s\S]*?href="([^"]+)"/.exec(before) ?? []
  const given = { member: dasha.memberId, kind: 'no-calls', until: '' }
  expect((await irina.send(`/console${path}/safety`, given)).status).toBe(303)
  expect(await repliesTo(dasha.memberId)).not.toContain(call)
  expect(await repliesTo(olga.memberId)).toContain(call)
  // A link that was open before takes nothing into the form either.
  const form = (await irina.get(chosen.replaceAll('&amp;', '&').replace(/#.*/, ''))).text
  expect(form).toContain('id="answer"')
  expect(form).not.toContain('позвонить?</textarea>')
})

test('whoever made a request, in the console; a supervisor says of which answers it holds', async () => {
  const world = await openWorld({ inside: true, at: '2026-11-24T07:00:00Z' })
  await world.staff('Анна', ['leninsky'])
  await world.staff('Елена', ['leninsky'], 'supervisor')
  const desk = await atDesk(world, await staffIdOf(world, 'Анна'))
  const lead = await atDesk(world, await staffIdOf(world, 'Елена'))
  const letter = async (safeToCall: string) => {
    const { headers } = await desk.send('/console/requests/new/appeal', {
      ...{ source: 'letter', receivedOn: '2026-11-20', applicant: 'parent', territory: 'leninsky' },
      ...{ words: 'Просит помощи', name: 'Пётр', phone: '+79123456789', safeToCall, ground: 'consent' },
    })
    const card = headers.get('location')?.split('?')[0] ?? ''
    await desk.send(`${card}/claim`)
    return card
  }
  const [yes, no] = [await letter('yes'), await letter('no')]
  const repliesTo = async (card: string) => (await desk.get(`${card}/replies`)).text
  expect(await repliesTo(yes)).toContain(call)
  const kept = await repliesTo(no)
  expect(kept).toContain('Прочитали')
  expect(kept).not.toContain(call)

  const settings = '/console/settings/replies'
  const list = (await lead.get(settings)).text
  expect(list).toContain('{имя}, можно вам позвонить?')
  expect(list).not.toContain('{name}')
  const [, own = ''] = /href="([^"]+)">Изменить<span class="hidden">: Прочитали</.exec(list) ?? []
  const fields = fieldsIn((await lead.get(own)).text)
  expect((await lead.send(own, { ...fields, aboutCalls: 'yes' })).status).toBe(303)
  expect((await lead.get(own)).text).toMatch(/name="aboutCalls" value="yes" checked/)
  expect(await repliesTo(yes)).toContain('<h2>Прочитали</h2>')
  expect(await repliesTo(no)).not.toContain('<h2>Прочитали</h2>')
})
