import { expect, test } from 'vitest'
import { atDesk } from '#test/support/console.ts'
import { openWithFamily } from '#test/support/family.ts'
import { anActivity, aPlan, publish } from '#test/support/plan.ts'
import { missing, staffIdOf } from '#test/support/submitted.ts'

const open = async () => {
  const centre = await openWithFamily({ inside: true })
  const { world, key, path, familyId, curatorId } = centre
  const ids = await publish(key, path, aPlan([anActivity('talk')]))
  const desk = await atDesk(world, curatorId)
  const family = `/console/families/${familyId}`
  const propose = async (chat: Awaited<ReturnType<typeof centre.member>>, words: string) => {
    await chat.play([
      ['/plan', 'plan'],
      ['Предложить своё', /предлагае/],
      ['Написать', 'propose'],
      [{ words }, /Передали куратору/],
    ])
    const found = await world.database.prisma.planProposal.findMany({ orderBy: { at: 'desc' } })
    return found[0]?.id ?? ''
  }
  return { ...centre, ids, desk, family, propose }
}

test('what a family proposes stands beside its plan, is accepted into the draft, and reaches whoever proposed it', async () => {
  const { world, desk, family, member, propose } = await open()
  const olga = await member('parent', 'Ольга')
  const id = await propose(olga, 'Нужна <секция> рядом с домом')
  const plan = (await desk.get(`${family}/plan`)).text
  expect(plan).toMatch(/Семья предлагает[\s\S]*Нужна &lt;секция&gt; рядом с домом/)
  const at = `${family}/proposals/${id}`
  expect(plan).toContain(`href="${at}"`)
  const done = await desk.send(at, { kind: 'accepted', text: 'Нашли на Мира, 5', helpKind: 'pedagogical' })
  const to = done.headers.get('location') ?? ''
  expect(to).toBe(`${family}/plan/edit/family-${id.slice(0, 8)}?done=proposalAccepted`)
  const editor = (await desk.get(to)).text
  expect(editor).toContain('Нужна &lt;секция&gt; рядом с домом')
  expect(editor).toMatch(/value="adults" selected/)
  await olga.play([
    ['/plan', 'plan'],
    ['Предложить своё', /Берём в план[\s\S]*Нашли на Мира, 5/],
  ])
  expect((await desk.send(at, { kind: 'noted' })).status).toBe(409)
  // Thrown away by mistake: the draft comes back, and so could the proposal go into it again.
  const gone = await desk.send(`${family}/plan/discard`)
  const led = (await desk.get(gone.headers.get('location') ?? '')).text
  expect(led).toContain(`action="${family}/plan/restore"`)
  expect(led).toContain(`action="${at}/draft"`)
  expect((await desk.send(`${family}/plan/restore`)).status).toBe(303)
  expect((await desk.get(`${family}/plan/edit`)).text).toContain('рядом с домом')
  expect((await desk.send(`${family}/plan/restore`)).status).toBe(404)
  await desk.send(`${family}/plan/discard`)
  expect((await desk.send(`${at}/draft`)).headers.get('location')).toContain('/plan/edit/family-')
  expect(await world.database.prisma.planVersion.count()).toBe(1)
})

test('a refusal says why; a minor’s proposal stays with the minor, and is of nobody else’s family', async () => {
  const { world, desk, family, member, propose, another } = await open()
  await member('parent', 'Ольга')
  const dasha = await member('minor', 'Даша')
  const id = await propose(dasha, 'Хочу жить у тёти')
  const at = `${family}/proposals/${id}`
  expect((await desk.get(`${family}/plan`)).text).toMatch(/Взрослые семьи этого не знают[\s\S]*у тёти/)
  const empty = await desk.send(at, { kind: 'declined', text: ' ' })
  expect([empty.status, empty.text]).toEqual([422, expect.stringContaining('что можно вместо этого')])
  expect(empty.text).toMatch(/value="declined" required checked/)
  const said = await desk.send(at, { kind: 'declined', text: 'Суд решит в мае. Пока можно гостить.' })
  expect(said.headers.get('location')).toContain('done=proposalAnswered')
  expect((await desk.get(`${family}/plan`)).text).toMatch(/Отказ: Суд решит в мае/)
  const other = `/console${await another()}`
  expect((await desk.get(`${other}/proposals/${id}`)).status).toBe(404)
  expect((await desk.get(`${family}/proposals/${missing}`)).status).toBe(404)
  await world.staff('Вера', ['oktyabrsky'], 'supervisor')
  expect((await (await atDesk(world, await staffIdOf(world, 'Вера'))).get(at)).status).toBe(404)
})

test('what came of a help is recorded, corrected, taken back at once, and read by no family', async () => {
  const { world, desk, family, ids, member } = await open()
  const olga = await member('parent', 'Ольга')
  const at = `${family}/activities/${ids.talk}`
  const rows = () => world.database.prisma.helpResult.findMany({ orderBy: { id: 'asc' } })
  expect((await desk.get(at)).text).toContain('Что вышло?')
  const done = await desk.send(`${at}/result`, { result: 'received', on: '2026-11-25' })
  const led = (await desk.get(done.headers.get('location') ?? '')).text
  expect(led).toMatch(/Сейчас записано: помощь получена/)
  expect(led).toContain(`class="undo"><form method="post" action="${at}/result/withdraw"`)
  expect((await desk.get(`${family}/plan`)).text).toContain('помощь получена')
  const again = await desk.send(`${at}/result`, { result: 'no-right', on: '2026-11-25' })
  // What was recorded before would not come back.
  expect((await desk.get(again.headers.get('location') ?? '')).text).not.toContain('class="undo"')
  expect((await desk.send(`${at}/result`, { result: 'received', on: '2026-12-25' })).status).toBe(409)
  expect((await desk.send(`${at}/result/withdraw`)).status).toBe(303)
  expect((await desk.send(`${at}/result/withdraw`)).status).toBe(409)
  expect((await rows()).map(({ result }) => result)).toEqual(['received', 'no-right', null])
  await olga.play([['/plan', 'plan']])
  expect(olga.allText()).not.toMatch(/помощь получена|права на помощь нет/)
})
