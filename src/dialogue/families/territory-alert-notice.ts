import { optionLabel } from '#dialogue/intake/option-label-view.ts'
import type { Notice } from '#dialogue/requests/requests-notice.ts'
import type { DialogueDeps } from '#dialogue/screen.ts'
import type { Person } from '#storage/people.ts'

/** Tells a supervisor that a family of a territory waits that they do not serve, and nothing about the family. */
export const territoryAlertNotice = (
  { texts, region }: Pick<DialogueDeps, 'texts' | 'region'>,
  { account, language }: Pick<Person, 'account' | 'language'>,
  territory: string,
): Notice => {
  const say = texts.for(language, 'adult')
  const name = optionLabel(say, region.code, 'territory', territory)
  const html = say.t('staff.alerts.territory', { territory: name })
  return { account, view: { screen: 'alert.territory', html, rows: [] } }
}
