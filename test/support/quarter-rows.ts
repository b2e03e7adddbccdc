import { newId } from '#core/ids.ts'
import type { Database, Tx } from '#storage/database.ts'
import type { Sealer } from '#storage/seal.ts'
import { createDice, type Dice } from './dice.ts'
import { addHelp } from './quarter-help-rows.ts'
import { add, at, dayAfter, type Row, type Rows } from './quarter-row.ts'

/** Novgorod's, and a circumstance that one of its indicators asks for. */
const categories = [
  ...['disabled-child', 'early-health-needs', 'family-in-danger', 'young-offender', 'mother-newborn'],
  ...['pregnant-giving-up', 'single-parent', 'large-family', 'restricted-rights', 'other-category'],
]
const territories = ['north', 'south', 'west']
const keyId = newId()

/**
 * Families around the fourth quarter of 2026: returns, several categories that begin, end, are corrected and withdrawn, main ones marked
 * anew, contracts that were corrected or never made, help of every kind, and diagnoses that were changed. What is sealed stands in the
 * clear in `truth_codes` and `truth_help`, for SQL that is written apart.
 */
export const fillQuarter = async (
  database: Database,
  sealer: Sealer,
  { families, seed = 7 }: { families: number; seed?: number },
): Promise<void> => {
  const dice = createDice(seed)
  const { prisma } = database
  await prisma.$executeRawUnsafe('CREATE TABLE truth_codes (id uuid PRIMARY KEY, code text NOT NULL)')
  await prisma.$executeRawUnsafe('CREATE TABLE truth_help (id uuid PRIMARY KEY, code text NOT NULL)')
  await prisma.apiKey.create({
    data: {
      id: keyId,
      name: 'rows',
      tokenHash: keyId,
      scopes: [],
      territories: [],
      createdAt: new Date(at),
      expiresAt: new Date(at),
    },
  })
  const batch = 2_000
  for (let first = 1; first <= families; first += batch) {
    const rows: Rows = {}
    for (let number = first; number < first + batch && number <= families; number += 1)
      addFamily(rows, { dice, sealer, number })
    await database.transaction((tx) => insertAll(tx, rows))
  }
  await prisma.$executeRawUnsafe('ANALYZE')
}

const tables = [
  ...['families', 'episodes', 'case_events', 'case_needs', 'main_categories', 'plan_versions', 'activities'],
  ...['activity_marks', 'case_outcomes', 'truth_codes', 'truth_help'],
]

const insertAll = async (tx: Tx, rows: Rows): Promise<void> => {
  for (const table of tables) {
    const [first] = rows[table] ?? []
    if (!first) continue
    const columns = Object.keys(first)
      .map((name) => `"${name}"`)
      .join(', ')
    await tx.$executeRawUnsafe(`ALTER TABLE ${table} DISABLE TRIGGER USER`)
    await tx.$executeRawUnsafe(
      `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)`,
      JSON.stringify(rows[table]),
    )
    await tx.$executeRawUnsafe(`ALTER TABLE ${table} ENABLE TRIGGER USER`)
  }
}

type Making = { dice: Dice; sealer: Sealer; number: number }

const addFamily = (rows: Rows, { dice, sealer, number }: Making): void => {
  const id = newId()
  const territory = dice.pick(territories)
  add(rows, 'families', {
    ...{ id, number, region: 'novgorod', territory, stage: 'activities', status: 'active' },
    ...{
      applied_at: at,
      created_at: at,
      revision: 0,
      event_sequence: 0,
      safety_copied: true,
      updated_at: at,
    },
  })
  addEpisodes(rows, dice, id)
  addNeeds(rows, { dice, sealer, id })
  addHelp(rows, { dice, sealer, id })
}

let lastId = 0
const nextId = (): number => {
  lastId += 1
  return lastId
}

