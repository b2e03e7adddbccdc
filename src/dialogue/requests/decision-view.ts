import { formatDay } from '#core/dates.ts'
import type { Say } from '#core/text.ts'
import type { Decision, DecisionWord } from '#features/requests/decision.ts'
import type { RequestForMember } from '#features/requests/request-for-member.ts'
import type { Region } from '#regions/schema.ts'

type Facts = {
  decision: Decision
  specialist: RequestForMember['specialist']
  /** The centre's contact outside of the bot. */
  contact: string
  region: Region
  now: Date
}

/** What was decided, by whom and when, why, what one can do now, and how to disagree. Paragraphs of a card. */
export const decisionLines = (say: Say, facts: Facts): (string | undefined)[] => {
  const { decision, specialist, contact } = facts
  const { outcome, words } = decision
  const by = decidedBy(say, facts)
  if (outcome === 'support-agreed')
    return [say.t('decision.agreed', { by }), line(say, 'reason', words.reason)]
  // Closed before the centre's words were asked for.
  const wordless = words.reason === undefined
  return [
    outcome === 'passed-on'
      ? say.t(wordless ? 'decision.passedOnEarlier' : 'decision.passed-on', {
          organisation: words.organisation ?? '',
          contact,
        })
      : say.t(`decision.${outcome}`, { by }),
    ...(outcome === 'passed-on' ? passedOnLines(say, decision) : []),
    wordless && outcome !== 'passed-on'
      ? say.t('decision.reasonEarlier', { contact })
      : line(say, 'reason', words.reason),
    line(say, 'instead', words.instead),
    specialist
      ? say.t('decision.answers', {
          name: specialist.name,
          role: say.label(`staff.roles.${specialist.role}`),
        })
      : undefined,
    say.t(`decision.disagree.${outcome}`, { contact }),
  ]
}

const passedOnLines = (say: Say, { words }: Decision): (string | undefined)[] => {
  if (words.reason === undefined) return []
  const lines = [line(say, 'help', words.help), line(say, 'phone', words.phone)].filter(Boolean)
  return [lines.join('\n'), line(say, 'passed', words.passed) ?? say.t('decision.notPassed')]
}

/** The commission by the name that the region has for whoever decides there: not every one has a commission. */
const decidedBy = (say: Say, { decision, region, now }: Facts): string => {
  const own = `regions.${region.code}.terms.decided`
  const key = decision.by === 'commission' && say.has(own) ? own : `decision.by.${decision.by}`
  return say.t(key, {
    day: formatDay(say, { instant: decision.at, timeZone: region.timeZone, now }),
  })
}

const line = (say: Say, word: DecisionWord, text: string | undefined): string | undefined =>
  text === undefined ? undefined : say.t(`decision.${word}`, { [word]: text })
