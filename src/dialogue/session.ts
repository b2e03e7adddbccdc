import { z } from 'zod'
import { addresses, languages } from '#core/text.ts'
import { answersSchema } from '#features/intake/answers.ts'
import { planLists } from '#features/plan/activity-lists.ts'

const questionId = answersSchema.keyof()
const survey = z.string().max(40)
const half = z.string().max(700)

/** What the live card shows. Enough to draw it again; nothing that would be missed if it were lost. */
export const screenStateSchema = z.discriminatedUnion('name', [
  z.object({ name: z.literal('home') }),
  z.object({ name: z.literal('help') }),
  z.object({ name: z.literal('language') }),
  z.object({
    name: z.literal('question'),
    id: questionId,
    page: z.number().int().min(0).optional(),
    /** Why the last answer was not taken: a key of `question.problems`. */
    problem: z.string().optional(),
    /** Codes ticked so far in a question with several answers. */
    ticked: z.array(z.string()).optional(),
    /** Came from the summary, and goes back to it. */
    changing: z.boolean().optional(),
  }),
  z.object({
    name: z.literal('danger'),
    /** «Yes, now», or circumstances that speak of violence. */
    because: z.enum(['now', 'heavy']),
    after: z.enum(['categories', 'circumstances']).optional(),
    changing: z.boolean().optional(),
  }),
  z.object({ name: z.literal('too-young') }),
  z.object({ name: z.literal('younger') }),
  z.object({ name: z.literal('refused') }),
  z.object({ name: z.literal('not-now') }),
  z.object({ name: z.literal('summary') }),
  z.object({ name: z.literal('change') }),
  z.object({ name: z.literal('submit') }),
  z.object({ name: z.literal('cancel') }),
  z.object({ name: z.literal('cancelled') }),
  z.object({
    name: z.literal('status'),
    just: z.enum(['submitted', 'noted', 'withdrawn']).optional(),
    /** The way of this family, where there is an open request besides. */
    familyId: z.uuid().optional(),
  }),
  z.object({ name: z.literal('note'), problem: z.string().optional() }),
  z.object({ name: z.literal('talk'), page: z.number().int().min(0).optional() }),
  z.object({ name: z.literal('withdraw') }),
  z.object({ name: z.literal('queue'), page: z.number().int().min(0).optional() }),
  z.object({
    name: z.literal('case'),
    requestId: z.uuid(),
    part: z.enum(['card', 'details', 'story']).optional(),
    page: z.number().int().min(0).optional(),
  }),
  z.object({ name: z.literal('pass-on'), requestId: z.uuid(), problem: z.string().optional() }),
  z.object({ name: z.literal('write'), requestId: z.uuid(), problem: z.string().optional() }),
  z.object({ name: z.literal('joined') }),
  /** A one-time link into a family was opened; nothing is kept of whoever opened it yet. */
  z.object({ name: z.literal('join'), token: z.string().regex(/^[A-Za-z0-9_-]{22}$/) }),
  z.object({ name: z.literal('families') }),
  z.object({ name: z.literal('caseload'), page: z.number().int().min(0).optional() }),
  z.object({
    name: z.literal('family-case'),
    familyId: z.uuid(),
    part: z.enum(['card', 'names']).optional(),
  }),
  z.object({ name: z.literal('family-invite'), familyId: z.uuid() }),
  z.object({ name: z.literal('family-ask'), familyId: z.uuid() }),
  z.object({ name: z.literal('results') }),
  /** A supervisor tells families what came of their answers; what is written so far goes along. */
  z.object({ name: z.literal('tell-survey') }),
  z.object({ name: z.literal('tell-said'), survey, problem: z.literal('too-long').optional() }),
  z.object({ name: z.literal('tell-done'), survey, said: half, problem: z.literal('too-long').optional() }),
  z.object({ name: z.literal('tell-whom'), survey, said: half, done: half }),
  z.object({ name: z.literal('tell-told'), itemId: z.uuid() }),
  z.object({
    name: z.literal('family-add'),
    familyId: z.uuid(),
    role: z.enum(['parent', 'representative', 'minor']),
    problem: z.literal('name-too-long').optional(),
  }),
  z.object({ name: z.literal('settings') }),
  z.object({ name: z.literal('push-mode') }),
  z.object({ name: z.literal('quiet-hours'), problem: z.enum(['unclear', 'same']).optional() }),
  /** What a member and the centre write to each other; the family is named, for another may be chosen meanwhile. */
  z.object({
    name: z.literal('messages'),
    familyId: z.uuid(),
    page: z.number().int().min(0).optional(),
    just: z.literal('sent').optional(),
  }),
  z.object({ name: z.literal('messages-write'), familyId: z.uuid() }),
  z.object({ name: z.literal('f-thread'), familyId: z.uuid() }),
  z.object({ name: z.literal('thread'), memberId: z.uuid(), page: z.number().int().min(0).optional() }),
  z.object({ name: z.literal('thread-write'), memberId: z.uuid() }),
  z.object({
    name: z.literal('visits'),
    familyId: z.uuid().optional(),
    page: z.number().int().min(0).optional(),
    direct: z.literal(true).optional(),
  }),
  /** `direct`: opened in the middle of something else, to which Back leads. */
  z.object({ name: z.literal('visit'), visitId: z.uuid(), direct: z.literal(true).optional() }),
  /** What is answered names the version of the visit that was seen. */
  z.object({ name: z.literal('visit-slots'), visitId: z.uuid(), version: z.number().int().min(0) }),
  z.object({
    name: z.literal('visit-words'),
    visitId: z.uuid(),
    version: z.number().int().min(0),
    problem: z.string().optional(),
  }),
  z.object({ name: z.literal('visit-late'), visitId: z.uuid(), version: z.number().int().min(0) }),
  z.object({ name: z.literal('visit-door'), visitId: z.uuid() }),
  z.object({ name: z.literal('my-visits'), page: z.number().int().min(0).optional() }),
  z.object({ name: z.literal('f-visits'), familyId: z.uuid(), page: z.number().int().min(0).optional() }),
  z.object({ name: z.literal('f-visit'), visitId: z.uuid() }),
  z.object({ name: z.literal('f-visit-cancel'), visitId: z.uuid() }),
  z.object({ name: z.literal('calendar') }),
  /** A visit or an activity is about to be put into the phone's calendar. */
  z.object({ name: z.literal('calendar-file'), kind: z.enum(['visit', 'activity']), id: z.uuid() }),
  /** Whether somebody wants to answer a survey at all. */
  z.object({ name: z.literal('survey'), invitationId: z.uuid() }),
  z.object({
    name: z.literal('survey-question'),
    invitationId: z.uuid(),
    question: z.string().max(32),
    problem: z.enum(['too-long', 'no-words', 'tick-one']).optional(),
    /** It was answered before it was shown. */
    again: z.literal(true).optional(),
    /** Codes ticked so far in a question with several answers. */
    ticked: z.array(z.string().max(32)).optional(),
    /** Came from the check before sending, and goes back to it. */
    changing: z.boolean().optional(),
  }),
  /** After a low answer: whether somebody other than the curator should write. */
  z.object({ name: z.literal('survey-rescue'), invitationId: z.uuid(), question: z.string().max(32) }),
  /** After words that cannot wait until a survey is read. */
  z.object({ name: z.literal('survey-heavy'), invitationId: z.uuid(), question: z.string().max(32) }),
  z.object({
    name: z.literal('survey-check'),
    invitationId: z.uuid(),
    page: z.number().int().min(0).optional(),
  }),
  /** Sent, declined, or its time has passed. */
  z.object({ name: z.literal('survey-end'), invitationId: z.uuid() }),
  z.object({ name: z.literal('survey-later'), invitationId: z.uuid() }),
  /** What came of the answers to surveys; `since`: when the person had looked before. */
  z.object({
    name: z.literal('said-done'),
    page: z.number().int().min(0).optional(),
    since: z.iso.datetime().optional(),
  }),
  z.object({ name: z.literal('plan') }),
  z.object({
    name: z.literal('plan-list'),
    list: z.enum(planLists),
    page: z.number().int().min(0).optional(),
  }),
  /** Goes back to the list, and its page, from which it was opened. */
  z.object({
    name: z.literal('activity'),
    activityId: z.uuid(),
    list: z.enum(planLists).optional(),
    page: z.number().int().min(0).optional(),
  }),
  z.object({ name: z.literal('plan-changes'), page: z.number().int().min(0).optional() }),
  /** What became of one activity, and whether it suits; `from`: opened from its card, and goes back there. */
  z.object({
    name: z.literal('plan-change'),
    activityId: z.uuid(),
    from: z.literal('activity').optional(),
    page: z.number().int().min(0).optional(),
  }),
  z.object({
    name: z.literal('plan-words'),
    activityId: z.uuid(),
    kind: z.enum(['question', 'disagree']),
    from: z.literal('activity').optional(),
    problem: z.literal('too-long').optional(),
  }),
  z.object({
    name: z.literal('f-plan'),
    familyId: z.uuid(),
    list: z.enum(planLists).optional(),
    page: z.number().int().min(0).optional(),
  }),
  z.object({ name: z.literal('f-said'), activityId: z.uuid(), page: z.number().int().min(0).optional() }),
])

