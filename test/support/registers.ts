import { readSheet } from 'read-excel-file/node'
import { expect } from 'vitest'
import type { ApiClient } from './api.ts'
import type { World } from './world.ts'

export const quarter = 'from=2026-10-01&until=2026-12-31'

type Answered = {
  columns: { code: string }[]
  rows: { code: string; label: string; beside: boolean; cells: Record<string, unknown>; hidden: string[] }[]
}
/** Opens a register. */
export const read = async (key: ApiClient, register: string, query = quarter) => {
  const answer = await key.get(`/registers/${register}?${query}`)
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 200 })
  return answer.body as Answered
}
/** Its cells by the codes of rows and columns. */
export const cellsOf = async (key: ApiClient, register: string, query?: string) =>
  Object.fromEntries((await read(key, register, query)).rows.map(({ code, cells }) => [code, cells]))

/** The cells of a register's workbook. */
export const sheetOf = async (world: World, { token }: ApiClient, register: string, query = quarter) => {
  const url = new URL(`/api/v1/registers/${register}.xlsx?${query}`, world.app().url)
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}`, 'accept-language': 'ru' } })
  expect(answer.status).toBe(200)
  return readSheet(Buffer.from(await answer.arrayBuffer()))
}
