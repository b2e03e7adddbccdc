import { dayAt } from '#features/deadlines/deadlines.ts'
import { type CaseEventKind, caseEventKinds } from '#regions/case-rules.ts'
import type { Region } from '#regions/schema.ts'
import type { Tx } from '#storage/database.ts'
import {
  addCaseEvent,
  type CaseEvent,
  caseEventsOf,
  caseEventsOfFamilies,
  inForce,
  type NewCaseEvent,
} from '#storage/cases/case-events.ts'
import {
  closeEpisode,
  type Episode,
  insertEpisode,
  lastEpisode,
  lastEpisodes,
} from '#storage/cases/episodes.ts'
import { type EndReason, type Family, familyEventsOf } from '#storage/families/families.ts'

/** Before it became a duty, the interim diagnosis was a stage in Nyagan. */
const formerStage = 'interim-diagnosis'

export const dayOfMoment = ({ timeZone }: Pick<Region, 'timeZone'>, moment: Date): string =>
  dayAt(moment, timeZone).toString()

/** The episode that runs or ran last, with the events of it that hold and the number of its round. */
export type CaseNow = {
  episode: Episode
  events: CaseEvent[]
  round: number
  /** Terms that somebody has explained, also of earlier episodes: `<episode> <term>`. */
  explained: ReadonlySet<string>
}

/**
 * What is recorded of a family's present episode. A family that has none yet gets it from the history of its stages: one episode,
 * and an event for each stage that began or ended, on the day of that. The family is locked by the caller.
 */
export const caseNow = async (tx: Tx, region: Region, family: Family, now: Date): Promise<CaseNow> => {
  const episode = (await lastEpisode(tx, family.id)) ?? (await fromHistory(tx, region, family, now))
  return toCase(episode, await caseEventsOf(tx, family.id))
}

/** The same of many families, without those that have no episode yet. */
export const casesNow = async (tx: Tx, familyIds: readonly string[]): Promise<Map<string, CaseNow>> => {
  const events = await caseEventsOfFamilies(tx, familyIds)
  const episodes = await lastEpisodes(tx, familyIds)
  return new Map(episodes.map((one) => [one.familyId, toCase(one, events.get(one.familyId) ?? [])]))
}

const toCase = (episode: Episode, rows: readonly CaseEvent[]): CaseNow => {
  const held = inForce(rows)
  const events = held.filter(({ episodeId }) => episodeId === episode.id)
  const explained = held.flatMap(({ kind, episodeId, detail }) =>
    kind === 'explained' ? [`${episodeId} ${detail}`] : [],
  )
  const round = Math.max(1, ...events.map((event) => event.round))
  return { episode, events, round, explained: new Set(explained) }
}

const fromHistory = async (tx: Tx, region: Region, family: Family, now: Date): Promise<Episode> => {
  const day = (moment: Date) => dayOfMoment(region, moment)
  const { id: familyId, createdAt, closedAt } = family
  const ground = family.requestId === null ? 'earlier' : 'request'
  const opening = {
    familyId,
    ground,
    acceptedOn: day(createdAt),
    openingStage: family.stage,
    at: now,
  } as const
  const episode = await insertEpisode(tx, opening)
  const add = (kind: string, moment: Date, detail: string | null = null) =>
    addCaseEvent(tx, {
      ...{ familyId, episodeId: episode.id, round: 1, at: now },
      ...{ kind, day: day(moment), detail, implied: true },
    })
  const known = new Set<string>()
  const once = async (kind: CaseEventKind, moment: Date) => {
    if (known.has(kind) || !region.caseRules.events[kind]) return
    known.add(kind)
    await add(kind, moment)
  }
  await once('application', family.appliedAt)
  const history = await familyEventsOf(tx, familyId)
  // A level that nobody has changed is the one with which the family was accepted.
  if (family.level !== null && !history.some(({ kind }) => kind === 'level'))
    await add('level-set', createdAt, family.level)
  let stage: string | null = null
  for (const { kind, detail, at } of history) {
    if (kind === 'level' && detail) await add('level-set', at, detail)
    if (kind !== 'stage' || !detail) continue
    if (detail === formerStage && !region.stages.includes(detail)) await add('interim-diagnosis', at)
    if (!region.stages.includes(detail)) continue
    for (const implied of impliedBy(region, stage, detail)) await once(implied, at)
    stage = detail
  }
  if (family.status !== 'closed' || !closedAt) return episode
  const end = history.findLast(({ kind }) => kind === 'closed')
  const closing = (end?.detail ?? null) as EndReason | null
  await add('closed', closedAt, closing)
  const closedOn = day(closedAt < createdAt ? createdAt : closedAt)
  await closeEpisode(tx, episode.id, { closedOn, closing, contactAfter: false })
  return { ...episode, closedOn, closing }
}

/** What a change of stage says of events: the one that ends the stage before, if none was left out, and those that begin the new one. */
export const impliedBy = (
  { caseRules, stages }: Region,
  from: string | null,
  to: string,
): CaseEventKind[] => {
  const next = from === null ? undefined : stages[stages.indexOf(from) + 1]
  return caseEventKinds.filter((kind) => {
    const rule = caseRules.events[kind]
    return rule?.begins === to || (next === to && rule?.ends === from)
  })
}

/** The stages between two that follow one another with others between them. */
export const stagesBetween = ({ stages }: Pick<Region, 'stages'>, from: string, to: string): string[] =>
  stages.slice(stages.indexOf(from) + 1, stages.indexOf(to))

export type Noted = Pick<NewCaseEvent, 'kind' | 'day'> &
  Partial<NewCaseEvent> & { by: { staffId?: string | undefined; apiKeyId?: string | undefined }; now: Date }

/** Writes an event of the present episode. */
export const noteCase = (
  tx: Tx,
  { episode, round }: Pick<CaseNow, 'episode' | 'round'>,
  { by, now, ...event }: Noted,
): Promise<CaseEvent> =>
  addCaseEvent(tx, {
    ...{ familyId: episode.familyId, episodeId: episode.id, round, at: now },
    ...event,
    staffId: by.staffId ?? null,
    apiKeyId: by.apiKeyId ?? null,
  })
