import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import writeWorkbook, { type Row } from 'write-excel-file/node'
import { createLog } from '#core/log.ts'
import { openDatabase } from '#storage/open.ts'
import { insertFamily } from '#storage/families/families.ts'
import { migrate } from '#storage/migrate.ts'
import { readConfig } from '#src/config.ts'
import { openInstallation } from '#test/support/cli.ts'

/** Nobody else has the database open meanwhile: the embedded one would not allow it. */
const withDatabase = async <T>(
  env: Record<string, string>,
  work: (db: Awaited<ReturnType<typeof openDatabase>>) => Promise<T>,
) => {
  const log = createLog('warn')
  const db = await openDatabase(readConfig(env).database, log)
  try {
    await migrate(db, log)
    return await work(db)
  } finally {
    await db.close()
  }
}

/** The date in `days` from today, in the format of the workbook. */
const day = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10).split('-').reverse().join('.')

const fileOf = async (dir: string, name: string, number: number, repeat: string): Promise<string> => {
  const rows = (lines: (string | number)[][]): Row[] => lines.map((line) => line.map((value) => ({ value })))
  const titles = ['Код', 'Мероприятие', 'Простыми словами', 'Вид помощи', 'Кто проводит', 'Как часто', 'С']
  const plan = rows([
    ['Семья №', number],
    ['Уровень', 'Кризисный'],
    ['С', day(0)],
    ['По', day(90)],
    ['Цель', 'Дома спокойно'],
    ['Задачи', 'Разговаривать'],
    ['Ожидаемые результаты', 'Меньше ссор'],
  ])
  const activities = rows([
    [...titles, 'Для кого'],
    [1, 'Консультация', 'Встреча с психологом', 'Психологическая', 'Марина', repeat, day(7), 'Вся семья'],
  ])
  const sheets = [
    { sheet: 'План', data: plan },
    { sheet: 'Мероприятия', data: activities },
  ]
  const file = join(dir, name)
  await writeFile(file, await writeWorkbook(sheets).toBuffer())
  return file
}

test('an operator validates a workbook, corrects its cells and publishes it as a plan, once', async () => {
  const { dir, env, ryadom } = await openInstallation()
  const at = new Date()
  const family = await withDatabase(env, (db) =>
    db.transaction((tx) =>
      insertFamily(tx, {
        ...{ region: 'stavropol', territory: 'leninsky', requestId: null, curatorId: null },
        ...{ level: null, stage: 'activities', appliedAt: at, createdAt: at },
      }),
    ),
  )
  const bad = await ryadom('plan', 'import', await fileOf(dir, 'bad.xlsx', family.number, 'иногда'))
  expect(bad).toMatchObject({ code: 1, out: '' })
  expect(bad.err).toMatch(/Мероприятия[^\n]*F2/)

  const file = await fileOf(dir, 'plan.xlsx', family.number, 'один раз')
  const checked = await ryadom('plan', 'import', file, '--dry-run')
  expect(checked).toMatchObject({ code: 0, err: '' })
  const imported = await ryadom('plan', 'import', file)
  expect(imported).toMatchObject({ code: 0, err: '' })
  expect(imported.out).not.toBe(checked.out)
  expect(await ryadom('plan', 'import', file)).toMatchObject({ code: 0 })

  const kept = await withDatabase(env, async ({ prisma }) => ({
    versions: await prisma.planVersion.count(),
    activities: await prisma.activity.count({ where: { familyId: family.id } }),
    audit: await prisma.auditEntry.findMany({ select: { action: true, familyId: true, apiKeyId: true } }),
  }))
  // The dry run and the repeated import stored nothing.
  expect(kept).toEqual({
    versions: 1,
    activities: 1,
    audit: [{ action: 'family.changed', familyId: family.id, apiKeyId: null }],
  })
}, 120_000)
