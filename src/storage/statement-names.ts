import { createHash } from 'node:crypto'

type Statement = { sql: string; args: readonly unknown[] }

/** Each prepared statement takes some 30 KB of each of the server's sessions; a product in use has about a hundred. */
const mostNamed = 200
/** Texts that were seen too seldom to be prepared. */
const mostSeen = 1_000
/** A list of values, or of rows, makes another text for each length. */
const hasList = /\bIN \(\$\d+,|\) ?, ?\(\$\d/
const worthPreparing = 3

/**
 * Names for the statements that Prisma and pg-boss write again and again: a session parses a named one once, and after five
 * times mostly need not plan it any more, while an unnamed one takes longer to parse and plan than to carry out. Empty for what
 * is not prepared: what has come seldom, what has a list, and what has no parameters, which may be several statements.
 */
export const createStatementNames = (): ((statement: Statement) => string) => {
  const seen = new Map<string, number>()
  const names = new Map<string, string>()
  return ({ sql, args }) => {
    const known = names.get(sql)
    if (known !== undefined || args.length === 0 || names.size >= mostNamed) return known ?? ''
    if (hasList.test(sql)) return ''
    const times = (seen.get(sql) ?? 0) + 1
    if (times < worthPreparing) {
      if (seen.size >= mostSeen) seen.clear()
      seen.set(sql, times)
      return ''
    }
    seen.delete(sql)
    const name = `often-${createHash('sha256').update(sql).digest('base64url').slice(0, 32)}`
    names.set(sql, name)
    return name
  }
}
