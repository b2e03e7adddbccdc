import { expect, test } from 'vitest'
import { openWithFamily } from '#test/support/family.ts'
import { submitAsParent } from '#test/support/intake.ts'
import { openOffice, soon } from '#test/support/office.ts'
import { staffIdOf } from '#test/support/submitted.ts'
import { anActivity, aPlan, publish } from '#test/support/plan.ts'
import { planVisit, told } from '#test/support/visits.ts'
import { workPasses } from '#test/support/waiting.ts'

// Staff are told of their own work, whoever gave, moved or took it; what they did themselves is no news.

test('made curator, a visit given, moved, taken and cancelled, a plan, an absence', async () => {
  const family = await openWithFamily()
  const { world, key, curator, path, another, curatorId } = family
  const ella = await world.staff('Элла', ['leninsky'], 'curator')
  const ellaId = await staffIdOf(world, 'Элла')
  await told(curator, /Теперь вы ведёте семью № \d+/)
  const second = await another()
  await key.patch(second, { curatorId: ellaId }, { 'if-match': '*' })
  await told(ella, /Теперь вы ведёте семью № \d+/)
  const visit = await planVisit(family)
  await told(curator, /Вам назначен визит: семья № \d+, в среду, 2 декабря, в 15:00/)
  await key.patch(visit.path, { startsAt: '2026-12-02T13:00:00Z' }, { 'if-match': '*' })
  await told(curator, /Ваш визит изменился: семья № \d+, теперь в среду, 2 декабря, в 16:00/)
  await key.patch(visit.path, { staffId: ellaId }, { 'if-match': '*' })
  await told(ella, /Вам назначен визит: семья № \d+, в среду, 2 декабря, в 16:00/)
  await told(curator, /теперь делает другой сотрудник: Элла/)
  const office = await openOffice(world)
  // Whoever comes is reminded.
  await office.does((tx, { enqueue }) => enqueue(tx, 'visit-reminders', {}))
  await workPasses(world, office, '2026-12-01T13:00:30Z')
  await office.does((tx, { enqueue }) => enqueue(tx, 'visit-reminders', {}))
  await told(ella, /Завтра у вас визит: семья № \d+|Скоро визит/)
  await key.post(`${visit.path}/cancel`, {}, { 'if-match': '*' })
  await told(ella, /Визит отменён: семья № \d+/)
  await publish(key, path, aPlan([anActivity('one')]))
  await told(curator, /У семьи № \d+ опубликован новый план/)
  await key.post(`/staff/${curatorId}/absences`, {
    from: '2026-12-03T06:00:00Z',
    until: '2026-12-07T06:00:00Z',
  })
  await told(curator, /Вас отметили: отсутствие с четверга, 3 декабря до понедельника, 7 декабря, 9:00/)
  // Of whole days the last one is named.
  await key.post(`/staff/${curatorId}/absences`, {
    from: '2026-12-09T21:00:00Z',
    until: '2026-12-11T21:00:00Z',
  })
  await told(curator, /отсутствие с четверга, 10 декабря до пятницы, 11 декабря, включительно/)
})

test('a request that is given to somebody else', async () => {
  const { world, key } = await openWithFamily()
  const anna = await world.staff('Анна', ['leninsky'])
  const number = await submitAsParent(world.person())
  await expect.poll(() => anna.allText(), soon).toContain(number)
  await anna.tap('Взять')
  const vera = await world.staff('Вера', ['leninsky'])
  const { id } = await world.database.prisma.request.findFirstOrThrow()
  const given = await key.post(
    `/requests/${id}/assign`,
    { staffId: await staffIdOf(world, 'Вера') },
    { 'if-match': '*' },
  )
  expect(given.status).toBeLessThan(300)
  await told(anna, new RegExp(`Обращение ${number} передано: Вера`))
  await expect.poll(() => vera.allText(), soon).toContain(number)
})
