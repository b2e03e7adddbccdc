import { formatDay, formatDayUntil, formatTime } from '#core/dates.ts'
import { escapeHtml, type Say } from '#core/text.ts'
import type { Button, View } from '#dialogue/view.ts'
import type { AttachedFile } from '#features/messages/message-files.ts'
import type { Case } from '#features/requests/cases.ts'
import type { RequestLine } from '#features/requests/conversation.ts'
import type { Contact, Content, ContentQuestion } from '#features/requests/request-content.ts'
import type { Region } from '#regions/schema.ts'
import { type CardBuilder, paragraphs } from '../card-builder.ts'
import { optionLabel } from '../intake/option-label-view.ts'
import { answerInWords } from '../intake/summary-view.ts'
import { fileName, openFileLabel } from '../messages/file-name-view.ts'
import { type Block, blockPages } from '../text-pages.ts'
import { escalatedLine, routedLine } from './staff-routed-view.ts'
import { turnPages } from './talk-view.ts'
import { reasonsInWords } from './urgency-view.ts'

type Facts = { request: Case; region: Region; now: Date; staffId: string }

/** A request's card for staff: no name, no phone, no free text. */
export const caseView = (builder: CardBuilder, facts: Facts): View => {
  const { say, link } = builder
  const { request, staffId } = facts
  const { id, status, claimedBy } = request
  const mine = status === 'claimed' && claimedBy?.id === staffId
  const rows: Button[][] = []
  if (!request.concerns) return { screen: 'case', html: caseText(builder, facts), rows }
  if (status === 'submitted') rows.push([link(say.label('case.take'), 'take', id)])
  if (status === 'submitted' || mine) {
    rows.push([
      link(say.label('case.details'), 'details', id),
      link(say.label('case.contact'), 'contact', id),
    ])
    const write = mine ? [link(say.label('case.write'), 'write', id)] : []
    const pass = request.mayPassOn ? [link(say.label('case.pass'), 'pass', id)] : []
    if (write.length + pass.length > 0) rows.push([...write, ...pass])
    if (mine) rows.push([link(say.label('case.calledButton'), 'called', id)])
    if (request.urgent && request.mayPassOn) rows.push([link(say.label('case.notUrgent'), 'calm', id)])
  }
  if (request.oversight === 'given')
    rows.push([
      link(say.label('case.details'), 'details', id),
      link(say.label('case.contact'), 'contact', id),
    ])
  if (request.oversight === 'needed') rows.push([link(say.label('worklist.oversee.button'), 'oversee', id)])
  if (request.checkOpen)
    rows.push(
      [link(say.label('case.details'), 'details', id), link(say.label('case.contact'), 'contact', id)],
      [link(say.label('case.checkButton'), 'checked', id)],
    )
  return { screen: 'case', html: caseText(builder, facts), rows }
}

const caseText = ({ say }: CardBuilder, { request, region, now, staffId }: Facts): string => {
  const moment = (instant: Date) => ({ instant, timeZone: region.timeZone, now })
  const names = (list: string, codes: readonly string[]) =>
    escapeHtml(codes.map((code) => optionLabel(say, region.code, list, code)).join(', '))
  const { number, kind, applicant, claimedBy, submittedAt, representativeConsent, notes, passedOn } = request
  const alarms =
    request.urgent && (request.status === 'submitted' || request.status === 'claimed' || request.checkOpen)
  return paragraphs(
    alarms && say.t('case.urgent'),
    alarms &&
      request.reasons.length > 0 &&
      say.t('case.urgentWhy', { why: reasonsInWords(say, region, request.reasons) }),
    request.underTen && say.t('case.underTen'),
    request.follows !== null && say.t('case.follows', { number: request.follows }),
    say.t(`case.${kind}`, { number }),
    [
      say.t('case.who', { who: say.label(`case.applicants.${applicant}`) }),
      say.t('case.territory', { territory: optionLabel(say, region.code, 'territory', request.territory) }),
      // The short way does not ask for them.
      request.helpKinds.length > 0 && `${say.t('case.helpKinds')} ${names('helpKinds', request.helpKinds)}`,
      say.t('case.submitted', {
        day: formatDay(say, moment(submittedAt)),
        time: formatTime(submittedAt, region.timeZone),
      }),
      say.t(region.nextStep.source === 'default' ? 'case.dueDefault' : 'case.due', {
        until: formatDayUntil(say, moment(request.dueAt)),
      }),
      representativeConsent !== 'not-needed' && say.t(`case.representativeConsent.${representativeConsent}`),
      !request.dataSharing && say.t('case.noSharing'),
      notes > 0 && say.t('case.notes', { count: notes }),
      passedOn > 0 && say.t('case.passedOn', { count: passedOn }),
    ]
      .filter(Boolean)
      .join('\n'),
    request.status === 'claimed' && claimedBy
      ? say.t(claimedBy.id === staffId ? 'case.mine' : 'case.taken', { name: claimedBy.name })
      : say.t(`case.status.${request.checkOpen ? 'check' : request.status}`) +
          waitingLines(say, request, now),
    request.safetyCheck !== null &&
      request.safetyCheck !== 'open' &&
      say.t('case.checked', { outcome: say.label(`case.checkOutcomes.${request.safetyCheck}`) }),
  )
}

