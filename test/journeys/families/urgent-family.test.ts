import { expect, test } from 'vitest'
import { openWithDasha } from '#test/support/accepted-minor.ts'
import { staffIdOf } from '#test/support/submitted.ts'
import { planVisit, told } from '#test/support/visits.ts'

test('accepting makes nobody safe: the family stays urgent for its curator until somebody has been there', async () => {
  const { world, key, path, familyId, curator, curatorId } = await openWithDasha()
  const { prisma } = world.database
  await prisma.request.updateMany({ data: { urgent: true } })
  const maria = await world.staff('Мария', ['leninsky'], 'curator', {
    dutyHours: { sun: ['09:00', '10:00'] },
  })
  await curator.play([
    ['/families', /Обращение было срочным/],
    ['🔴 Семья № 1 · Даша', /Обращение было срочным, и дома ещё никто не был\.\nПочему:/],
  ])
  const looks = { action: 'request.flags', staffId: curatorId }
  expect(await prisma.auditEntry.count({ where: looks })).toBe(1)
  // Whoever gets it next is told at once, whatever their hours.
  await key.patch(path, { curatorId: await staffIdOf(world, 'Мария') }, { 'if-match': '*' })
  await told(maria, /Срочно\. Теперь вы ведёте семью № 1\. Обращение было срочным/)
  await maria.tap('Связаться')
  expect(maria.allText()).toMatch(/С родителями не говорить/)
  const visit = await planVisit({ key, path }, { staffId: curatorId, startsAt: '2026-11-24T10:00:00Z' })
  await prisma.visit.update({ where: { id: visit.id }, data: { status: 'done' } })
  await maria.byHand(`-.f-card.${familyId}`)
  expect(maria.text()).not.toMatch(/было срочным/)
})
