import { randomUUID } from 'node:crypto'
import { tallyAnswers } from '#features/surveys/results/count-answers.ts'
import { newConsoleAddress } from '#features/console/console-access.ts'
import { placeOf } from '#features/surveys/survey-for-member.ts'
import { region } from '#regions/index.ts'
import { playSurveys } from '#sandbox/demo-surveys.ts'
import { findFamily } from '#storage/families/families.ts'
import { findMember } from '#storage/families/family-members.ts'
import { createSealer } from '#storage/seal.ts'
import { allowContact, finishResponse, saveSurveyAnswer } from '#storage/surveys/survey-answers.ts'
import { changeInvitation, insertInvitations } from '#storage/surveys/survey-invitations.ts'
import { findSurvey } from '#storage/surveys/surveys.ts'
import type { Answer } from '#surveys/schema.ts'
import { openWithFamily } from './family.ts'
import { staffIdOf } from './submitted.ts'
import { testKeys, type World, type WorldOptions } from './world.ts'

const sealer = createSealer(testKeys)

/** Answers of some months by fourteen families. */
export const playAnswers = (world: World, curatorId: string): Promise<void> =>
  playSurveys(
    { database: world.database, sealer, region: region('stavropol') },
    { curatorId, now: world.clock.now(), breatherMs: 0 },
  )

/** An address that leads to the results, as the bot gives it. */
export const addressFor = async (world: World, staffId: string): Promise<string> => {
  const made = { pagesUrl: world.app().url, staffId, to: 'surveys', now: world.clock.now() }
  return (await world.database.transaction((tx) => newConsoleAddress(tx, { sealer }, made))).address
}

export type Visited = { status: number; headers: Headers; text: string; bytes: Buffer }

/** A browser with a cookie of its own, that follows nothing by itself. */
export const visitor = (world: World, own: { cookie?: string } = {}) => {
  let cookie = own.cookie ?? ''
  const call = async (
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: string,
  ): Promise<Visited> => {
    const answer = await fetch(new URL(path, world.app().url), {
      method,
      redirect: 'manual',
      headers: { ...(cookie && { cookie }), ...headers },
      ...(body !== undefined && { body }),
    })
    const set = answer.headers.get('set-cookie')
    if (set) cookie = set.split(';')[0] ?? ''
    const bytes = Buffer.from(await answer.arrayBuffer())
    return { status: answer.status, headers: answer.headers, text: bytes.toString('utf8'), bytes }
  }
  const form = { 'content-type': 'application/x-www-form-urlencoded' }
  return {
    cookie: () => cookie,
    get: (path: string, headers: Record<string, string> = {}) => call('GET', path, headers),
    /** As a form of the page sends it, unless other heads are told. */
    post: (path: string, fields: Record<string, string> = {}, headers: Record<string, string> = {}) =>
      call(
        'POST',
        path,
        { ...form, origin: new URL(world.app().url).origin, ...headers },
        new URLSearchParams(fields).toString(),
      ),
  }
}

/** A family's centre whose supervisor may look at results. */
export const openResults = async (options: WorldOptions = { mode: 'webhook' }) => {
  const centre = await openWithFamily({ at: '2026-11-25T07:00:00Z', ...options })
  const supervisorId = await staffIdOf(centre.world, 'Елена')
  return { ...centre, supervisorId }
}

/** What a member of staff did that is audited, the earliest first. */
export const auditOf = async ({ database }: World, staffId: string) =>
  (await database.prisma.auditEntry.findMany({ where: { staffId }, orderBy: { id: 'asc' } })).map(
    ({ action }) => action,
  )

/** A low answer to `after-visit` with words to it, sent now by a member who has joined. */
export const writeWords = async (
  world: World,
  { memberId, text, contact = false }: { memberId: string; text: string; contact?: boolean },
): Promise<void> => {
  const now = world.clock.now()
  const timeZone = region('stavropol').timeZone
  await world.database.transaction(async (tx) => {
    const member = await findMember(tx, memberId)
    const family = member && (await findFamily(tx, member.familyId))
    const kept = await findSurvey(tx, { code: 'after-visit', version: 1 })
    if (!member?.personId || !family || !kept) throw new Error('nobody to write')
    const [invitation] = await insertInvitations(tx, [
      {
        key: randomUUID(),
        surveyCode: 'after-visit',
        version: 1,
        familyId: family.id,
        memberId,
        personId: member.personId,
        curatorId: family.curatorId,
        visitId: null,
        territory: family.territory,
        level: family.level,
        helpKinds: [],
        minor: member.role === 'minor',
        createdAt: now,
        dueAt: now,
        expiresAt: now,
      },
    ])
    if (!invitation) throw new Error('not invited')
    const { id } = invitation
    const none = { number: null, codes: [], text: null }
    const answers = new Map<string, Answer>([
      ['helped', { ...none, number: 2 }],
      ['missing', { ...none, text }],
    ])
    for (const [question, one] of answers) {
      const sealed = one.text === null ? null : sealer.seal(one.text, placeOf(id, question))
      await saveSurveyAnswer(tx, id, { ...one, text: sealed, question, since: 1 }, now)
    }
    await tallyAnswers(tx, { invitation, survey: kept.survey, answers, timeZone, now })
    if (contact) await allowContact(tx, id, true)
    await finishResponse(tx, id, now)
    await changeInvitation(tx, id, { status: 'finished', invitedAt: now, openedAt: now, endedAt: now })
  })
}
