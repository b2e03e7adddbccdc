import { countTerms, type CountedTerm } from '#features/cases/count-terms.ts'
import { endOfDay, marksOf } from '#features/cases/recount.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import { workingDay } from '#features/routing/reading-time.ts'
import { nextLookAt } from '#features/worklist/follow-up-rules.ts'
import type { Region } from '#regions/schema.ts'
import { peopleOf } from './accounts.ts'
import { openToFill } from './open-to-fill.ts'

/** For how many days back help has begun, evenly spread. */
const longDays = 180

/** Who is in charge of the cases, evenly: curators and supervisors share the territories. */
export type Centre = { curators: number; supervisors: number; territories: readonly string[] }
const oneOffice: Centre = { curators: 40, supervisors: 4, territories: ['leninsky'] }

/**
 * Open cases of a region in the middle of their help, as the product would have recorded them: each with its events, and the terms that
 * `countTerms` counts from them. What came near before today has been told; what comes near today waits for the sweep.
 */
export const fillWithCases = async (
  url: string,
  { region, cases, now, centre = oneOffice }: { region: Region; cases: number; now: Date; centre?: Centre },
): Promise<void> => {
  const { curators, supervisors, territories } = centre
  const client = await openToFill(url)
  try {
    await client.query(
      peopleSql,
      peopleOf(Array.from({ length: curators + supervisors }, (_, n) => `bench:${n}`)),
    )
    await client.query(staffSql, [curators, territories])
    await client.query(familiesSql, [cases, curators, marksOf(region)])
    await client.query(episodesSql, [longDays, now])
    const lives = Array.from({ length: longDays }, (_, ago) => lifeSince(region, now, ago))
    const events = lives.flatMap((life) => life.events)
    await client.query(eventsSql, [JSON.stringify(events), longDays, now])
    const terms = lives.flatMap((life) => life.terms)
    await client.query(termsSql, [JSON.stringify(terms), longDays, now])
    await client.query('VACUUM ANALYZE')
  } finally {
    await client.end()
  }
}

/** What happened to a case whose help began so many days ago, and what is due. */
const lifeSince = (region: Region, now: Date, ago: number) => {
  const today = dayAt(now, region.timeZone)
  const day = (days: number) => today.subtract({ days: ago + days }).toString()
  const began = [
    { kind: 'application', day: day(40) },
    { kind: 'survey-referral', day: day(38) },
    { kind: 'survey-done', day: day(37) },
    { kind: 'need-recognised', day: day(33) },
    { kind: 'ipss-sent', day: day(25) },
    { kind: 'ipss-approved', day: day(10) },
    { kind: 'ipss-copy-given', day: day(9) },
    { kind: 'contract', day: day(9) },
    { kind: 'ipss-began', day: day(0) },
  ]
  const open = { openingStage: 'registered', contactAfter: false, level: 'basic' } as const
  const count = (events: readonly { kind: string; day: string }[]) =>
    countTerms(region, { ...open, events: events.map(inRound) }, today.toString())
  const acts = count(began)
    .filter(({ code, dueOn }) => code === 'interim-diagnosis' && dueOn <= today.toString())
    .map(({ dueOn }) => ({ kind: 'interim-diagnosis', day: dueOn }))
  const events = [...began, ...acts]
  return {
    events: events.map((event) => ({ ago, ...event })),
    terms: count(events).map((term) => ({ ago, ...term, ...told(region, term, now) })),
  }
}

const inRound = <T>(event: T) => ({ ...event, round: 1, detail: null })

/** As the sweep would have left a term by the beginning of today. */
const told = (region: Region, { state, nearOn, dueOn }: CountedTerm, now: Date) => {
  const today = dayAt(now, region.timeZone)
  if (state !== 'open') return { lookAt: null, nearToldAt: null }
  const [near] = workingDay(region, today.with(dateOf(nearOn)))
  if (nearOn >= today.toString()) return { lookAt: near, nearToldAt: null }
  return { lookAt: nextLookAt(region, endOfDay(region, dueOn)), nearToldAt: near }
}

const dateOf = (iso: string) => {
  const [year = 0, month = 0, day = 0] = iso.split('-').map(Number)
  return { year, month, day }
}

const peopleSql = `
  INSERT INTO persons (id, account, sealed_account) SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[])`

const staffSql = `
  INSERT INTO staff_members (id, name, role, territories, person_id)
  SELECT gen_random_uuid(), 'Member ' || place, CASE WHEN place <= $1::int THEN 'curator' ELSE 'supervisor' END,
    ARRAY[($2::text[])[1 + place % cardinality($2::text[])]], id
  FROM (SELECT id, row_number() OVER (ORDER BY account) AS place FROM persons) p`

const familiesSql = `
  INSERT INTO families (id, number, region, territory, level, stage, applied_at, created_at, curator_id, terms_mark)
  SELECT gen_random_uuid(), n, 'stavropol', staff.territories[1], 'basic', 'activities', now(), now(), staff.id, $3
  FROM generate_series(1, $1::int) n
  JOIN (SELECT id, territories, row_number() OVER (ORDER BY name, id) AS place FROM staff_members WHERE role = 'curator') staff
    ON staff.place = 1 + (n - 1)::bigint * $2::int / $1::int`

const episodesSql = `
  INSERT INTO episodes (id, family_id, number, ground, accepted_on, opening_stage, at)
  SELECT gen_random_uuid(), id, 1, 'request', $2::timestamptz::date - number % $1::int - 40, 'registered', $2 FROM families`

const eventsSql = `
  INSERT INTO case_events (family_id, episode_id, round, kind, day, at)
  SELECT f.id, e.id, 1, given.kind, given.day, $3
  FROM jsonb_to_recordset($1::jsonb) given (ago int, kind text, day date)
  JOIN families f ON f.number % $2::int = given.ago JOIN episodes e ON e.family_id = f.id`

const termsSql = `
  INSERT INTO case_terms (id, family_id, episode_id, code, round, nth, counted_from, due_on, act_by, near_on, responsible,
    by_default, state, met_on, look_at, near_told_at, computed_at)
  SELECT gen_random_uuid(), f.id, e.id, code, round, nth, "countedFrom", "dueOn", "actBy", "nearOn", responsible,
    "byDefault", state, "metOn", "lookAt", "nearToldAt", $3
  FROM jsonb_to_recordset($1::jsonb) given (ago int, code text, round int, nth int, "countedFrom" date, "dueOn" date,
    "actBy" date, "nearOn" date, responsible text, "byDefault" boolean, state text, "metOn" date,
    "lookAt" timestamptz, "nearToldAt" timestamptz)
  JOIN families f ON f.number % $2::int = given.ago JOIN episodes e ON e.family_id = f.id`
