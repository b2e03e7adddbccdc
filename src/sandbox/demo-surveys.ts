import { setTimeout as pause } from 'node:timers/promises'
import { newId } from '#core/ids.ts'
import { addMember } from '#features/families/member-facts.ts'
import { tallyAnswers } from '#features/surveys/results/count-answers.ts'
import { placeOf } from '#features/surveys/survey-for-member.ts'
import { isEmpty, walkSurvey } from '#features/surveys/survey-walk.ts'
import type { Region } from '#regions/schema.ts'
import type { Database, Tx } from '#storage/database.ts'
import { changeFamily, type Family, insertFamily, type SupportLevel } from '#storage/families/families.ts'
import { bindMember, type Member } from '#storage/families/family-members.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import { createPerson } from '#storage/people.ts'
import { personIdOf } from '#storage/pushes/push-reach.ts'
import type { Sealer } from '#storage/seal.ts'
import { finishResponse, insertSurveyAnswers } from '#storage/surveys/survey-answers.ts'
import { setSurveysOff } from '#storage/surveys/survey-dispatch.ts'
import { changeInvitation, insertInvitations } from '#storage/surveys/survey-invitations.ts'
import { newestSurveys } from '#storage/surveys/surveys.ts'
import type { Answer, Question, Survey } from '#surveys/schema.ts'
import { demoComments } from './demo-texts.ts'

type Deps = { database: Database; sealer: Sealer; region: Region }

/** Between two families, so that the page is served while they are played on the same connection. */
const breather = 250
const families = 14
const months = 5
const day = 24 * 60 * 60 * 1000
const levels: readonly SupportLevel[] = ['basic', 'crisis', 'adaptation']
const kinds = [['psychological'], ['legal', 'social'], ['pedagogical', 'psychological'], ['medical']]

type Playing = { curatorId: string; now: Date; signal?: AbortSignal; breatherMs?: number }

/** Generates answers of the last months from families without phones on the page, so that the results have data. */
export const playSurveys = async (
  deps: Deps,
  { curatorId, now, signal, breatherMs = breather }: Playing,
): Promise<void> => {
  const surveys = (await newestSurveys(deps.database)).map(({ survey }) => survey)
  const asked = surveys.filter(({ code }) => code === 'after-visit' || code === 'interim')
  for (let nth = 0; nth < families && !signal?.aborted; nth += 1) {
    await pause(breatherMs)
    await deps.database.transaction(async (tx) => {
      // Generated before the last stop.
      if (await personIdOf(tx, deps.sealer, accountOf(nth))) return
      const { family, member } = await newFamily(tx, deps, { nth, curatorId, now })
      for (let back = months; back >= 0; back -= 1)
        for (const survey of asked) await answer(tx, deps, { survey, family, member, nth, back, now })
      // No curator, and no pushes to phones that do not exist.
      await setSurveysOff(tx, member.personId, true)
      await changeFamily(tx, family.id, { status: 'closed', closedAt: now })
    })
  }
}

const accountOf = (nth: number) => `played:${nth + 1}`

/** Whether answers were generated before, so that an interrupted run can be resumed. */
export const surveysBegun = async ({
  database,
  sealer,
}: Pick<Deps, 'database' | 'sealer'>): Promise<boolean> =>
  (await personIdOf(database, sealer, accountOf(0))) !== null

const newFamily = async (
  tx: Tx,
  deps: Deps,
  { nth, curatorId, now }: { nth: number; curatorId: string; now: Date },
): Promise<{ family: Family; member: Member & { personId: string } }> => {
  const createdAt = new Date(now.getTime() - (months + 1) * 30 * day)
  const family = await insertFamily(tx, {
    region: deps.region.code,
    territory: deps.region.territories[nth % 2]?.code ?? 'other',
    requestId: null,
    curatorId,
    level: levels[nth % levels.length] ?? 'basic',
    stage: 'activities',
    appliedAt: createdAt,
    createdAt,
  })
  const minor = nth % 5 === 4
  const person = await createPerson(tx, deps.sealer, {
    account: accountOf(nth),
    language: 'ru',
    address: minor ? 'minor' : 'adult',
  })
  const role = minor ? 'minor' : 'parent'
  const { id } = await addMember(tx, deps, { family, role, name: `№ ${nth + 1}`, now })
  const account = { personId: person.id, joinedAt: now, unconfirmedSince: null }
  return { family, member: { ...(await bindMember(tx, id, account)), personId: person.id } }
}

