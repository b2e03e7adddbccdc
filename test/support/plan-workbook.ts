import writeWorkbook, { type Row } from 'write-excel-file/node'
import type { Chat } from './chat.ts'

/** A plan of a family, by its number, with activities of these names. */
export const planWorkbook = async (
  number: number,
  names: readonly string[],
  repeat = 'один раз',
): Promise<Buffer> => {
  const rows = (lines: (string | number)[][]): Row[] => lines.map((line) => line.map((value) => ({ value })))
  const plan = rows([
    ['Семья №', number],
    ['Уровень', 'Кризисный'],
    ['С', '25.11.2026'],
    ['По', '25.02.2027'],
    ['Цель', 'Дома спокойно'],
    ['Задачи', 'Разговаривать'],
    ['Ожидаемые результаты', 'Меньше ссор'],
  ])
  const titles = ['Код', 'Мероприятие', 'Простыми словами', 'Вид помощи', 'Кто проводит', 'Как часто', 'С']
  const activities = rows([
    [...titles, 'Для кого'],
    ...names.map((name, index) => [
      ...[index + 1, 'Консультация', name, 'Психологическая', 'Марина', repeat, '02.12.2026', 'Вся семья'],
    ]),
  ])
  return writeWorkbook([
    { sheet: 'План', data: plan },
    { sheet: 'Мероприятия', data: activities },
  ]).toBuffer()
}

/** Sends it as a file. */
export const sendsFile =
  (bytes: Uint8Array, name = 'план.xlsx') =>
  (chat: Chat) =>
    chat.telegram.sendDocument(chat.id, { name, bytes: Buffer.from(bytes) })
