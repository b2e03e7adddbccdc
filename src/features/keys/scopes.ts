/** What a key may do, per resource and verb; a key has exactly what it was given. */
export const scopes = [
  /** Lists and shows requests: nothing personal. */
  'requests:read',
  /** Opens answers, words and contacts; every sight is audited. */
  'requests:details',
  /** Claims, assigns, passes on, notes, moves and withdraws. */
  'requests:write',
  /** Writes to families. */
  'messages:write',
  'staff:read',
  'staff:write',
  /** Asks who would get a request, and why. */
  'routing:read',
  'webhooks:read',
  'webhooks:write',
  'audit:read',
] as const
export type Scope = (typeof scopes)[number]
