import { spokenClock } from '#core/dates.ts'
import type { Button, View } from '#dialogue/view.ts'
import type { QuietHours } from '#features/pushes/quiet-hours.ts'
import type { PushMode } from '#storage/pushes/push-settings.ts'
import { type CardBuilder, paragraphs } from '../card-builder.ts'

export type SettingsFacts = {
  pushMode: PushMode
  quiet: QuietHours
  /** The person is a member of a family, so calendar and surveys apply. */
  member: boolean
  /** The person has opted out of surveys. */
  surveysOff: boolean
}

/** Push settings; each is changed on a card of its own. */
export const settingsView = (
  builder: CardBuilder,
  { pushMode, quiet, member, surveysOff }: SettingsFacts,
): View => {
  const { say, button, link } = builder
  const html = paragraphs(
    say.t('settings.title'),
    say.t(`settings.now.${pushMode}`),
    isNone(quiet) ? say.t('settings.quietNone') : say.t('settings.quiet', spoken(quiet)),
    member && say.t(surveysOff ? 'settings.surveysOff' : 'settings.surveysOn'),
  )
  const rows: Button[][] = [
    [button(say.label('settings.pushes'), 'change', 'pushes')],
    [button(say.label('settings.hours'), 'change', 'quiet')],
    ...(member
      ? [[surveysButton(builder, surveysOff)], [link(say.label('settings.calendar'), 'calendar')]]
      : []),
  ]
  return builder.card('settings', html, rows)
}

/** The argument names the target state, so a second tap repeats it instead of toggling back. */
const surveysButton = ({ say, button }: CardBuilder, off: boolean): Button =>
  off
    ? button(say.label('settings.allowSurveys'), 'set', 'surveys-on')
    : button(say.label('settings.stopSurveys'), 'set', 'surveys-off')

export const pushModeView = (builder: CardBuilder, current: PushMode): View => {
  const { say, button } = builder
  const rows = (['open', 'discreet', 'none'] as const).map((mode) => [
    button(ticked(say.label(`settings.options.${mode}`), mode === current), 'set', mode),
  ])
  return builder.card('push-mode', say.t('settings.pushMode'), rows)
}

export type QuietFacts = {
  quiet: QuietHours
  /** The presets on offer; `arg` identifies one on its button. */
  presets: readonly (QuietHours & { arg: string })[]
  problem?: 'unclear' | 'same'
}

const spoken = ({ from, until }: { from: string; until: string }) => ({
  from: spokenClock(from),
  until: spokenClock(until),
})

export const quietHoursView = (builder: CardBuilder, { quiet, presets, problem }: QuietFacts): View => {
  const { say, button } = builder
  const html = paragraphs(
    problem && `⚠️ ${say.t(`settings.problems.${problem}`)}`,
    say.t('settings.quietHours'),
  )
  const rows = presets.map(({ arg, ...hours }) => {
    const label = isNone(hours) ? say.label('settings.noQuiet') : say.label('settings.fromTo', spoken(hours))
    return [button(ticked(label, isSame(hours, quiet)), 'set', arg)]
  })
  return builder.card('quiet-hours', html, rows)
}

const ticked = (label: string, yes: boolean): string => (yes ? `✓ ${label}` : label)
const isNone = ({ from, until }: QuietHours): boolean => from === until
const isSame = (a: QuietHours, b: QuietHours): boolean =>
  isNone(a) ? isNone(b) : a.from === b.from && a.until === b.until
