import { expect, test } from 'vitest'
import { openWithDasha } from '#test/support/accepted-minor.ts'
import { staffIdOf } from '#test/support/submitted.ts'
import { planVisit } from '#test/support/visits.ts'

/** Every way in which staff read of a family what it is reached by, or what it told at first. */
const ways = ['f-intake', 'f-story', 'f-reach', 'f-visits', 'f-visit-new', 'f-marks', 'f-give'] as const
const ofVisit = ['f-visit', 'v-reach', 'v-give', 'f-visit-again'] as const

test('after the end of support the curator reads no phone, address, visit or answer; what the family writes goes on', async () => {
  const family = await openWithDasha()
  const { world, key, path, familyId, curator, curatorId, dasha } = family
  const elena = await world.staff('Елена', ['leninsky'], 'supervisor')
  await world.staff('Мария', ['leninsky'], 'curator')
  const maria = await staffIdOf(world, 'Мария')
  const visit = await planVisit(
    { key, path },
    { staffId: maria, startsAt: '2026-11-26T10:00:00Z', place: 'Меткаместо' },
  )
  const { prisma } = world.database
  // Until then all of it opens: these buttons are the right ones.
  const opened = async () => {
    const seen: string[] = []
    for (const [action, id] of [
      ...ways.map((one) => [one, familyId] as const),
      ...ofVisit.map((one) => [one, visit.id] as const),
    ]) {
      await curator.say('/menu')
      const [before, cards] = [curator.text(), curator.messages().length]
      await curator.byHand(`-.${action}.${id}`)
      if (curator.text() !== before || curator.messages().length > cards) seen.push(action)
    }
    return seen
  }
  expect(await opened()).toEqual(
    expect.arrayContaining(['f-intake', 'f-story', 'f-reach', 'f-visits', 'f-visit']),
  )

  expect((await key.post(`${path}/transition`, { to: 'closed' })).status).toBe(200)
  const reads = {
    staffId: curatorId,
    action: { in: ['request.contact', 'request.details', 'family.visits'] },
  }
  const before = await prisma.auditEntry.count({ where: reads })
  expect(await opened()).toEqual([])
  expect(await prisma.auditEntry.count({ where: reads })).toBe(before)
  await curator.byHand(`-.f-card.${familyId}`)
  const labels = () => curator.buttons(curator.card()).map(({ text }) => text)
  const card = labels()
  await curator.tap('Дело')
  const file = labels()
  await curator.byHand(`-.f-people.${familyId}`)
  expect(labels()).toEqual(expect.arrayContaining(['Переписка', 'Имена']))
  for (const gone of ['Связаться', 'Обращение', 'Визиты', 'Пригласить'])
    expect([...card, ...file, ...labels()]).not.toContain(gone)

  // They may still write, and somebody answers them; the supervisor answers for what was done.
  await dasha.play([
    ['/messages', 'messages'],
    [{ words: 'Спасибо, всё хорошо' }, /./],
  ])
  await curator.byHand(`-.f-thread.${familyId}`)
  expect(curator.text()).toMatch(/Даша|подросток/)
  await elena.byHand(`-.f-intake.${familyId}`)
  expect(elena.text()).toMatch(/ответы/)
})
