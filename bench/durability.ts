import { Client } from 'pg'
import type { Running } from './rounds.ts'

const people = 4
const updatesEach = 40

/**
 * Beside the load: after the 200 of every answer, the draft's revision in PostgreSQL must have grown
 * (or the draft must have appeared). Actions that answer nothing (menus, toggles before «go on») say so
 * in the policy and are not looked at.
 */
export const checkDurability = async ({ crowd, postgres }: Running): Promise<string> => {
  const client = new Client({ connectionString: postgres })
  await client.connect()
  const revision = async (chat: number): Promise<number | undefined> => {
    const { rows } = await client.query<{ revision: number }>(
      'SELECT revision FROM drafts JOIN persons ON persons.id = drafts.person_id WHERE persons.account = $1',
      [`telegram:${chat}`],
    )
    return rows[0]?.revision
  }
  let checked = 0
  let missing = 0
  try {
    for (const person of Array.from({ length: people }, crowd.newPerson)) {
      for (let update = 0; update < updatesEach; update++) {
        const before = await revision(person.chat)
        const { action } = await crowd.act(person)
        if (action.kind === 'done' || !action.answers) continue
        const after = await revision(person.chat)
        checked++
        if (after === undefined || (before !== undefined && after <= before)) missing++
      }
    }
  } finally {
    await client.end()
  }
  return `${checked > 0 && missing === 0 ? '✓' : '✗'} durable before the 200: ${checked - missing} of ${checked} answers`
}
