/** Notifications to staff about a family. Their texts are in `locales/` and contain no personal data. */
export const familyCards = [
  /** A member responded to a visit; the subject is the visit. */
  'visit-answer',
  /** The visitor did not give the door code: urgent, for supervisors; the subject is the visit. */
  'code-refused',
  /** A member does not understand an activity or has a question about it; the subject is the activity. */
  'activity-question',
  /** Family and staff disagree on whether an activity took place: for supervisors; the subject is the activity. */
  'activity-mismatch',
  /** A member sent a message; the subject is the member. */
  'message',
  /** The same, but the message contains an alarming word: urgent. */
  'message-alarming',
  /** A member's message was not read by the promised time: for the curator and supervisors; the subject is the member. */
  'message-late',
  /** A member has blocked the bot; the subject is the member. */
  'unreachable',
  /** A member has hidden the chat: silence is meant; the subject is the member. */
  'hidden',
  /** Words of danger came out of a hidden chat: urgent; the subject is the member. */
  'hidden-alarm',
  /** A member has joined from another account; the subject is the member. */
  'account',
  /** The account before says that it was not them: urgent, for the curator and supervisors; the subject is the member. */
  'account-disputed',
  /** After a low answer a member asks for somebody other than the curator: for supervisors; the subject is the rescue. */
  'survey-low-score',
  /** After the end of support a family says that it is worse: urgent; the subject is the member, if one said it themselves. */
  'after-worse',
  /** A member wishes for another curator: for supervisors; the subject is the member. */
  'curator-declined',
  /** A member proposes something for the plan; the subject is the proposal. */
  'plan-proposal',
  /** A member has withdrawn a consent; the subject is the request in the register. */
  'consent-withdrawn',
] as const
export type FamilyCard = (typeof familyCards)[number]

/** Cards that go before all others. */
export const isUrgentCard = (kind: FamilyCard): boolean =>
  kind === 'message-alarming' ||
  kind === 'code-refused' ||
  kind === 'account-disputed' ||
  kind === 'hidden-alarm' ||
  kind === 'after-worse'

/** Of these the supervisors have to know in any case. */
export const isForSupervisors = (kind: FamilyCard): boolean => isUrgentCard(kind) && kind !== 'after-worse'
