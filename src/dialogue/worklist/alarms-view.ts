import { formatDayUntil } from '#core/dates.ts'
import type { Say } from '#core/text.ts'
import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import type { Button, View } from '#dialogue/view.ts'
import type { AlarmToTell } from '#features/worklist/alarms-for-staff.ts'
import { type Around, termName } from './need-view.ts'

/** How many cases one notice names; the rest is in the list. */
const mostNamed = 6

/** What falls due, stands still or has nobody: a line and a button for each case, and nothing personal. */
export const alarmsView = (
  { say, link }: CardBuilder,
  { alarms, ...around }: Around & { alarms: readonly AlarmToTell[] },
): View => {
  const shown = alarms.slice(0, mostNamed)
  const part = (which: AlarmPart) => {
    const lines = shown.filter((alarm) => partOf(alarm) === which).map((alarm) => lineOf(say, alarm, around))
    return lines.length > 0 && [say.t(titles[which]), ...lines.map((line) => `• ${line}`)].join('\n')
  }
  const rest = alarms.length - shown.length
  const rows = new Map(shown.map((alarm): [string, Button[]] => [alarm.id, [buttonOf(say, link, alarm)]]))
  return {
    screen: 'work.alarms',
    html: paragraphs(
      part('holder'),
      part('first'),
      part('unchanged'),
      rest > 0 && say.t('worklist.alarms.rest', { number: rest }),
    ),
    rows: [...rows.values(), ...(rest > 0 ? [[link(say.label('worklist.buttons.mine'), 'mine')]] : [])],
  }
}

/** What is one's own; what a supervisor is told of for the first time; and where a working day has changed nothing. */
const titles = {
  holder: 'worklist.alarms.title',
  first: 'worklist.alarms.first',
  unchanged: 'worklist.alarms.supervisors',
} as const
type AlarmPart = keyof typeof titles

const partOf = ({ level, unchanged }: AlarmToTell): AlarmPart =>
  level === 'holder' ? 'holder' : unchanged ? 'unchanged' : 'first'

const buttonOf = (say: Say, link: CardBuilder['link'], { kind, id, number }: AlarmToTell): Button =>
  kind === 'request' ? link(number, 'card', id) : link(say.label('families.one', { number }), 'f-card', id)

const lineOf = (say: Say, alarm: AlarmToTell, { region, now }: Around): string => {
  const { kind, number, cause, detail, until, days, level, holder } = alarm
  const who = say.t(`worklist.alarms.${kind}`, { number })
  const term = cause === 'deadline-near' || cause === 'deadline-past'
  const values = {
    who,
    count: days,
    ...(term && { what: termName(say, region.code, detail) }),
    ...(term && { until: formatDayUntil(say, { instant: until, timeZone: region.timeZone, now }) }),
    ...((cause === 'still' || cause === 'skipped') && {
      stage: optionLabel(say, region.code, 'stages', detail),
    }),
  }
  const line = say.t(`worklist.alarms.${cause}`, values)
  if (level === 'holder' || holder === null || cause === 'nobody') return line
  return `${line} ${say.t('worklist.alarms.holder', { name: holder })}`
}
