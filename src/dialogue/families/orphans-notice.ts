import { createCardBuilder } from '#dialogue/card-builder.ts'
import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import type { Notice } from '#dialogue/requests/requests-notice.ts'
import type { DialogueDeps } from '#dialogue/screen.ts'
import type { Person } from '#storage/people.ts'
import type { Orphans } from '#storage/staff/staff-work.ts'

/** Tells a supervisor how many families and visits have nobody who works here, by territory. */
export const orphansNotice = (
  { texts, region }: Pick<DialogueDeps, 'texts' | 'region'>,
  { account, language }: Pick<Person, 'account' | 'language'>,
  orphans: readonly Orphans[],
): Notice => {
  const { say, link } = createCardBuilder(texts.for(language, 'adult'), 0)
  const lines = orphans.map(({ territory, families, visits }) => {
    const counts = [
      ...(families > 0 ? [say.t('staff.orphans.families', { count: families })] : []),
      ...(visits > 0 ? [say.t('staff.orphans.visits', { count: visits })] : []),
    ]
    return `• ${optionLabel(say, region.code, 'territory', territory)}: ${counts.join(', ')}`
  })
  const html = [say.t('staff.orphans.title'), lines.join('\n'), say.t('staff.orphans.what')].join('\n\n')
  const rows = [[link(say.label('orphans.open'), 'orphans')]]
  return { account, view: { screen: 'alert.orphans', html, rows } }
}