const addEpisodes = (rows: Rows, dice: Dice, familyId: string): void => {
  const count = dice.oneOf([
    [6, () => 1],
    [3, () => 2],
    [1, () => 3],
  ])
  let day = dayAfter('2026-04-01', dice.below(200))
  for (let number = 1; number <= count; number += 1) {
    const id = newId()
    const opening = dice.chance(0.1) ? 'activities' : 'registered'
    const contract = dayAfter(day, dice.below(20))
    const last = number === count
    const closed = last && dice.chance(0.6) ? null : dayAfter(contract, dice.below(70))
    add(rows, 'episodes', {
      ...{ id, family_id: familyId, number, ground: number === 1 ? 'earlier' : 'return', accepted_on: day },
      ...{
        opening_stage: opening,
        closed_on: closed,
        closing: closed && 'goals-reached',
        contact_after: false,
        at,
      },
    })
    const note = (kind: string, on: string, more: Row = {}) => {
      const eventId = nextId()
      const row = { id: eventId, family_id: familyId, episode_id: id, round: 1, kind, day: on, detail: null }
      add(rows, 'case_events', { ...row, implied: false, void: false, corrects_id: null, at, ...more })
      return eventId
    }
    note('application', day)
    if (opening === 'registered')
      dice.oneOf([
        [14, () => note('contract', contract)],
        // Its day was wrong; it never was; the stage was left out; there is none.
        [2, () => note('contract', contract, { corrects_id: note('contract', dayAfter(contract, 40)) })],
        [1, () => note('contract', contract, { void: true, corrects_id: note('contract', contract) })],
        [1, () => note('skipped', contract, { detail: 'contract' })],
        [2, () => 0],
      ])
    const found = (kind: string, answer: boolean, on: string) =>
      add(rows, 'case_outcomes', {
        ...{ id: nextId(), family_id: familyId, episode_id: id, kind, answer },
        ...{ day: on, api_key_id: keyId, staff_id: null, at },
      })
    if (dice.chance(0.4)) found('better', dice.chance(0.7), contract)
    if (dice.chance(0.1)) found('better', dice.chance(0.5), contract)
    if (dice.chance(0.3)) found('overcame', dice.chance(0.8), dayAfter(contract, dice.below(90)))
    if (dice.chance(0.05)) found('overcame', false, contract)
    day = dayAfter(closed ?? contract, 1 + dice.below(40))
  }
}

const addNeeds = (
  rows: Rows,
  { dice, sealer, id: familyId }: Omit<Making, 'number'> & { id: string },
): void => {
  const made: string[] = []
  const codes = new Set(Array.from({ length: dice.below(4) }, () => dice.pick(categories) ?? ''))
  const all = [...codes].map((code) => ({ kind: 'category', code }))
  if (dice.chance(0.3)) all.push({ kind: 'circumstance', code: 'giving-up-child' })
  for (const { kind, code } of all) {
    const needId = newId()
    const since = dayAfter('2026-03-01', dice.below(300))
    const until = dice.chance(0.3) ? dayAfter(since, dice.below(200)) : null
    const version = (number: number, rowId: string, more: Row) => {
      add(rows, 'truth_codes', { id: rowId, code })
      add(rows, 'case_needs', {
        ...{ id: rowId, need_id: needId, version: number, family_id: familyId, kind },
        ...{ code: sealer.seal(code, `case_needs.code.${rowId}`), since, until: null, withdrawn: false },
        ...{ found_by: 'staff', at: `${dayAfter(since, 1)}T0${made.length}:00:00Z`, ...more },
      })
    }
    version(1, needId, {})
    if (until) version(2, newId(), { until })
    else if (dice.chance(0.05)) version(2, newId(), { withdrawn: true })
    if (kind === 'category') made.push(needId)
  }
  for (let left = made.length > 1 && dice.chance(0.5) ? 2 : 0; left > 0; left -= 1)
    add(rows, 'main_categories', {
      ...{ id: nextId(), family_id: familyId, need_id: dice.pick(made) },
      ...{ since: dayAfter('2026-06-01', dice.below(200)), at },
    })
}
