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
  /** Lists and shows families, their members' roles and their paths: no name among them. */
  'families:read',
  /** Shows names; every sight is audited. */
  'families:details',
  /** Makes families of what was accepted, names curators and levels, invites and removes members. */
  'families:write',
  /** Opens plans and what families say of them; audited. */
  'plans:read',
  'plans:write',
  /** Visits, and what families answered to them. */
  'visits:read',
  'visits:write',
  /** Opens what families and staff write to each other; audited. */
  'messages:read',
  /** Surveys, and what adults answered to them in sum: no family in it. */
  'surveys:read',
  /** What minors answered too, single answers without a name, and who asked for a word; audited. */
  'surveys:answers',
  /** Adds and ends surveys, invites to them, says what became of the answers. */
  'surveys:write',
  /** Counts of what was done; no family in them. */
  'reports:read',
  'staff:read',
  'staff:write',
  /** Asks who would get a request, and why. */
  'routing:read',
  'webhooks:read',
  'webhooks:write',
  'audit:read',
] as const
export type Scope = (typeof scopes)[number]
