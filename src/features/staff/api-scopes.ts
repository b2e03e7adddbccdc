/** Permissions of a key, per resource and verb; none implies another. */
export const scopes = [
  /** Lists and shows requests, without personal data. */
  'requests:read',
  /** Opens answers, messages and contacts; every access is audited. */
  'requests:details',
  /** Claims, assigns, passes on, notes, moves and withdraws. */
  'requests:write',
  /** Writes to families. */
  'messages:write',
  /** Lists and shows families, their members' roles and their paths, without names. */
  'families:read',
  /** Shows names; every access is audited. */
  'families:details',
  /** Creates families from accepted requests, sets curators and levels, invites and removes members. */
  'families:write',
  /** Opens plans and the families' opinions on them; audited. */
  'plans:read',
  'plans:write',
  /** Visits, and the families' answers to them. */
  'visits:read',
  'visits:write',
  /** Opens the conversations of families and staff; audited. */
  'messages:read',
  /** Surveys, and the aggregated results of adults. */
  'surveys:read',
  /** Results of minors as well, single answers without names, and follow-up requests; audited. */
  'surveys:answers',
  /** Adds and ends surveys, invites to them, records what was done about the answers. */
  'surveys:write',
  /** Aggregated counts of services provided, and the quarterly report; small groups are hidden without `families:details`. */
  'reports:read',
  /** Hands in the quarterly report, and corrects it. */
  'reports:write',
  /** The register of what people ask about their own data; their words are audited. */
  'data:read',
  /** Takes data requests in, blocks, withdraws, answers. */
  'data:write',
  /** Makes copies of somebody's data for a request; audited. */
  'data:copy',
  'staff:read',
  'staff:write',
  /** Simulates routing: who would get a request, and why. */
  'routing:read',
  'webhooks:read',
  'webhooks:write',
  /** Reads the events that the other scopes let it hear. */
  'events:read',
  'audit:read',
  /** Lists whose data a staff member or key has opened; audited. */
  'audit:seen',
] as const
export type Scope = (typeof scopes)[number]
