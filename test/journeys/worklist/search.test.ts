import { expect, test } from 'vitest'
import { openWithFamily } from '#test/support/family.ts'
import { submitAsParent } from '#test/support/intake.ts'
import { soon } from '#test/support/office.ts'

test('by number, name or phone, among what one may open; audited without what was asked', async () => {
  const { world, curator, supervisor, member, path, key } = await openWithFamily()
  const { number: family } = (await key.get(path)).body as { number: number }
  const anna = await world.staff('Анна', ['leninsky'])
  const zoya = await world.staff('Зоя', ['oktyabrsky'])
  await world.staff('Пётр', ['oktyabrsky'], 'supervisor')
  await member('parent', 'Марфа Ёлкина')
  const number = await submitAsParent(world.person())
  await expect.poll(() => anna.allText(), soon).toContain(number)
  const { prisma } = world.database
  const searched = () =>
    prisma.auditEntry.findMany({ where: { action: 'people.searched' }, orderBy: { id: 'asc' } })

  await anna.play([
    ['/find', /Кого найти/],
    [{ words: number }, /Нашлось: 1/],
    [`${number} · ждёт`, 'case'],
  ])
  expect(await searched()).toEqual([])
  for (const words of ['8 (900) 111-22-33', '+79001112233', 'ольга'])
    await anna.play([
      ['/find', /Кого найти/],
      [{ words }, /Нашлось: 1/],
    ])
  expect(await searched()).toHaveLength(3)
  // Who serves another territory finds nothing, as if it did not exist; and that is recorded, too.
  for (const words of ['+79001112233', 'Ольга', 'марфа'])
    await zoya.play([
      ['/find', /Кого найти/],
      [{ words }, /Ничего не нашлось/],
    ])
  expect(await searched()).toHaveLength(6)
  await curator.play([
    ['/find', /Кого найти/],
    [{ words: 'елкина марфа' }, /Нашлось: 1/],
    [`Семья № ${family}`, 'family-case'],
    ['/find', /Кого найти/],
    [{ words: `№ ${family}` }, /Нашлось: 1/],
    ['Искать ещё', /Кого найти/],
    [{ words: 'Марф' }, /Ничего не нашлось/],
  ])
  await supervisor.play([
    ['/find', /Кого найти/],
    [{ words: 'Марфа' }, /Нашлось: 1/],
  ])
  const marks = await prisma.searchMark.findMany()
  expect(JSON.stringify(marks)).not.toMatch(/марфа|ольга|9001112233/i)
  // Members of families have no search.
  const olga = world.person()
  await olga.play([['/find', /Такой команды нет/]])
})

test('what was stored before the search is marked by the job', async () => {
  const { world, curator, member } = await openWithFamily()
  await member('parent', 'Марфа')
  const { prisma } = world.database
  await prisma.searchMark.deleteMany()
  await curator.play([
    ['/find', /Кого найти/],
    [{ words: 'Марфа' }, /Ничего не нашлось/],
  ])
  await prisma.$executeRaw`
    INSERT INTO pgboss.job (name, data, retry_limit, retry_delay, retry_backoff, heartbeat_seconds)
    VALUES ('seal-accounts', '{}', 35, 1, true, 10)`
  await expect.poll(() => prisma.searchMark.count(), soon).toBeGreaterThan(0)
  await curator.play([
    ['/find', /Кого найти/],
    [{ words: 'Марфа' }, /Нашлось: 1/],
  ])
})

test('a common name: what others have hides nothing, and more than fits is said', async () => {
  const { world, member } = await openWithFamily()
  const anna = await world.staff('Анна', ['leninsky'])
  await world.staff('Зоя', ['oktyabrsky'])
  await world.staff('Пётр', ['promyshlenny'])
  await member('parent', 'Марфа')
  const number = await submitAsParent(world.person())
  await expect.poll(() => anna.allText(), soon).toContain(number)
  const { prisma } = world.database
  // More newer requests of the same name, elsewhere, than a search looks at.
  await prisma.$executeRaw`
    INSERT INTO requests SELECT (jsonb_populate_record(r, jsonb_build_object(
      'id', gen_random_uuid(), 'number', 'T-' || n, 'draft_id', gen_random_uuid(), 'territory', 'oktyabrsky',
      'status', 'closed', 'assigned_to_id', null, 'submitted_at', r.submitted_at + interval '1 hour'))).*
    FROM requests r, generate_series(1, 205) n WHERE r.number = ${number}`
  await prisma.$executeRaw`
    INSERT INTO search_marks (id, request_id, member_id, mark, key)
    SELECT gen_random_uuid(), copy.id, null, one.mark, one.key
    FROM requests copy, search_marks one JOIN requests r ON r.id = one.request_id
    WHERE copy.number LIKE 'T-%' AND r.number = ${number}`
  await anna.play([
    ['/find', /Кого найти/],
    [{ words: 'Ольга' }, /Нашлось: 1/],
  ])
  expect(anna.text()).not.toMatch(/Есть и другие/)
  await prisma.$executeRaw`UPDATE requests SET territory = 'leninsky' WHERE number LIKE 'T-1_'`
  await anna.play([
    ['/find', /Кого найти/],
    [{ words: 'Ольга' }, /Нашлось: 10[\s\S]*Есть и другие/],
  ])
})
