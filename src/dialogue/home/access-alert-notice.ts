import { formatDayUntil } from '#core/dates.ts'
import type { Notice } from '#dialogue/requests/requests-notice.ts'
import type { DialogueDeps } from '#dialogue/screen.ts'
import type { AccessActor } from '#features/staff/access-alerts.ts'
import type { Payload } from '#queue/queues.ts'
import type { Person } from '#storage/people.ts'

type Deps = Pick<DialogueDeps, 'texts' | 'region' | 'clock'>
type About = { alert: Payload<'access-alert'>; actor: AccessActor }

/** Tells a supervisor about somebody's access: who and how many, and nothing about any family. */
export const accessAlertNotice = (
  { texts, region, clock }: Deps,
  { account, language }: Pick<Person, 'account' | 'language'>,
  { alert: { kind, seen = 0, usual = 0 }, actor: { name, role, expiresAt } }: About,
): Notice => {
  const say = texts.for(language, 'adult')
  const until = (instant: Date) =>
    formatDayUntil(say, { instant, timeZone: region.timeZone, now: clock.now() })
  const whose = role === 'key' ? 'bulk-viewing-key' : 'bulk-viewing'
  const html =
    kind === 'key-expiring'
      ? say.t('staff.alerts.key-expiring', { name, day: expiresAt ? until(expiresAt) : '' })
      : say.t(`staff.alerts.${whose}`, {
          name,
          seen,
          usual,
          ...(role !== 'key' && { role: say.label(`staff.roles.${role}`) }),
        })
  return { account, view: { screen: `alert.${kind}`, html, rows: [] } }
}
