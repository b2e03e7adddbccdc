import { formatDay } from '#core/dates.ts'
import type { Say } from '#core/text.ts'
import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import { staffRows, workLine } from '#dialogue/worklist/staff-home-view.ts'
import type { AccountNews } from '#features/families/account-changes.ts'
import type { WorkSummary } from '#features/worklist/agenda.ts'
import type { Region } from '#regions/schema.ts'
import type { StaffRole } from '#storage/staff/staff.ts'
import { guideRows } from '../guide/guide-view.ts'
import type { Button, View } from '../view.ts'
import type { HomeState } from './home-state.ts'
import { homeStateLines, homeStateRows } from './home-state-view.ts'

/** An urgent call, or a message about a family, that was begun and is not passed on yet. */
export type Unsent = 'phoneCall' | 'incoming'

export type HomeFacts = {
  /** The stored draft: when it was last changed. */
  draft: { since: Date } | null
  /** Some questions are answered, but nothing is stored before the first consent. */
  begun: boolean
  /** Words are held that nobody has been given. */
  held: boolean
  /** An invitation into a family waits for an answer. */
  invited: boolean
  /** The draft belonged to an earlier questionnaire, so it starts again and the person is told. */
  outdated: boolean
  /** Something is kept about the person. */
  known: boolean
  /** The text of their consent has changed. */
  consentAgain: boolean
  openRequest: boolean
  /** They wrote about another family, and it was read: its card stays, and they may ask for something else. */
  readOutsiders: boolean
  state: HomeState
  region: Region
  /** First name and role of a staff member. */
  staff: { name: string; role: StaffRole; work: WorkSummary; report: boolean } | null
  unsent: Unsent | null
  /** For a member: the curator, whether support has ended, and whether they belong to several families. */
  family: {
    curator: string | null
    closed: boolean
    /** Support has ended, and they are asked how they are: in this family. */
    howNow: string | null
    /** They are asked whether the curator suits them: of this family. */
    aboutCurator: string | null
    several: number | null
    youSaidWeDid: 'none' | 'seen' | 'new'
    /** The survey that is open for them. */
    survey: { minutes: number; begun: boolean } | null
  } | null
  /** A new link has replaced the person's account, or their own new account has been paused. */
  account: AccountNews
  /** They ask together with somebody, and no card of a request of their own says so. */
  together: { id: string } | null
  /** The centre's phone. */
  contact: string
  now: Date
}

const draftKeptDays = 30
const day = 24 * 60 * 60 * 1000

/** The menu: what can be done now, most likely first. */
export const homeView = (builder: CardBuilder, facts: HomeFacts): View => {
  const { say, link } = builder
  const { draft, begun, openRequest, staff, family, outdated, account, contact, region, now } = facts
  const until = draft && new Date(draft.since.getTime() + draftKeptDays * day)
  const html = paragraphs(
    account.paused && say.t('account.paused', { contact }),
    account.replacedBy && say.t('account.replaced'),
    greeting(say, facts),
    staff && facts.unsent && say.t(`${facts.unsent}.unsent`),
    staff && workLine(say, staff.work),
    // Nothing has been asked yet: what the questions take is of no use to anybody else.
    !staff && !family && !openRequest && !draft && !begun && say.address === 'adult' && say.t('home.takes'),
    outdated && say.t('home.outdated'),
    facts.invited && say.t('join.waits'),
    facts.consentAgain && say.t('consentAgain.line'),
    facts.held && say.t('words.heldMenu'),
    homeStateLines(say, facts.state, { region, now }),
    !openRequest &&
      until !== null &&
      say.t('home.draft', { until: formatDay(say, { instant: until, timeZone: region.timeZone, now }) }),
  )
  const first = openRequest
    ? link(say.label('home.status'), 'status')
    : link(say.label(draft || begun ? 'home.resume' : 'home.ask'), 'ask')
  const rows = [
    ...(account.replacedBy
      ? [[link(say.label('account.notMe'), 'not-me', account.replacedBy.changeId)]]
      : []),
    ...(facts.invited ? [[link(say.label('join.waitsButton'), 'invitation')]] : []),
    ...(facts.held ? heldRows(builder) : []),
    ...homeStateRows(builder, facts.state),
    ...(staff && facts.unsent ? [[resumeButton(builder, facts.unsent)]] : []),
    ...(staff ? staffRows(builder, { ...staff, families: staff.work.families }) : []),
    ...(staff
      ? [[link(say.label('phoneCall.button'), 'phone-call')], ...incomingRows(builder, staff.role)]
      : []),
    ...(facts.consentAgain ? [[link(say.label('consentAgain.button'), 'consent-again')]] : []),
    ...(family ? familyRows(builder, { ...family, apart: facts.state.family?.apart === true }) : []),
    // The menu of staff is their work: to ask for help they have other ways, but what they have begun stays.
    ...((staff || (family && !family.closed)) && !openRequest && !draft && !begun ? [] : [[first]]),
    ...(facts.together ? [[link(say.label('together.open'), 'together', facts.together.id)]] : []),
    ...(facts.readOutsiders ? [[link(say.label('home.status'), 'status')]] : []),
    ...(staff ? [] : guideRows(builder)),
    ...(facts.known && !staff ? [[link(say.label('myData.button'), 'my-data')]] : []),
    [link(say.label('home.help'), 'help'), link(say.label('home.language'), 'language')],
  ]
  return builder.card('home', html, rows, { back: false, menu: false })
}

