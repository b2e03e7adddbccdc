import { Client } from 'pg'
import { storedAs } from './accounts.ts'
import type { Running } from './rounds.ts'

const people = 4
const updatesEach = 40

type Stored = { revision: number | null; requests: number }

const storedSql = `
  SELECT (SELECT revision FROM drafts WHERE person_id = persons.id) AS revision,
    (SELECT count(*)::int FROM requests WHERE person_id = persons.id) AS requests
  FROM persons WHERE account = $1`

/**
 * Checks durability under load: after the 200 of every answer, the draft's revision in PostgreSQL must have increased
 * (or the draft must exist), and after the last answer the request must exist.
 */
export const checkDurability = async ({ crowd, postgres }: Running): Promise<string> => {
  const client = new Client({ connectionString: postgres })
  await client.connect()
  const stored = async (chat: number): Promise<Stored> => {
    const { rows } = await client.query<Stored>(storedSql, [storedAs(`telegram:${chat}`)])
    return rows[0] ?? { revision: null, requests: 0 }
  }
  const checked = { draft: 0, request: 0 }
  let missing = 0
  try {
    for (const person of Array.from({ length: people }, crowd.newPerson)) {
      for (let update = 0; update < updatesEach; update++) {
        const before = await stored(person.chat)
        const { chat } = person
        const { action } = await crowd.act(person)
        const keeps = action.kind === 'done' || person.chat !== chat ? undefined : action.keeps
        if (!keeps) continue
        const after = await stored(chat)
        checked[keeps]++
        const kept =
          keeps === 'request'
            ? after.requests > before.requests
            : (after.revision ?? -1) > (before.revision ?? -1)
        if (!kept) missing++
      }
    }
  } finally {
    await client.end()
  }
  const { draft, request } = checked
  const held = draft > 0 && request > 0 && missing === 0
  return `${held ? '✓' : '✗'} durable in PostgreSQL before the 200: ${draft} answers and ${request} requests looked up, ${missing} missing`
}
