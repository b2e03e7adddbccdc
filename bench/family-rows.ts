import type { Client } from 'pg'
import { newId } from '#core/ids.ts'
import { sealPlan } from '#features/plan/open-plan.ts'
import { sealDoorCode, sealVisitContent } from '#features/visits/visit-content.ts'
import { peopleOf, sealer } from './accounts.ts'
import { boundsOf, dayAt, planOf } from './family-plan.ts'
import { openToFill } from './open-to-fill.ts'

/** Families inserted per batch. */
const batch = 250
const curators = 40
const visitsOfFamily = 5

/** The account of the member of family number n. */
export const accountOf = (family: number): string => `bench:${family}`

/**
 * Inserts families with one member, a plan of twenty activities and five visits each (two done, three upcoming).
 * Every document, visit and door code is encrypted as in the product, and all differ.
 */
export const fillWithFamilies = async (
  url: string,
  { now, families }: { now: Date; families: number },
): Promise<void> => {
  const client = await openToFill(url)
  try {
    const { rows } = await client.query<{ id: string }>(staffSql, [curators])
    const staff = rows.map(({ id }) => id)
    for (let first = 1; first <= families; first += batch) {
      const numbers = Array.from(
        { length: Math.min(batch, families - first + 1) },
        (_, index) => first + index,
      )
      await writeBatch(client, { now, staff, numbers })
    }
    await client.query('VACUUM ANALYZE')
  } finally {
    await client.end()
  }
}

type Batch = { now: Date; staff: readonly string[]; numbers: readonly number[] }

const writeBatch = async (client: Client, { now, staff, numbers }: Batch): Promise<void> => {
  const [persons, accounts, sealedAccounts] = peopleOf(numbers.map(accountOf))
  const families = numbers.map((number) => ({
    number,
    id: newId(),
    member: newId(),
    plan: newId(),
    staff: staff[number % staff.length],
    document: planOf(now, number),
  }))
  await client.query({
    name: 'families',
    text: familiesSql,
    values: [
      families.map(({ id }) => id),
      families.map(({ number }) => number),
      families.map((one) => one.staff),
      persons,
      accounts,
      sealedAccounts,
      families.map(({ member }) => member),
      families.map(({ member }) => sealer.seal('Ольга', `family_members.name.${member}`)),
      families.map(({ plan }) => plan),
      families.map(({ id, document }) => sealPlan(sealer, { familyId: id, version: 1 }, document)),
      dayAt(now, -80),
      dayAt(now, 100),
      new Date(now.getTime() - 80 * dayMs),
    ],
  })
  const activities = families.flatMap(({ id, document }) =>
    document.activities.map((activity) => ({ id, activity, bounds: boundsOf(activity.when) })),
  )
  await client.query({
    name: 'activities',
    text: activitiesSql,
    values: [
      activities.map(({ id }) => id),
      activities.map(({ activity }) => activity.code),
      activities.map(({ activity }) => activity.kind),
      activities.map(({ activity }) => activity.audience),
      activities.map(({ bounds }) => bounds[0]),
      activities.map(({ bounds }) => bounds[1]),
      activities.map(({ bounds }) => (bounds[1] < dayAt(now, -10) ? 'done' : 'planned')),
    ],
  })
  const visits = families.flatMap((family) =>
    Array.from({ length: visitsOfFamily }, (_, place) => ({ family, id: newId(), place })),
  )
  const startOf = (number: number, place: number) =>
    new Date(now.getTime() + ((place - 2) * 7 + 1 + (number % 5)) * dayMs + (number % 8) * hourMs)
  await client.query({
    name: 'visits',
    text: visitsSql,
    values: [
      visits.map(({ id }) => id),
      visits.map(({ family }) => family.id),
      visits.map(({ family }) => family.staff),
      visits.map(({ family, place }) => startOf(family.number, place)),
      visits.map(({ id, family }) =>
        sealVisitContent(sealer, id, {
          place: `Ленина, ${family.number}`,
          note: 'Приготовьте документы детей',
        }),
      ),
      visits.map(({ id, family, place }) =>
        sealDoorCode(
          sealer,
          { id, version: 0 },
          String((family.number * 7 + place) % 10_000).padStart(4, '0'),
        ),
      ),
      visits.map(({ family, place }) => (startOf(family.number, place) < now ? 'done' : 'planned')),
      now,
    ],
  })
}

const hourMs = 60 * 60 * 1000
const dayMs = 24 * hourMs

const staffSql = `
  INSERT INTO staff_members (id, name, role, territories)
  SELECT gen_random_uuid(), 'Curator ' || n, 'curator', ARRAY['leninsky'] FROM generate_series(1, $1::int) n
  RETURNING id`

const familiesSql = `
  WITH given AS (
    SELECT * FROM unnest($1::uuid[], $2::int[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::uuid[],
      $8::text[], $9::uuid[], $10::text[]) AS t (id, number, staff_id, person_id, account, sealed_account, member_id, name, plan_id, document)
  ), made AS (
    INSERT INTO families (id, number, region, territory, curator_id, level, stage, applied_at, created_at)
    SELECT id, number, 'stavropol', 'leninsky', staff_id, 'crisis', 'activities', $13, $13 FROM given
  ), people AS (
    INSERT INTO persons (id, account, sealed_account) SELECT person_id, account, sealed_account FROM given
  ), members AS (
    INSERT INTO family_members (id, family_id, person_id, role, name, added_at, joined_at)
    SELECT member_id, id, person_id, 'parent', name, $13, $13 FROM given
  )
  INSERT INTO plan_versions (id, family_id, version, level, "from", until, document, activities, at)
  SELECT plan_id, id, 1, 'crisis', $11::date, $12::date, document, 20, $13 FROM given`

const activitiesSql = `
  INSERT INTO activities (id, family_id, code, kind, audience, first_on, last_on, status, added_in)
  SELECT gen_random_uuid(), family_id, code, kind, audience, first_on, last_on, status, 1
  FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::date[], $6::date[], $7::text[])
    AS t (family_id, code, kind, audience, first_on, last_on, status)`

const visitsSql = `
  INSERT INTO visits (id, family_id, staff_id, starts_at, ends_at, purpose, audience, content, door_code, status,
    created_at, changed_at)
  SELECT id, family_id, staff_id, starts_at, starts_at + interval '1 hour', 'regular', 'family', content, door_code,
    status, $8, $8
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[], $5::text[], $6::text[], $7::text[])
    AS t (id, family_id, staff_id, starts_at, content, door_code, status)`
