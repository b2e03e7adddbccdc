import { z } from 'zod'
import { HttpProblem } from './problems.ts'

/** The query of every list. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('At most 200'),
  cursor: z.string().max(300).optional().describe('`nextCursor` of the page before'),
}

/** A page of items; `nextCursor` is null on the last one. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() })

/** A place between two rows, as clients carry it: opaque, and checked when it comes back. */
export const cursorFor = <T extends z.ZodType>(place: T) => ({
  write: (value: z.output<T>): string => Buffer.from(JSON.stringify(value)).toString('base64url'),
  /** Throws `invalid-input` for what is not a cursor of this list. */
  read: (cursor: string | undefined): z.output<T> | undefined => {
    if (cursor === undefined) return undefined
    const read = place.safeParse(parsed(cursor))
    if (read.success) return read.data
    throw new HttpProblem('invalid-input', [{ parameter: 'cursor', detail: 'not a cursor of this list' }])
  },
})

const parsed = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}