type Told = {
  survey: Survey
  family: Family
  member: Member & { personId: string }
  nth: number
  /** Months ago. */
  back: number
  now: Date
}

const answer = async (tx: Tx, { sealer, region }: Deps, played: Told): Promise<void> => {
  const { survey, family, member, nth, back } = played
  const at = new Date(played.now.getTime() - back * 30 * day - nth * day)
  const [invitation] = await insertInvitations(tx, [
    {
      key: `played.${survey.code}.${newId()}`,
      surveyCode: survey.code,
      version: survey.version,
      familyId: family.id,
      memberId: member.id,
      personId: member.personId,
      curatorId: family.curatorId,
      visitId: null,
      territory: family.territory,
      level: family.level,
      helpKinds: kinds[nth % kinds.length] ?? [],
      minor: member.role === 'minor',
      createdAt: at,
      dueAt: at,
      expiresAt: new Date(at.getTime() + 14 * day),
    },
  ])
  if (!invitation) return
  const { id } = invitation
  const given = new Map<string, Answer>()
  const whole = (nth + back + survey.code.length) % 3 !== 0
  const opened = whole || nth % 3 !== 2
  const told = { invitedAt: at, ...(opened && { openedAt: at }) }
  if (!whole && nth % 3 !== 0) {
    await changeInvitation(tx, id, { ...told, status: 'expired', endedAt: invitation.expiresAt })
    return
  }
  for (let { gap } = walkSurvey(survey, given); gap; { gap } = walkSurvey(survey, given))
    given.set(gap.code, playedAnswer(gap, played))
  const own = await sealerOf(tx, sealer, { member: member.id })
  const stored = [...given].map(([question, one]) => {
    const text = one.text === null ? null : own.seal(one.text, placeOf(id, question))
    const since = survey.questions.find(({ code }) => code === question)?.since ?? 1
    return { ...one, text, question, since }
  })
  // Some stop after the first question.
  await insertSurveyAnswers(tx, id, whole ? stored : stored.slice(0, 1), at)
  if (!whole) {
    await changeInvitation(tx, id, { ...told, status: 'expired', endedAt: at })
    return
  }
  const sentAt = new Date(at.getTime() + (40 + nth * 7) * 1000)
  const { answers } = walkSurvey(survey, given)
  if (answers.size === 0 || [...answers.values()].every(isEmpty)) return
  await tallyAnswers(tx, { invitation, survey, answers, timeZone: region.timeZone, now: sentAt })
  await finishResponse(tx, id, sentAt)
  await changeInvitation(tx, id, { ...told, status: 'finished', endedAt: sentAt })
}

/** Answers improve over time, with some variation. */
const playedAnswer = ({ kind, options = [], code }: Question, { nth, back }: Told): Answer => {
  const turn = (nth * 7 + back * 5 + code.length * 3) % 11
  const mood = Math.max(0, Math.min(4, 4 - Math.floor((turn + back) / 4)))
  const nothing = { number: null, codes: [], text: null }
  if (turn === 10) return nothing
  if (kind === 'scale') return { ...nothing, number: mood + 1 }
  if (kind === 'ten') return { ...nothing, number: mood * 2 + 2 }
  if (kind === 'yes-no') return { ...nothing, number: mood > 1 ? 1 : 0 }
  if (kind === 'text')
    return { ...nothing, text: demoComments[(nth * 5 + back) % (demoComments.length * 2)] ?? null }
  const place = Math.min(options.length - 1, 4 - mood)
  const chosen = kind === 'one' ? [options[place]] : options.filter((_, at) => (at + turn) % 3 === 0)
  return { ...nothing, codes: chosen.flatMap((option) => option?.code ?? []) }
}
