/** What a member of staff is told of their own work. Their texts are in `locales/` and contain no personal data. */
export const workNews = [
  /** Cases that fall due, are overdue, stand still or have nobody; told together. */
  'alarms',
  /** The agenda of the day. */
  'agenda',
  /** They have become the curator of a family. */
  'curator',
  /** Somebody else curates a family, or several families, that they did. */
  'family-taken',
  'families-taken',
  /** A visit is theirs to make; the subject is the visit. */
  'visit-new',
  'visit-moved',
  'visit-cancelled',
  /** Somebody else makes a visit that was theirs. */
  'visit-taken',
  'visit-day',
  'visit-hours',
  /** A new version of a plan of their family. */
  'plan',
  /** They were marked absent; the subject is the absence. */
  'absence',
  /** A request of theirs was given to somebody else. */
  'reassigned',
  /** Somebody told the centre of a family; the subject is the message. */
  'incoming',
  /** A colleague asks them to read a note; the subject is the request or family. */
  'note-to-request',
  'note-to-family',
  /** A request of theirs was closed as the duplicate of somebody else's; the subject is the request. */
  'merged',
] as const
export type WorkNews = (typeof workNews)[number]
