import { expect, test } from 'vitest'
import { useTestDatabase } from '#test/support/world-databases.ts'

const db = useTestDatabase()

test('the audit of one action or one member is read through an index', async () => {
  const { prisma } = db()
  const staff = { name: 'Вера', role: 'intake', territories: ['lenin'] }
  const { id } = await prisma.staffMember.create({ data: staff })
  await prisma.$executeRaw`INSERT INTO audit_entries (at, action, staff_id) VALUES (now(), 'staff.changed', ${id}::uuid)`
  await prisma.$executeRaw`
    INSERT INTO audit_entries (at, action) SELECT now(), 'key.created' FROM generate_series(1, 20000)`
  await prisma.$executeRaw`ANALYZE audit_entries`
  const planOf = async (condition: string) => {
    const rows = await prisma.$queryRawUnsafe<{ 'QUERY PLAN': string }[]>(
      `EXPLAIN SELECT id FROM audit_entries WHERE ${condition} ORDER BY id DESC LIMIT 51`,
    )
    return rows.map((row) => row['QUERY PLAN']).join('\n')
  }
  expect(await planOf(`action = 'staff.changed'`)).toContain('audit_entries_action_id_idx')
  expect(await planOf(`staff_id = '${id}'`)).toContain('audit_entries_staff_id_id_idx')
})
