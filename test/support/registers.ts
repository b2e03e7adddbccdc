import { readSheet } from 'read-excel-file/node'
import { extractText, getDocumentProxy } from 'unpdf'
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

const fileOf = async (world: World, { token }: ApiClient, file: string, query: string) => {
  const url = new URL(`/api/v1/registers/${file}?${query}`, world.app().url)
  const answer = await fetch(url, { headers: { authorization: `Bearer ${token}`, 'accept-language': 'ru' } })
  expect(answer.status).toBe(200)
  return Buffer.from(await answer.arrayBuffer())
}

/** The cells of a register's workbook. */
export const sheetOf = async (world: World, key: ApiClient, register: string, query = quarter) =>
  readSheet(await fileOf(world, key, `${register}.xlsx`, query))

/** The texts of a register's PDF, in their order. */
export const paperOf = async (world: World, key: ApiClient, register: string, query = quarter) => {
  const bytes = new Uint8Array(await fileOf(world, key, `${register}.pdf`, query))
  const { text } = await extractText(await getDocumentProxy(bytes))
  return text.join(' ').replace(/\s+/g, ' ')
}