/** For words that are held here, and that nobody reads yet. */
export const heldRows = ({ say, link }: CardBuilder): Button[][] => [
  [link(say.label('words.passOn'), 'pass-held')],
  [link(say.label('words.dropThem'), 'drop-held')],
]

const resumeButton = ({ say, link }: CardBuilder, unsent: Unsent): Button =>
  unsent === 'phoneCall'
    ? link(say.label('phoneCall.resume'), 'phone-call', 'resume')
    : link(say.label('incoming.resume'), 'in-new', 'resume')

/** What others tell the centre of families: written down by all, read by whoever has the territory. */
const incomingRows = ({ say, link }: CardBuilder, role: StaffRole): Button[][] => [
  [link(say.label('incoming.newButton'), 'in-new')],
  ...(role === 'curator' ? [] : [[link(say.label('incoming.listButton'), 'in-list')]]),
]

const greeting = (say: Say, { staff, family }: HomeFacts): string => {
  if (staff) return say.t(greetings[staff.role], { name: staff.name })
  if (!family) return say.t('home.greeting')
  const { curator, closed } = family
  if (closed) return say.t('home.familyClosed')
  return curator === null ? say.t('home.familyWaiting') : say.t('home.family', { curator })
}

/** The family's part: visits, plan, path and messages. */
const familyRows = (
  { say, link }: CardBuilder,
  {
    several,
    youSaidWeDid,
    survey,
    howNow,
    aboutCurator,
    apart,
  }: NonNullable<HomeFacts['family']> & { apart: boolean },
): Button[][] => [
  ...(howNow === null ? [] : [[link(say.label('afterLook.button'), 'how-now', howNow)]]),
  ...(aboutCurator === null ? [] : [[link(say.label('ourCurator.button'), 'our-curator', aboutCurator)]]),
  [link(say.label('home.visits'), 'visits')],
  [link(say.label('home.plan'), 'plan'), link(say.label('home.path'), 'status')],
  [link(say.label(apart ? 'home.messagesApart' : 'home.messages'), 'messages')],
  ...(survey === null ? [] : [[link(surveyLabel(say, survey), 'survey')]]),
  ...(youSaidWeDid === 'none'
    ? []
    : [
        [
          link(
            say.label(youSaidWeDid === 'new' ? 'youSaidWeDid.buttonNew' : 'youSaidWeDid.button'),
            'said-done',
          ),
        ],
      ]),
  [
    link(say.label('home.settings'), 'settings'),
    ...(several === null ? [] : [link(say.label('home.families', { number: several }), 'families')]),
  ],
]

const surveyLabel = (say: Say, { minutes, begun }: { minutes: number; begun: boolean }): string =>
  begun ? say.label('survey.buttonBegun') : say.label('survey.button', { count: minutes })

/** What comes to each by itself. */
const greetings = {
  intake: 'home.staff',
  curator: 'home.staffCurator',
  supervisor: 'home.staffSupervisor',
} as const
