import type { Sealer } from '#storage/seal.ts'

/** For how long a form offers to take back what has not left yet (ms). */
export const undoMs = 10_000

const purpose = 'console-undo'

/** The parameter that offers a form's undoing on the page it leads to; signed, so that no link can offer another form. */
export const undoOf = (
  sealer: Sealer,
  { sessionId, path, now }: { sessionId: string; path: string; now: Date },
): string => {
  const until = now.getTime() + undoMs
  return `${until}.${sealer.sign(`${sessionId}.${until}.${path}`, purpose)}.${path}`
}

/** The form that undoes; null if the time is over, or the parameter is not of this session. */
export const undoIn = (
  sealer: Sealer,
  given: string,
  { sessionId, now }: { sessionId: string; now: Date },
): string | null => {
  const [, until = '', signature = '', path = ''] =
    /^(\d{13,15})\.([\w-]{43})\.(\/console\/.+)$/.exec(given) ?? []
  if (path === '' || Number(until) <= now.getTime()) return null
  return sealer.isSigned(`${sessionId}.${until}.${path}`, signature, purpose) ? path : null
}