const waitingLines = (say: Say, request: Case, now: Date): string =>
  request.status === 'submitted' || request.checkOpen
    ? [escalatedLine(say, request, now), routedLine(say, request)].map((line) => line && `\n${line}`).join('')
    : ''

type DetailsFacts = {
  request: Pick<Case, 'id' | 'number'>
  region: Region
  now: Date
  content: Content
  /** The answers in the order of the questions; free text separately. */
  asked: readonly ContentQuestion[]
  lines: readonly RequestLine[]
}

/** The answers of the questionnaire, without the story, which has a card of its own. */
export const detailsView = (
  builder: CardBuilder,
  { request, region, content, asked }: DetailsFacts,
): View => {
  const { say, link } = builder
  const lines = asked.map(
    (id) => `<b>${say.t(`question.${id}.short`)}:</b> ${answerInWords(say, region, id, content)}`,
  )
  return builder.card(
    'case.details',
    paragraphs(say.t('case.detailsTitle', { number: request.number }), lines.join('\n')),
    [
      [
        link(say.label('case.story'), 'story', request.id),
        link(say.label('case.contact'), 'contact', request.id),
      ],
      [link(say.label('case.card'), 'card', request.id)],
    ],
    { back: false, confidential: true },
  )
}

const lineKeys = {
  note: 'case.noteAt',
  answer: 'case.answerAt',
  'passed-on': 'case.reasonAt',
  'staff-note': 'case.staffNoteAt',
  'not-urgent': 'case.notUrgentAt',
} as const

/** The family's story and the conversation since; the newest page first. */
export const storyView = (builder: CardBuilder, facts: DetailsFacts & { page: number }): View => {
  const { say, link } = builder
  const { request, region, now, content, lines, page } = facts
  const { timeZone } = region
  const blocks = lines.map(({ id, at, kind, text, file }): StoryBlock => {
    const day = formatDay(say, { instant: at, timeZone, now })
    const head = `<b>${say.t(lineKeys[kind], { day, time: formatTime(at, timeZone) })}</b>`
    return { head: [head, file && fileName(say, file)].filter(Boolean).join('\n'), text, file, key: `n${id}` }
  })
  const pages = blockPages([...storyBlocks(say, content), ...blocks])
  const back = Math.min(page, pages.length - 1)
  const shown = pages.at(-1 - back) ?? []
  const { turns } = turnPages(
    builder,
    pages.map(() => []),
    page,
  )
  return builder.card(
    'case.story',
    paragraphs(say.t('case.storyTitle', { number: request.number }), ...shown.map(({ html }) => html)),
    [
      ...filesOf(builder, shown),
      ...turns,
      [link(say.label('case.details'), 'details', request.id)],
      [link(say.label('case.card'), 'card', request.id)],
    ],
    { back: false, confidential: true },
  )
}

/** A part of the story, and the file that came with it. */
type StoryBlock = Block & { file: AttachedFile | null; key: string }

/** The story of the application: its words, then what was sent with them. */
const storyBlocks = (say: Say, { ownWords, ownFiles = [] }: Content): StoryBlock[] => [
  ...(ownWords || ownFiles.length === 0
    ? [{ text: ownWords ?? say.label('case.noStory'), file: null, key: '' }]
    : []),
  ...ownFiles.map((file, index) => ({ head: fileName(say, file), text: '', file, key: `s${index}` })),
]

/** A button for each file of the page; a long text stands in several parts, and its file is opened once. */
const filesOf = ({ say, button }: CardBuilder, shown: readonly { block: StoryBlock }[]): Button[][] =>
  [...new Set(shown.map(({ block }) => block))].flatMap(({ file, key }) =>
    file ? [[button(openFileLabel(say, file), 'file', key)]] : [],
  )

/** The family's contact and what is safe. Protected from forwarding and deleted after ten minutes. */
export const contactView = (
  { say }: CardBuilder,
  {
    request,
    region,
    contact,
    minutes,
    account,
  }: {
    request: { number: string }
    region: Region
    contact: Contact
    minutes: number
    /** Of a child under ten, who was asked for nothing else. */
    account: string | null
  },
): View => {
  const line = (id: keyof Contact) =>
    `<b>${say.t(`question.${id}.short`)}:</b> ${answerInWords(say, region, id, contact)}`
  const { safeToCall, safeToWrite, mayName, parents } = contact
  const warnings = [
    safeToCall === 'no' && say.t('case.neverCall'),
    safeToWrite === 'no' && say.t('case.neverWrite'),
    mayName === 'no' && say.t('case.neverName'),
    parents && say.t(`case.parents.${parents}`),
  ].filter(Boolean)
  return {
    screen: 'case.contact',
    html: paragraphs(
      say.t('case.contactTitle', { number: request.number }),
      warnings.join('\n'),
      account === null ? [line('name'), line('phone'), line('hours')].join('\n') : accountLine(say, account),
      say.t('case.contactGone', { count: minutes }),
    ),
    rows: [],
    confidential: true,
  }
}

/** A link to the account, by which an adult of the centre can write to the child. */
const accountLine = (say: Say, account: string): string => {
  const telegram = /^telegram:(\d+)$/.exec(account)?.[1]
  const shown = escapeHtml(account)
  return `<b>${say.t('case.account')}:</b> ${telegram ? `<a href="tg://user?id=${telegram}">${shown}</a>` : shown}`
}
