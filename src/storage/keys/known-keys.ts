// What this process has read of the keys of subjects, still wrapped: a sealer with DATA_KEYS unwraps them. They are read with
// the rows whose values they open (with-keys.ts), so that opening stays an ordinary function (ADR 109).

/** Whose something is: an account, a member of a family, a family's case, what somebody else told of a family; or an errand. */
export const subjectKinds = ['person', 'member', 'family', 'appeal', 'errand'] as const
export type SubjectKind = (typeof subjectKinds)[number]

export type SubjectKey = {
  /** 22 characters of `A-Za-z0-9_-`. */
  id: string
  kind: SubjectKind
  subjectId: string
  /** Sealed with a key of DATA_KEYS at `wrapPlace`: 32 bytes in base64url. Null: it was destroyed. */
  wrapped: string | null
}

/** Binds a wrapped key to its id and subject: it cannot be given to another one. */
export const wrapPlace = ({ id, kind, subjectId }: Omit<SubjectKey, 'wrapped'>): string =>
  `subject_keys.wrapped.${id}.${kind}.${subjectId}`

/**
 * After this time (ms) a key is read again with the next row that needs it: another process may have destroyed it, and its notice may
 * be lost (storage/news.ts).
 */
const freshMs = 10_000
/** What was not read for longest is forgotten first. */
const most = 100_000

const known = new Map<string, { key: SubjectKey; readAt: number }>()

export const knownKey = (id: string): SubjectKey | undefined => known.get(id)?.key

/** Notes what was read or made. What has not changed keeps its identity, and with it what was unwrapped. */
export const noteKeys = (keys: readonly SubjectKey[]): void => {
  const readAt = performance.now()
  for (const key of keys) {
    const before = known.get(key.id)?.key
    known.delete(key.id)
    known.set(key.id, { key: before?.wrapped === key.wrapped ? before : key, readAt })
  }
  for (const id of known.keys()) {
    if (known.size <= most) break
    known.delete(id)
  }
}

/** Marks keys as destroyed, for whatever this process still opens. */
export const noteDestroyed = (ids: readonly string[]): void =>
  noteKeys(
    ids.flatMap((id) => {
      const key = knownKey(id)
      return key ? [{ ...key, wrapped: null }] : []
    }),
  )

/** Notices may have been missed: every key is read again with the next row that needs it. */
export const forgetReadings = (): void => {
  for (const entry of known.values()) entry.readAt = Number.NEGATIVE_INFINITY
}

/** Ids of keys that values of these rows need, and that are not known or were read too long ago. */
export const keysWanted = (rows: unknown): string[] => {
  const found = new Set<string>()
  collect(rows, found)
  const oldest = performance.now() - freshMs
  return [...found].filter((id) => (known.get(id)?.readAt ?? Number.NEGATIVE_INFINITY) < oldest)
}

const start = 'v2.'
const inJson = /"v2\.([\w-]{22})\./g

const collect = (value: unknown, found: Set<string>): void => {
  if (typeof value === 'string') {
    if (value.startsWith(start)) found.add(value.slice(start.length, value.indexOf('.', start.length)))
    else if ((value.startsWith('{') || value.startsWith('[')) && value.includes(`"${start}`))
      for (const [, id] of value.matchAll(inJson)) if (id) found.add(id)
  } else if (Array.isArray(value)) {
    for (const one of value) collect(one, found)
  } else if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) {
    for (const one of Object.values(value)) collect(one, found)
  }
}
