import { languages } from '#core/text.ts'
import { isInvited } from '#dialogue/families/join-screen.ts'
import type { Stateless } from '#dialogue/registry.ts'
import { defineScreen, type Step, type Turn } from '#dialogue/screen.ts'
import { lookForMember } from '#features/cases/after-look.ts'
import { textToAskAgain } from '#features/consents/ask-again.ts'
import { curatorForMember } from '#features/cases/curator-word.ts'
import { accountNews } from '#features/families/account-changes.ts'
import { familyForMember } from '#features/families/family-for-member.ts'
import { seesToReport } from '#features/reports/report-for-staff.ts'
import { openSurveyOf } from '#features/surveys/open-survey.ts'
import { togetherInMenu } from '#features/together/together-for-member.ts'
import { youSaidWeDidNews } from '#features/surveys/you-said-we-did.ts'
import { summaryOfWork } from '#features/worklist/agenda.ts'
import { findFamily } from '#storage/families/families.ts'
import { setLanguage } from '#storage/people.ts'
import { findStaff } from '#storage/staff/staff.ts'
import { homeStateOf } from './home-state.ts'
import { homeView, type Unsent } from './home-view.ts'

declare module '#dialogue/registry.ts' {
  interface ScreenStates {
    help: Stateless
    language: Stateless
  }
  interface Links {
    here: 'home'
    help: 'help'
    language: 'language'
  }
}

const noNews = { replacedBy: null, paused: false }

const toHome = (): Step => ({ to: { name: 'home' } })

/** Staff who joined before an update get its commands with their menu. */
const openMenu = ({ who }: Turn): Step =>
  who?.staff?.active ? { ...toHome(), commandMenu: 'staff' } : toHome()

export const homeScreen = defineScreen({
  name: 'home',
  aside: true,
  greets: true,
  links: {
    home: toHome,
    /** From the crisis card back to where the person was. */
    here: (turn) => ({ to: turn.session.screen }),
  },
  commands: {
    start: { description: 'commands.start', menus: { everyone: 1 }, run: openMenu },
    menu: { description: 'commands.menu', menus: { everyone: 2, staff: 8 }, run: openMenu },
  },
  draw: async (turn) => {
    const state = await homeStateOf(turn)
    return homeView(turn.builder, {
      draft: turn.who?.draft ? { since: turn.who.draft.updatedAt } : null,
      begun: Object.keys(turn.answers).length > 0,
      outdated: turn.outdated,
      held: turn.session.held !== undefined,
      invited: await isInvited(turn),
      known: turn.who !== null,
      consentAgain: (await textToAskAgain(turn.deps.database, turn.deps.consents, turn.who)) !== null,
      openRequest: turn.who?.openRequest != null,
      readOutsiders: state.request?.read === true,
      state,
      region: turn.deps.region,
      staff: await staffOf(turn),
      unsent: unsentOf(turn),
      family: await familyOf(turn),
      account: turn.who ? await accountNews(turn.deps.database, turn.who.person.id) : noNews,
      together: await togetherInMenu(turn.deps.database, turn),
      contact: turn.deps.organisation.contact,
      now: turn.now,
    })
  },
})

/** What a member of staff was taking down for somebody when they opened the menu. */
const unsentOf = ({ session: { before } }: Turn): Unsent | null => {
  if (before?.name === 'phone-call') return before.where === undefined ? null : 'phoneCall'
  return before?.name === 'incoming-new' && before.from !== undefined ? 'incoming' : null
}

const staffOf = async ({ deps, who, now }: Turn) => {
  const staff = who?.staff
  return staff?.active
    ? { ...staff, work: await summaryOfWork(deps, { staff, now }), report: seesToReport(staff, deps.region) }
    : null
}

const familyOf = async ({ deps, who, session, now }: Turn) => {
  if (!who || who.families.length === 0) return null
  const own = familyForMember(who, session.familyId)
  const family = await findFamily(deps.database, own.id)
  const curator = family?.curatorId ? await findStaff(deps.database, family.curatorId) : null
  const closed = family?.status === 'closed'
  const youSaidWeDid = await youSaidWeDidNews(deps.database, { personId: who.person.id, family: own })
  const several = who.families.length > 1 ? own.number : null
  const survey = await openSurveyOf(deps.database, who, now)
  // Somebody who has left is nobody's curator any more.
  const name = curator?.active ? curator.name : null
  const look = closed ? await lookForMember(deps.database, deps, { who, familyId: own.id, now }) : null
  const howNow = look?.state === 'asked' ? own.id : null
  const { asked } = await curatorForMember(deps.database, deps, { who, familyId: own.id, now })
  const aboutCurator = asked ? own.id : null
  return { curator: name, closed, several, youSaidWeDid, survey, howNow, aboutCurator }
}

export const helpScreen = defineScreen({
  name: 'help',
  aside: true,
  links: { help: () => ({ to: { name: 'help' } }) },
  commands: {
    help: {
      description: 'commands.help',
      menus: { everyone: 4, staff: 9 },
      run: () => ({ to: { name: 'help' } }),
    },
  },
  draw: (turn) => {
    const { organisation, region } = turn.deps
    const decider = turn.say.label(`regions.${region.code}.terms.deciderFirst`)
    const values = { organisation: organisation.name, contact: organisation.contact, decider }
    const html = turn.who?.staff?.active
      ? turn.say.t(`help.staff.${turn.who.staff.role}`)
      : turn.who?.families.length
        ? turn.say.t('help.family', values)
        : turn.say.t('help.text', values)
    const { say, builder } = turn
    if (turn.who?.staff?.active) return builder.card('help', html, [])
    return builder.card('help', html, [[builder.link(say.label('hide.how'), 'hide', 'how')]])
  },
})

export const languageScreen = defineScreen({
  name: 'language',
  aside: true,
  links: { language: () => ({ to: { name: 'language' } }) },
  commands: {
    language: {
      description: 'commands.language',
      menus: { everyone: 5, staff: 10 },
      run: () => ({ to: { name: 'language' } }),
    },
  },
  draw: (turn) => {
    const { builder } = turn
    const rows = languages.map((language) => {
      const mark = turn.say.language === language ? '✓ ' : ''
      return [builder.button(mark + turn.say.label(`language.names.${language}`), 'set', language)]
    })
    return builder.card('language', turn.say.t('language.title'), rows)
  },
  tap: async (turn, _, tap) => {
    const language = languages.find((one) => one === tap.arg)
    if (tap.action !== 'set' || !language) return null
    const { who, session, deps } = turn
    session.language = language
    if (who) await turn.once((tx) => setLanguage(tx, who.person.id, language))
    turn.say = deps.texts.for(language, turn.say.address)
    return { to: { name: 'language' }, toast: turn.say.label('language.changed') }
  },
})
