import { z } from 'zod'
import type { Stateless } from '#dialogue/registry.ts'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { parseQuietHours } from '#features/pushes/parse-quiet-hours.ts'
import { choosePushMode, chooseQuietHours, personForMember } from '#features/pushes/push-settings.ts'
import { type QuietHours, quietHoursPresets } from '#features/pushes/quiet-hours.ts'
import { allowSurveys, stopSurveys } from '#features/surveys/postpone.ts'
import { pushModes, pushSettingsOf } from '#storage/pushes/push-settings.ts'
import { surveysOffOf } from '#storage/surveys/survey-dispatch.ts'
import { pushModeView, quietHoursView, settingsView } from './settings-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    settings: Stateless
    'push-mode': Stateless
    'quiet-hours': z.infer<typeof quietHoursState>
  }
  interface Links {
    settings: 'settings'
  }
}

const settingsOf = ({ deps, who }: Turn) => pushSettingsOf(deps.database, personForMember(who).id)

/** Push settings: what the bot may send, and when. */
export const settingsScreen = defineScreen({
  name: 'settings',
  aside: true,
  links: { settings: () => ({ to: { name: 'settings' } }) },
  commands: {
    settings: {
      description: 'commands.settings',
      menus: { family: 4 },
      run: () => ({ to: { name: 'settings' } }),
    },
  },
  draw: async (turn) =>
    settingsView(turn.builder, {
      ...(await settingsOf(turn)),
      member: (turn.who?.families.length ?? 0) > 0,
      surveysOff: await surveysOffOf(turn.deps.database, personForMember(turn.who).id),
    }),
  tap: (turn, _, tap) => {
    personForMember(turn.who)
    if (tap.action === 'set') return surveys(turn, tap.arg)
    if (tap.action !== 'change') return null
    if (tap.arg === 'pushes') return { to: { name: 'push-mode' } }
    return tap.arg === 'quiet' ? { to: { name: 'quiet-hours' } } : null
  },
})

export const pushModeScreen = defineScreen({
  name: 'push-mode',
  aside: true,
  draw: async (turn) => pushModeView(turn.builder, (await settingsOf(turn)).pushMode),
  tap: async (turn, _, tap) => {
    if (tap.action === 'back') return back
    const mode = pushModes.find((one) => one === tap.arg)
    if (tap.action !== 'set' || !mode) return null
    const { id: personId } = personForMember(turn.who)
    await turn.once((tx) => choosePushMode(tx, { personId, mode }))
    return { ...back, toast: turn.say.label('settings.saved') }
  },
})

const quietHoursState = z.object({ problem: z.enum(['unclear', 'same']).optional() })

export const quietHoursScreen = defineScreen({
  name: 'quiet-hours',
  state: quietHoursState,
  aside: true,
  varies: ['problem'],
  draw: async (turn, { problem }) =>
    quietHoursView(turn.builder, {
      quiet: (await settingsOf(turn)).quiet,
      presets: quietHoursPresets.map((hours) => ({ ...hours, arg: presetArg(hours) })),
      ...(problem && { problem }),
    }),
  tap: async (turn, _, tap) => {
    if (tap.action === 'back') return back
    const quiet = quietHoursPresets.find((one) => presetArg(one) === tap.arg)
    return tap.action === 'set' && quiet ? save(turn, quiet) : null
  },
  words: (turn, _, text) => {
    const quiet = parseQuietHours(text)
    return typeof quiet === 'string' ? { to: { name: 'quiet-hours', problem: quiet } } : save(turn, quiet)
  },
})

/** Turns surveys on or off, as the button says. */
const surveys = async (turn: Turn, arg: string): Promise<Step | null> => {
  if (arg !== 'surveys-on' && arg !== 'surveys-off') return null
  const { id: personId } = personForMember(turn.who)
  await turn.once((tx) =>
    arg === 'surveys-on' ? allowSurveys(tx, { personId }) : stopSurveys(tx, { personId, now: turn.now }),
  )
  return { ...back, toast: turn.say.label('settings.saved') }
}

const back: Step = { to: { name: 'settings' } }

/** «2100-0800», the argument of a preset's button. */
const presetArg = ({ from, until }: QuietHours): string => `${from}-${until}`.replaceAll(':', '')

const save = async (turn: Turn, quiet: QuietHours): Promise<Step> => {
  const { id: personId } = personForMember(turn.who)
  await turn.once((tx) => chooseQuietHours(tx, turn.deps, { personId, quiet }))
  const saved = turn.say.label('settings.saved')
  return { ...back, ...(turn.input.event.kind === 'tap' ? { toast: saved } : { notice: saved }) }
}
