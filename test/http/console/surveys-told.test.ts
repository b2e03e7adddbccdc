import { expect, test } from 'vitest'
import { atDesk } from '#test/support/console.ts'
import { auditOf, openResults } from '#test/support/results-page.ts'
import { staffIdOf } from '#test/support/submitted.ts'

const told = '/console/surveys/told'
const item = {
  survey: 'after-visit',
  territory: 'leninsky',
  said: '<i>долго</i> ждём',
  done: 'отвечаем в тот же день',
}

test('an item is typed, looked at as families read it, published once, and taken back', async () => {
  const { world, supervisorId } = await openResults({ inside: true })
  const { prisma } = world.database
  const desk = await atDesk(world, supervisorId)
  const sent = await desk.send(told, item)
  expect(sent.headers.get('location')).toBe(`${told}/check`)
  const check = await desk.get(`${told}/check`)
  expect(check.text).toContain('Семьи сказали: &lt;i&gt;долго&lt;/i&gt; ждём')
  expect(await prisma.youSaidWeDid.count()).toBe(0)
  // What was typed is still there, for whoever goes back or comes tomorrow morning.
  expect((await desk.get(told)).text).toContain('отвечаем в тот же день</textarea>')

  const once = crypto.randomUUID()
  for (let taps = 0; taps < 2; taps += 1)
    expect((await desk.send(`${told}/publish`, {}, { once })).headers.get('location')).toBe(
      `${told}?done=told`,
    )
  const [kept, ...more] = await prisma.youSaidWeDid.findMany()
  expect([kept?.said, more]).toEqual(['<i>долго</i> ждём', []])
  const after = await desk.get(`${told}?done=told`)
  expect(after.text).toContain('Семьи уже видят этот пункт')
  expect(after.text).not.toContain('ждём</textarea>')
  expect((await desk.get(`${told}/check`)).status).toBe(404)

  expect((await desk.send(`${told}/${kept?.id}/take-back`)).status).toBe(303)
  expect((await desk.send(`${told}/${kept?.id}/take-back`)).status).toBe(404)
  expect((await desk.get(told)).text).not.toContain('отвечаем')
  expect((await auditOf(world, supervisorId)).filter((one) => one === 'surveys.changed')).toHaveLength(2)
})

test('only supervisors tell families, only those of their territories, and nothing too long', async () => {
  const { world, curatorId, supervisorId } = await openResults({ inside: true })
  const curator = await atDesk(world, curatorId)
  expect((await curator.get(told)).status).toBe(404)
  expect((await curator.send(told, item)).status).toBe(404)
  const desk = await atDesk(world, supervisorId)
  const long = await desk.send(told, { ...item, said: 'ы'.repeat(301) })
  expect(long.status).toBe(422)
  expect(long.text).toContain('ы'.repeat(301))
  for (const territory of ['all', 'shpakovsky', '<b>']) {
    await desk.send(told, { ...item, territory })
    expect((await desk.send(`${told}/publish`)).status).toBe(409)
  }
  await desk.send(told, item)
  await desk.send(`${told}/publish`)
  const [kept] = await world.database.prisma.youSaidWeDid.findMany()
  await world.staff('Марк', ['shpakovsky'], 'supervisor')
  const elsewhere = await atDesk(world, await staffIdOf(world, 'Марк'))
  expect((await elsewhere.get(told)).text).not.toContain('отвечаем')
  expect((await elsewhere.send(`${told}/${kept?.id}/take-back`)).status).toBe(404)
})
