import { expect } from 'vitest'
import { Prisma } from '#generated/client.ts'
import { erasedText } from '#core/withheld.ts'
import { centreData } from '#storage/keys/personal-data.ts'
import { expectInvariants, expectJobsDone } from '#test/support/invariants.ts'
import { filesWith } from '#test/support/made-files.ts'
import { openedIn } from '#test/support/opened.ts'
import { everythingIn } from '#test/support/redis.ts'
import { type Life, standOf } from './life.ts'
import { type Lives, noise } from './open-lives.ts'

/** Telegram’s 48 hours, less what the clocks of its messages are ahead. */
const deletableMs = 47 * 60 * 60_000

/** Everything that whoever has all keys can read. */
const readable = async ({ world: { database }, sealer }: Lives): Promise<{ at: string; text: string }[]> => {
  const { texts } = await openedIn(database, sealer())
  for (const { table, columns, only = 'true' } of centreData)
    for (const [column, place] of Object.entries(columns)) {
      const name = Prisma.raw(`t."${column}"`)
      const rows = await database.prisma.$queryRaw<{ value: string; place: string }[]>`
        SELECT ${name} AS value, (${Prisma.raw(place)})::text AS place FROM ${Prisma.raw(`"${table}"`)} t
        WHERE ${name} LIKE 'v_.%' AND ${name} <> 'v1.none.' AND (${Prisma.raw(only)})`
      for (const row of rows) {
        const at = `${table}.${column}`
        texts.push({ at, text: sealer().open(row.value, `${at}.${row.place}`) })
      }
    }
  return texts
}

/** Every row of every table as it is stored, queues included. */
const stored = async ({ world: { database } }: Lives): Promise<string[]> => {
  const tables = await database.prisma.$queryRaw<{ name: string }[]>`
    SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'pgboss')`
  const rows = await database.prisma.$queryRawUnsafe<{ text: string }[]>(
    tables.map(({ name }) => `SELECT to_jsonb(t)::text AS text FROM ${name} t`).join(' UNION ALL '),
  )
  return rows.map(({ text }) => text)
}

const has = (texts: readonly string[], word: string): boolean =>
  texts.some((text) => text.toLowerCase().includes(word.toLowerCase()))

const placesOf = (texts: readonly { at: string; text: string }[], word: string): string[] =>
  texts.flatMap(({ at, text }) => (has([text], word) ? [at] : []))

/** Somebody who was erased by whatever happened: from now on nothing of before may be found. */
const noteErased = async (lives: Lives, life: Life): Promise<void> => {
  const { world, words } = lives
  const before = life.personId
  const { personId } = await standOf(lives, life)
  life.personId = personId
  if (before === null || before === personId) return
  const since = (world.clock.now().getTime() - deletableMs) / 1000
  const left = life.chat.messages().filter(({ date }) => date >= since)
  const telling = left.filter(({ text, caption }) => has([text ?? caption ?? ''], life.canary))
  expect(
    telling.map(({ by, date, text, caption }) => [by, date, text ?? caption]),
    `${life.called}: chat`,
  ).toEqual([])
  life.gone.push(life.canary, life.name)
  Object.assign(life, { canary: words.canary(), name: words.name(), said: [] })
}

/** What must hold after whatever was done. */
export const expectHolds = async (lives: Lives): Promise<void> => {
  const { world, people, ofFamily, redis } = lives
  await people[0]?.chat.settle()
  for (const life of people) await noteErased(lives, life)
  await expectInvariants(world.database, world.config.keys ?? [])

  const [open, raw] = [await readable(lives), await stored(lives)]
  const kept = redis ? await everythingIn(redis.redis) : []
  const everywhere = [...raw, ...kept, ...world.lines]
  for (const { called, canary, said, gone } of people) {
    for (const word of said) expect(placesOf(open, word), `${called} said ${word}`).not.toEqual([])
    for (const word of gone) expect(placesOf(open, word), `${called} was erased`).toEqual([])
    for (const word of [canary, ...gone]) expect(has(everywhere, word), `${called} in the clear`).toBe(false)
  }
  const family = await world.database.prisma.family.findUniqueOrThrow({ where: { id: lives.familyId } })
  for (const word of ofFamily)
    expect(placesOf(open, word).length > 0, 'the family’s').toBe(family.erasedAt === null)

  const minor = people.filter(({ role }) => role === 'minor')
  for (const { chat } of people.filter(({ role }) => role === 'parent'))
    for (const { canary, gone } of minor)
      for (const word of [canary, ...gone.filter((one) => one.startsWith('щ'))])
        expect(chat.allText().includes(word), 'a parent reads the teenager').toBe(false)
  for (const { chat } of people) expect(chat.allText()).not.toContain(erasedText)

  const loud = world.lines.filter((line) => {
    const { level, msg } = JSON.parse(line) as { level: number; msg: string }
    return level >= 40 && !noise.includes(msg)
  })
  expect(loud).toEqual([])
  expect(world.telegram.refused).toEqual([])
}

/** What takes longer, once in the end. */
export const expectNothingLeft = async (lives: Lives): Promise<void> => {
  await expectJobsDone(lives.world.database)
  const words = lives.people.flatMap(({ gone }) => gone)
  expect(await filesWith(lives.world.config.dataDir, words)).toEqual([])
}
