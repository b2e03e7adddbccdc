import { z } from 'zod'
import { addresses, languages } from '#core/text.ts'

/**
 * Every button's payload, ≤ 64 bytes of ASCII: `<revision of the card>.<action>.<argument>`. A dash
 * instead of the revision stands on buttons that may be tapped on any card, however old: they only
 * lead somewhere, or are judged by the state of what they name.
 */
export const anyCard = '-'

const actions = [
  // Lead somewhere.
  'home',
  'help',
  'language',
  'status',
  'talk',
  'ask',
  'queue',
  'sos',
  'here',
  // Lead a member of a family somewhere; the argument names the family, visit or activity.
  'families',
  'plan',
  'visits',
  'visit',
  'activity',
  'messages',
  'settings',
  'said-done',
  'results',
  // Name an invitation to a survey; `survey` without one names any that is open.
  'survey',
  'survey-later',
  'survey-off',
  // Names what a supervisor has answered to.
  'survey-answered',
  // Lead staff to their families, and to what there is of one; the argument names the family.
  'f-list',
  'f-card',
  'f-names',
  'f-invite',
  'f-ask',
  'f-visits',
  'f-plan',
  // Lead staff to what a family's members write; the arguments name a family and a member.
  'f-thread',
  'f-said',
  'thread',
  'calendar',
  'visit-ics',
  'activity-ics',
  // Lead staff to visits; the arguments name a family and a visit.
  'my-visits',
  'f-visits',
  'f-visit',
  // Answer the card that they stand on.
  'back',
  'set',
  'tick',
  'untick',
  'done',
  'skip',
  'page',
  'agree',
  'refuse',
  'full',
  'yes',
  'no',
  'change',
  'submit',
  'note',
  'file',
  'withdraw',
  'restart',
  // Name a request.
  'take',
  'pass',
  'details',
  'story',
  'card',
  'contact',
  'write',
] as const
export type Action = (typeof actions)[number]

const payload = z
  .string()
  .max(64)
  .transform((data) => data.split('.'))
  .pipe(
    z.tuple([
      z.union([z.literal(anyCard), z.string().regex(/^[0-9a-z]{1,8}$/)]),
      z.enum(actions),
      z.string().regex(/^[A-Za-z0-9-]{0,40}$/),
    ]),
  )

export type Tap = { revision: number | typeof anyCard; action: Action; arg: string }

export const encodeTap = (revision: number | typeof anyCard, action: Action, arg = ''): string =>
  `${revision === anyCard ? anyCard : revision.toString(36)}.${action}.${arg}`

/** Null: not one of ours (made by hand, or of a version long gone). */
export const decodeTap = (data: string): Tap | null => {
  const parsed = payload.safeParse(data)
  if (!parsed.success) return null
  const [revision, action, arg] = parsed.data
  return { revision: revision === anyCard ? anyCard : Number.parseInt(revision, 36), action, arg }
}

const crisisArgument = z.tuple([z.enum(languages), z.enum(addresses)])

/** The crisis button says how to speak by itself: it has to work when nothing else can be read. */
export const crisisArg = (language: string, address: string): string => `${language}-${address}`
export const readCrisisArg = (arg: string) => {
  const parsed = crisisArgument.safeParse(arg.split('-'))
  return parsed.success
    ? { language: parsed.data[0], address: parsed.data[1] }
    : ({ language: 'ru', address: 'adult' } as const)
}