export type ScreenState = z.infer<typeof screenStateSchema>
export type ScreenName = ScreenState['name']

/** How many updates a session remembers: more than Telegram has under way for one person. */
export const mostSeen = 8

/** What is on a person's screen now, kept 48 h; losing it costs a fresh menu. */
export const sessionSchema = z.object({
  v: z.literal(1),
  language: z.enum(languages).optional(),
  screen: screenStateSchema,
  /** Where the person was before they looked aside (help, language, status …): what Back leads to, ticks and all. */
  before: screenStateSchema.optional(),
  /** The update that put the crisis card on the screen: later words are no answer to the question under it. */
  crisis: z.number().optional(),
  /** Counts the cards: a button of an earlier one never answers the current question. */
  revision: z.number().int().min(0),
  /** The live card shows somebody's words: it does not stay behind when the next card comes. */
  confidential: z.boolean().optional(),
  /** The live card shows a picture: its key. It does not stay behind either. */
  picture: z.string().max(200).optional(),
  /** The message that is the live card, in the channel's own numbering. */
  cardId: z.number().int().optional(),
  /** When the person last did something (ms). */
  lastInput: z.number().optional(),
  /** The last updates whose card was drawn. */
  seen: z.array(z.number()).max(mostSeen).optional(),
  /** The card could not be shown as it is now; a redraw of it is under way. */
  undrawn: z.literal(true).optional(),
  /** What was to be sent beside the card was not: the redraw says so. */
  unsent: z.literal(true).optional(),
  /** Revision of the draft that the screen was made of. */
  draft: z.number().int().optional(),
  /** The message that carries the «share my phone» keyboard. */
  contactHintId: z.number().int().optional(),
  /** How to speak to somebody of whom nothing is stored: a child stays a child after a refusal. */
  address: z.enum(addresses).optional(),
  /** Which of their families the person looks at; absent: the first. */
  familyId: z.uuid().optional(),
  /** Answers before the first consent: they live here only, and are stored nowhere else. */
  answers: answersSchema.optional(),
})

export type Session = z.infer<typeof sessionSchema>

export const newSession = (): Session => ({ v: 1, screen: { name: 'home' }, revision: 0 })

/** A session as it was kept, or a new one where it is missing, old or damaged. */
export const readSession = (kept: unknown): Session => {
  const parsed = sessionSchema.safeParse(kept)
  return parsed.success ? parsed.data : newSession()
}
