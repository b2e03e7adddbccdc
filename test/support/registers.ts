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

type Language = 'ru' | 'en'

/** Points from the bottom of a page. */
const footer = 45

const fileOf = async (
  world: World,
  { token }: ApiClient,
  file: string,
  query: string,
  language: Language = 'ru',
) => {
  const url = new URL(`/api/v1/registers/${file}?${query}`, world.app().url)
  const headers = { authorization: `Bearer ${token}`, 'accept-language': language }
  const answer = await fetch(url, { headers })
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

/**
 * The cells of the table of a register's PDF, row by row, as lists of lines; first those of its head. A column begins where its head does,
 * a row where its number stands; the heads that the next pages repeat are left out.
 */
export const paperCellsOf = async (
  world: World,
  key: ApiClient,
  { register, query = quarter, language }: { register: string; query?: string; language?: Language },
): Promise<string[][][]> => {
  const bytes = new Uint8Array(await fileOf(world, key, `${register}.pdf`, query, language))
  const pdf = await getDocumentProxy(bytes)
  const found: string[][][] = []
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const { items } = await (await pdf.getPage(number)).getTextContent()
    const words = items.flatMap((item) =>
      'str' in item && item.str.trim() !== '' && item.transform[5] > footer
        ? [{ text: item.str, x: item.transform[4], y: item.transform[5] }]
        : [],
    )
    const head = words.find(({ text }) => text === '№ п/п' || text === 'No.')
    if (!head) continue
    const heads = words.filter(({ y }) => Math.abs(y - head.y) < 1)
    const lefts = heads.map(({ x }) => x)
    const columnOf = (x: number) => lefts.findLastIndex((left) => x >= left - 1)
    if (found.length === 0) found.push(heads.map(({ text }) => [text]))
    for (const { text, x, y } of words) {
      if (y > head.y - 1) continue
      if (columnOf(x) === 0 && /^\d+$/.test(text)) found.push(lefts.map(() => []))
      const lines = found.at(-1)?.[columnOf(x)]
      if (found.length > 1) lines?.push(text)
    }
  }
  return found
}
