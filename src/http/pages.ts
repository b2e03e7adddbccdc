import { z } from 'zod'
import { instant } from './instant.ts'
import { HttpProblem } from './problems.ts'

/** Query parameters of every list. */
export const pageQuery = {
  limit: z
    .preprocess(
      // Digits only: JavaScript also knows 1e2 and 0x10.
      (given) => (typeof given === 'string' && /^\d{1,9}$/.test(given) ? Number(given) : given),
      z.int().min(1).max(200),
    )
    .default(50)
    .describe('Maximum number of items, up to 200'),
  cursor: z.string().max(300).optional().describe('`nextCursor` of the previous page'),
}

/** Query parameter of lists whose items change. */
export const updatedSinceQuery = {
  updatedSince: instant
    .optional()
    .describe(
      'Items that were changed at or after this time, with what is shown with them. Take the time before the previous call, less a minute: a change shows once its transaction has ended',
    ),
}

/** A page of items; `nextCursor` is null on the last page. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() })

/**
 * Encodes a position in a list as an opaque cursor and validates it on return. `of` binds a cursor to one variant of
 * the list, such as its order: in another variant it would skip rows.
 */
export const cursorFor = <T extends z.ZodType>(list: string, place: T) => ({
  write: (value: z.output<T>, of = ''): string =>
    Buffer.from(JSON.stringify([list, of, value])).toString('base64url'),
  /** Throws `invalid-input` for anything but a cursor of this list. */
  read: (cursor: string | undefined, of = '', parameter = 'cursor'): z.output<T> | undefined => {
    if (cursor === undefined) return undefined
    const [ofList, ofKind, given] = z.array(z.unknown()).catch([]).parse(parsed(cursor))
    const read = place.safeParse(given)
    if (ofList === list && ofKind === of && read.success) return read.data
    throw new HttpProblem('invalid-input', [{ parameter, detail: 'is not a cursor of this list' }])
  },
})

const parsed = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}
