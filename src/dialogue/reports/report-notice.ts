import { formatBirthDate } from '#core/dates.ts'
import { encodeLink } from '#dialogue/callback-data.ts'
import type { Notice } from '#dialogue/requests/requests-notice.ts'
import type { DialogueDeps } from '#dialogue/screen.ts'
import { formAndQuarter } from '#features/reports/quarter-report.ts'
import { shifted } from '#features/reports/quarters.ts'
import { reportDue } from '#features/reports/report-due.ts'
import { quarterWords } from '#features/reports/report-paper.ts'
import type { Payload } from '#queue/queues.ts'
import type { Person } from '#storage/people.ts'

/** Tells a supervisor that the report of a quarter is due, was made by itself, or is late: no figure of it. */
export const reportNotice = (
  { texts, region }: Pick<DialogueDeps, 'texts' | 'region'>,
  { account, language }: Pick<Person, 'account' | 'language'>,
  { kind, period }: Payload<'report-notice'>,
): Notice => {
  const say = texts.for(language, 'adult')
  const { form, quarter } = formAndQuarter(region, period)
  const last = shifted(reportDue(quarter, form, region).lateOn, -1)
  const values = { period: quarterWords(say, quarter), day: formatBirthDate(say, last) }
  return {
    account,
    view: {
      screen: `report.${kind}`,
      html: say.t(`quarterlyReport.notice.${kind}`, values),
      rows: [[{ label: say.label('quarterlyReport.bot.open'), data: encodeLink('quarter-report', period) }]],
    },
  }
}
