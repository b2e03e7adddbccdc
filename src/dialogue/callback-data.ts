import { z } from 'zod'
import { type Address, addresses, type Language, languages } from '#core/text.ts'
import type { LinkAction } from './registry.ts'

/**
 * Every button's payload, ≤ 64 bytes of ASCII: `<revision of the card>.<action>.<argument>`. A dash
 * instead of the revision stands on links, which may be tapped on any card, however old.
 */
const anyCard = '-'

/** Actions of buttons that belong to one card; each screen handles some of them. */
const cardActions = [
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
  'object',
  'file',
  'withdraw',
  'write',
] as const
export type CardAction = (typeof cardActions)[number]

/** Shows the crisis numbers; handled before anything else is read. */
export const crisisAction = 'sos'

/** Cards of the guide, which depend on texts only, as the crisis card does. */
const guideActions = [
  'fears',
  'fears-more',
  'fears-topic',
  'fears-basis',
  'tonight',
  'tonight-topic',
  'tonight-basis',
  'places',
] as const
export type GuideAction = (typeof guideActions)[number]
export const guideActionOf = (action: string): GuideAction | null =>
  guideActions.find((one) => one === action) ?? null

const payload = /^(-|[0-9a-z]{1,8})\.([a-z-]{1,24})\.([A-Za-z0-9-]{0,40})$/

/** A tap on a button of the card with this revision. */
export type Tap = { revision: number; action: CardAction; arg: string }
/** A tap on a link; whether a screen defines it is checked when it is followed. */
export type LinkTap = { revision: null; action: string; arg: string }

export const encodeTap = (revision: number, action: CardAction, arg = ''): string =>
  `${revision.toString(36)}.${action}.${arg}`

export const encodeLink = (action: LinkAction | GuideAction | typeof crisisAction, arg = ''): string =>
  `${anyCard}.${action}.${arg}`

/** Whether the tap needs neither database nor session, nor its place among the person's other inputs. */
export const standsAlone = (tap: Tap | LinkTap | null): boolean =>
  tap !== null && (tap.action === crisisAction || guideActionOf(tap.action) !== null)

/** Returns null for forged or malformed callback data. */
export const decodeTap = (data: string): Tap | LinkTap | null => {
  const parsed = data.length <= 64 ? payload.exec(data) : null
  if (!parsed) return null
  const [, revision = '', name = '', arg = ''] = parsed
  if (revision === anyCard) return { revision: null, action: name, arg }
  const action = cardActions.find((one) => one === name)
  return action ? { revision: Number.parseInt(revision, 36), action, arg } : null
}

/** The page that a pager button asks for; null for any other tap. */
export const pageOf = ({ action, arg }: Tap): number | null =>
  action === 'page' && /^\d{1,4}$/.test(arg) ? Number(arg) : null

const crisisArgument = z.tuple([z.enum(languages), z.enum([...addresses, 'staff'])])

/**
 * The crisis button carries language and form of address, because it has to work when nothing else can be read; instead of the
 * address that it stands on a card of staff, who are adults and have nothing to hide.
 */
export const crisisArg = (language: string, address: string): string => `${language}-${address}`
export const readCrisisArg = (arg: string): { language: Language; address: Address; staff: boolean } => {
  const { success, data } = crisisArgument.safeParse(arg.split('-'))
  if (!success) return { language: 'ru', address: 'adult', staff: false }
  const [language, said] = data
  return { language, address: said === 'staff' ? 'adult' : said, staff: said === 'staff' }
}

/** `ru-minor-parents-learn`: as the crisis button's, with the topic behind it. */
export const guideArg = (language: string, address: string, topic = ''): string =>
  [crisisArg(language, address), ...(topic ? [topic] : [])].join('-')
export const readGuideArg = (arg: string) => {
  const [language = '', address = '', ...topic] = arg.split('-')
  return { ...readCrisisArg(crisisArg(language, address)), topic: topic.join('-') }
}
