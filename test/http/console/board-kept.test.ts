import { expect, test } from 'vitest'
import { atDesk } from '#test/support/console.ts'
import { openWithFamily } from '#test/support/family.ts'
import { submitAsParent } from '#test/support/intake.ts'
import { staffIdOf } from '#test/support/submitted.ts'

test('a request in which words about a supervisor are kept stands in no list of theirs, open or closed', async () => {
  const { world, key } = await openWithFamily({ inside: true })
  await world.staff('Нина', ['leninsky'], 'supervisor')
  await world.staff('Вера', ['leninsky'], 'intake')
  const [elenaId, veraId] = [await staffIdOf(world, 'Елена'), await staffIdOf(world, 'Вера')]
  const desk = await atDesk(world, elenaId)
  const nina = await atDesk(world, await staffIdOf(world, 'Нина'))
  const olga = world.person()
  const number = await submitAsParent(olga)
  const { id } = await world.database.prisma.request.findFirstOrThrow()
  await key.post(`/requests/${id}/assign`, { staffId: elenaId })
  await key.post(`/requests/${id}/claim`, { staffId: elenaId })
  await olga.play([
    ['/status', 'status'],
    [{ words: 'боюсь Елену, она рассказала мужу' }, /Елена этого не видит/],
  ])
  // Whoever has it finds it, and nobody learns from its absence that something is kept.
  const answers = '/console/board/answers?month=2026-11-01'
  expect((await desk.get(answers)).text).toContain(number)
  await key.post(`/requests/${id}/assign`, { staffId: veraId })
  await key.post(`/requests/${id}/claim`, { staffId: veraId })
  const decision = { reason: 'Работа уже есть в другом центре.', instead: 'Психолог по средам.' }
  const closing = { to: 'closed', outcome: 'refused', decision }
  for (const step of ['open', 'closed']) {
    if (step === 'closed')
      expect(await key.post(`/requests/${id}/transition`, closing)).toMatchObject({ status: 200 })
    expect((await nina.get(answers)).text, step).toContain(number)
    expect((await desk.get(answers)).text, step).not.toContain(number)
  }
})
