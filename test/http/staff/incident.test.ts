import { expect, test } from 'vitest'
import { loadTexts } from '#core/text.ts'
import { seenActions } from '#storage/staff/audit-actions.ts'
import { openWithFamily } from '#test/support/family.ts'
import { operatorOf } from '#test/support/operator.ts'

test('notices of 24 and 72 hours are filled in with whose data somebody opened, and name no family', async () => {
  const family = await openWithFamily()
  const { world, curator, curatorId, another, path } = family
  const operator = await operatorOf(world)
  const mother = await family.member('parent', 'Ольга Меткова')
  await family.member('minor', 'Даша Меткова')
  const [own] = [path.split('/').at(-1) ?? '', await another()]
  const since = world.clock.now().toISOString()
  await curator.byHand(`-.f-names.${own}`)
  await curator.byHand(`-.thread.${mother.memberId}`)
  world.clock.forward(60_000)
  const found = world.clock.now().toISOString()

  const lines = await operator.command({
    name: 'incident-draft',
    actorId: curatorId,
    since,
    found,
    language: 'ru',
  })
  const text = lines.join('\n')
  expect(text).toMatch(
    /Уведомление об инциденте .*24 часа[\s\S]*результатах внутреннего расследования .*72 часа/,
  )
  expect(text).toContain('семей – 1, обращений вне семей – 0; взрослых – 1, детей – 1')
  expect(text).toContain('состав семьи и контакты; переписка')
  expect(text).toMatch(/Оператор: Центр «Рядом», г\. Ставрополь/)
  expect(text).toMatch(
    /\| Семья № \d+ \| Ставрополь, Ленинский район \| никто: назначьте \| взрослых 1, детей 1 \|/,
  )
  expect(text).not.toMatch(/Меткова|Ольга|Даша/)
  const dues = [...text.matchAll(/до: (\d+ \S+), (\d+:\d\d)/g)].map(([, day, time]) => `${day} ${time}`)
  expect(new Set(dues).size).toBe(2)
  const asked = await world.database.prisma.auditEntry.findMany({ where: { action: 'audit.seen' } })
  expect(asked.map(({ subjectId }) => subjectId)).toEqual([curatorId])

  // Four days later both terms have passed, and the draft says so.
  world.clock.forward(4 * 24 * 60 * 60 * 1000)
  const late = await operator.command({
    name: 'incident-draft',
    actorId: curatorId,
    since,
    found,
    language: 'ru',
  })
  expect(late.join('\n').match(/Срок отправки в Роскомнадзор прошёл/g)).toHaveLength(2)
})

test('a lost copy of the database concerns everybody; impossible moments and ids are refused', async () => {
  const { world, another } = await openWithFamily()
  await another()
  const operator = await operatorOf(world)
  const now = world.clock.now().toISOString()
  const draft = { name: 'incident-draft', since: '2026-01-01', found: now, language: 'en' } as const
  expect((await operator.command(draft)).join('\n')).toContain('families – 2, requests outside families – 0')
  await expect(operator.command({ ...draft, found: '2099-01-01T00:00:00Z' })).rejects.toThrow('still to come')
  await expect(operator.command({ ...draft, since: '2099-01-01' })).rejects.toThrow('must not be after')
  const nobody = '018f3a5e-0000-7000-8000-000000000000'
  await expect(operator.command({ ...draft, actorId: nobody })).rejects.toThrow('No staff member or key')
})

test('each kind of access has its words', async () => {
  const texts = await loadTexts('locales')
  for (const language of ['ru', 'en'] as const)
    for (const action of seenActions)
      expect(texts.for(language, 'adult').has(`incident.kinds.${action.replace('.', '-')}`), action).toBe(
        true,
      )
})
