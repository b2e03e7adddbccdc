/** What staff are shown of a family outside of a conversation; the words are in locales, nothing personal among them. */
export const familyCards = [
  /** A member answered to a visit; the subject is the visit. */
  'visit-answer',
  /** Whoever came did not say the door code: urgent, for supervisors; the subject is the visit. */
  'code-refused',
  /** A member does not understand an activity, or asks about it; the subject is the activity. */
  'activity-question',
  /** The family and the staff do not say the same of what took place: for supervisors; the subject is the activity. */
  'activity-mismatch',
  /** A member wrote; the subject is the member. */
  'message',
  /** The same, with a word of the centre's list in it: urgent. */
  'message-alarming',
  /** A member has blocked the bot; the subject is the member. */
  'unreachable',
  /** A member has joined by another account; the subject is the member. */
  'account',
  /** After a low answer a member asks for somebody other than the curator: for supervisors; the subject is the rescue. */
  'survey-low-score',
] as const
export type FamilyCard = (typeof familyCards)[number]
