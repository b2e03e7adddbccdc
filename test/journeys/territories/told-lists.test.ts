import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { createLog } from '#core/log.ts'
import { openCentreBooks } from '#features/territories/centre-books.ts'
import { region as regionOf } from '#regions/index.ts'
import { hearNews } from '#storage/news.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'

const db = useTestDatabase()
const log = createLog('silent')
const now = new Date('2026-11-30T09:00:00Z')

/** An instance that looks by itself once a minute only. */
const openInstance = async () => {
  const books = openCentreBooks({ database: db, log }, regionOf('stavropol'))
  // The first instance writes the region's, of which it would be told as well.
  onTestFinished(await books.start(now))
  let told = 0
  const news = hearNews(db(), log, () => {
    told += 1
    void books.look()
  })
  onTestFinished(news.stop)
  await expect.poll(() => told, { timeout: 20_000 }).toBe(1)
  return { books, told: () => told }
}

const soon = { timeout: 20_000 }

describe.runIf(inject('database') === 'postgres')('lists that an instance has in memory', () => {
  test('are read again when another one has changed them, with the commit, and after a lost connection', async () => {
    const { books } = await openInstance()
    const [first] = books.territories.all()
    const name = () => books.territories.all().find(({ code }) => code === first?.code)?.name.ru
    const rename = (to: string) =>
      db().prisma.$executeRaw`UPDATE territories SET name_ru = ${to} WHERE code = ${first?.code}`
    await rename('Заречье')
    await expect.poll(name, soon).toBe('Заречье')

    await db().transaction(async (tx) => {
      await tx.$executeRaw`
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE application_name = 'ryadom-keys' AND datname = current_database()`
      await tx.$executeRaw`UPDATE territories SET name_ru = 'Загорье' WHERE code = ${first?.code}`
    })
    await expect.poll(name, soon).toBe('Загорье')
  })

  test.each([
    ['territories', `UPDATE territories SET position = position`],
    ['centre_days', `DELETE FROM centre_days`],
    ['places', `DELETE FROM places`],
  ])('a change to %s is told', async (_, change) => {
    const { told } = await openInstance()
    await db().prisma.$executeRawUnsafe(change)
    await expect.poll(told, soon).toBe(2)
  })
})
