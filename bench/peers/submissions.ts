import type { Pool } from 'pg'

/** The storage of (b) and (c) for finished questionnaires: one row each, exactly once. */
export const createSubmissions = async (pool: Pool) => {
  await pool.query(
    'CREATE TABLE IF NOT EXISTS submissions (id bigserial PRIMARY KEY, chat bigint NOT NULL, answers jsonb NOT NULL)',
  )
  return {
    /** @returns the number shown to the person. */
    add: async (chat: number, answers: object): Promise<string> => {
      const { rows } = await pool.query<{ id: string }>({
        name: 'submit',
        text: 'INSERT INTO submissions (chat, answers) VALUES ($1, $2) RETURNING id',
        values: [chat, JSON.stringify(answers)],
      })
      return `2026-${(rows[0]?.id ?? '').padStart(6, '0')}`
    },
  }
}
