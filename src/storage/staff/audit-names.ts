import { type Reader, readFrom } from '#storage/database.ts'

/** Numbers of requests by id. */
export const requestNumbers = async (
  reader: Reader,
  ids: readonly string[],
): Promise<Map<string, string>> => {
  const rows = await readFrom(reader).request.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, number: true },
  })
  return new Map(rows.map(({ id, number }) => [id, number]))
}

/** Numbers of families by id. */
export const familyNumbers = async (reader: Reader, ids: readonly string[]): Promise<Map<string, number>> => {
  const rows = await readFrom(reader).family.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, number: true },
  })
  return new Map(rows.map(({ id, number }) => [id, number]))
}
