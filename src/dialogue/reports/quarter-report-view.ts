import { formatBirthDate } from '#core/dates.ts'
import { escapeHtml, type Say } from '#core/text.ts'
import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import type { View } from '#dialogue/view.ts'
import type { StaffReport } from '#features/reports/report-for-staff.ts'
import type { ReportLines } from '#features/reports/report-lines.ts'
import type { PartWords } from './part-words.ts'

type Facts = { found: StaffReport; lines: ReportLines; part: PartWords | null; problem: string | null }

/** The main rows; the others are in the file. */
export const quarterReportView = (
  { say, button, card, link }: CardBuilder,
  { found, lines, part }: Facts,
): View => {
  const { report, fromDay, mayHandIn, changed, previous, next } = found
  const { choice, handedIn, due } = report
  const other = choice === 'all' ? 'main' : 'all'
  const act = part ? 'confirm' : 'handIn'
  return card(
    'quarter-report',
    paragraphs(
      say.t('quarterlyReport.bot.title', { period: lines.period }),
      escapeHtml(lines.status),
      handedIn.length === 0 &&
        (mayHandIn
          ? say.t('quarterlyReport.bot.due', dayOf(say, due.dueOn))
          : !part?.confirmed && say.t('quarterlyReport.bot.early', dayOf(say, fromDay))),
      part && partLines(say, part),
      lines.rows.map((row) => say.t('quarterlyReport.bot.row', row)).join('\n'),
      say.t(`quarterlyReport.notes.${choice}`),
      faultLines(say, lines),
      changed && (changedLines(say, lines) ?? say.t('quarterlyReport.bot.unchanged')),
      !found.part && say.t('quarterlyReport.bot.rest'),
    ),
    [
      ...(mayHandIn ? [[button(say.label(`quarterlyReport.bot.acts.${act}`), 'submit')]] : []),
      ...(changed && changed.rows.length > 0
        ? [[button(say.label('quarterlyReport.bot.correct'), 'write')]]
        : []),
      // On paper a part would look like the report.
      ...(found.part ? [] : [[button(say.label('quarterlyReport.bot.file'), 'file')]]),
      [button(say.label(`quarterlyReport.bot.choices.${other}`), 'change', other)],
      [
        button(say.label('quarterlyReport.bot.previous'), 'set', previous),
        ...(next ? [button(say.label('quarterlyReport.bot.next'), 'set', next)] : []),
      ],
      [link(say.label('quarterlyReport.bot.now'), 'quarter-report')],
    ],
  )
}

/** What is confirmed, by a tap or by a reason in words: what does not agree and what has changed is named. */
export const handInView = (
  { say, button, card }: CardBuilder,
  { found, lines, part, problem }: Facts,
  asking: 'hand-in' | 'correct',
): View => {
  const { period } = lines
  const hands = asking === 'hand-in'
  const ofHanding = part
    ? { asked: 'part.sureMine', means: lastOrMore(part), yes: 'yesMine' }
    : { asked: 'sure', means: 'frozen', yes: 'yes' }
  const { asked, means, yes } = hands ? ofHanding : { asked: 'why', means: 'reason', yes: 'yes' }
  return card(
    'quarter-report',
    paragraphs(
      problem !== null && `⚠️ ${say.t(`question.problems.${problem}`)}`,
      say.t(`quarterlyReport.bot.${asked}`, { period }),
      part && partLines(say, part),
      say.t(`quarterlyReport.notes.${found.report.choice}`),
      faultLines(say, lines),
      !hands && changedLines(say, lines),
      say.t(`quarterlyReport.bot.${means}`),
    ),
    hands ? [[button(say.label(`quarterlyReport.bot.agree.${yes}`), 'yes')]] : [],
  )
}

const lastOrMore = ({ waiting }: PartWords) => (waiting === null ? 'part.lastPart' : 'part.morePart')

const partLines = (say: Say, { mine, others, waiting, confirmed }: PartWords): string =>
  [
    say.t('quarterlyReport.bot.part.mine', { where: mine }),
    ...(confirmed ? [say.t('quarterlyReport.bot.part.confirmed')] : []),
    ...(others.length > 0 ? [say.t('quarterlyReport.bot.part.others')] : []),
    ...others.map((one) => say.t('quarterlyReport.bot.part.other', one)),
    ...(waiting === null ? [] : [say.t('quarterlyReport.bot.part.waiting', { where: waiting })]),
  ].join('\n')

const dayOf = (say: Say, day: string) => ({ day: formatBirthDate(say, day) })

const faultLines = (say: Say, { faults }: ReportLines): string | null =>
  faults.length === 0
    ? null
    : [say.t('quarterlyReport.bot.faults'), ...faults.map((one) => `• ${escapeHtml(one)}`)].join('\n')

/** So many changed rows are named; all of them are in the file. */
const mostNamed = 12

const changedLines = (say: Say, { changes }: ReportLines): string | null => {
  if (!changes || changes.length === 0) return null
  const more = changes.length - mostNamed
  return [
    say.t('quarterlyReport.bot.changed'),
    ...changes.slice(0, mostNamed).map((change) => say.t('quarterlyReport.bot.change', change)),
    ...(more > 0 ? [say.t('quarterlyReport.bot.more', { number: more })] : []),
  ].join('\n')
}
