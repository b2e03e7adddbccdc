import { beforeAll, describe, expect, test } from 'vitest'
import {
  asReader,
  type ReaderScope,
  type SurveyReader,
  surveyReaders,
} from '#storage/surveys/survey-reader.ts'
import { insertSurvey } from '#storage/surveys/surveys.ts'
import { type Asked, askedFamily, newCurator, sendSet } from '#test/support/answer-sets.ts'
import { useTestDatabase } from '#test/support/world-databases.ts'
import { aSurvey, text, yesNo } from '#test/support/drafts-of-surveys.ts'
import { surveySchema } from '#surveys/schema.ts'

// Checks what each reader role can see directly in the database, independently of the code above it.
const db = useTestDatabase()

const views = [
  'survey_sums_adults',
  'survey_funnel_adults',
  'survey_funnel_open_adults',
  'survey_sums',
  'survey_funnel',
  'survey_funnel_open',
  'survey_single_answers',
  'survey_curator_sums',
] as const
type View = (typeof views)[number]

const may: Record<SurveyReader, readonly View[]> = {
  results: ['survey_sums_adults', 'survey_funnel_adults', 'survey_funnel_open_adults'],
  supervisor: ['survey_sums', 'survey_funnel', 'survey_funnel_open', 'survey_single_answers'],
  curator: ['survey_curator_sums'],
}
const readers = Object.keys(surveyReaders) as SurveyReader[]

/** Every kind of answer set. */
type Kind = {
  minor: boolean
  contact: boolean
  partial: boolean
  about: 'me' | 'another'
  territory: 'leninsky' | 'oktyabrsky'
}
const either = [false, true]
const kinds: Kind[] = either.flatMap((minor) =>
  either.flatMap((contact) =>
    either.flatMap((partial) =>
      (['me', 'another'] as const).flatMap((about) =>
        (['leninsky', 'oktyabrsky'] as const).map((territory) => ({
          minor,
          contact,
          partial,
          about,
          territory,
        })),
      ),
    ),
  ),
)

const survey = surveySchema.parse(aSurvey([yesNo('so', { since: 1 }), text('words', { since: 1 })]))
type Row = Record<string, unknown>
let [me, another, rare] = ['', '', '']
const sent: (Kind & { invitationId: string; from: Asked })[] = []

beforeAll(async () => {
  await db().transaction((tx) => insertSurvey(tx, { survey, publishedAt: new Date('2026-01-01T00:00:00Z') }))
  ;[me, another, rare] = [await newCurator(db()), await newCurator(db()), await newCurator(db())]
  for (const kind of kinds) {
    const from = await askedFamily(db(), kind)
    const curatorId = kind.about === 'me' ? me : another
    const says = { so: 1, words: 'Спасибо' }
    sent.push({
      ...kind,
      from,
      invitationId: await sendSet(db(), { survey, from, says, ...kind, curatorId }),
    })
  }
  await sendSet(db(), { survey, from: await askedFamily(db()), says: { so: 0 }, curatorId: rare })
})

const read = (reader: SurveyReader, view: string, reach: ReaderScope): Promise<Row[]> =>
  asReader(db(), reader, reach, ({ tx }) => tx.$queryRawUnsafe<Row[]>(`SELECT * FROM ${view}`))

const own = (staffId: string | null): ReaderScope => ({ territories: ['leninsky'], staffId })
const all: ReaderScope = { territories: 'all', staffId: null }

describe('a role', () => {
  test.each(readers.flatMap((reader) => views.map((view) => ({ reader, view }))))(
    '$reader and $view',
    async ({ reader, view }) => {
      const asked = read(reader, view, all)
      if (may[reader].includes(view)) expect(await asked).toBeInstanceOf(Array)
      else await expect(asked).rejects.toThrow(/permission denied/)
    },
  )

  test('can read no table, and write nothing', async () => {
    const tables = await db().prisma.$queryRaw<{ name: string }[]>`
      SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'`
    expect(tables.length).toBeGreaterThan(40)
    const granted = await db().prisma.$queryRaw<unknown[]>`
      SELECT t.tablename, r.rolname FROM pg_tables t, pg_roles r
      WHERE t.schemaname = 'public' AND r.rolname = ANY (${Object.values(surveyReaders)}) AND has_table_privilege(
        r.rolname, quote_ident(t.tablename), 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')`
    expect(granted).toEqual([])
    const written = await db().prisma.$queryRaw<unknown[]>`
      SELECT c.relname FROM pg_class c, pg_roles r
      WHERE c.relkind = 'v' AND c.relname = ANY (${[...views]}) AND r.rolname = ANY (${Object.values(surveyReaders)})
        AND has_table_privilege(r.rolname, c.oid, 'INSERT, UPDATE, DELETE')`
    expect(written).toEqual([])
  })

  test.each(readers)('%s sees nothing without a scope', async (reader) => {
    for (const view of may[reader]) {
      const rows = await db().transaction(async (tx) => {
        await tx.$queryRaw`SELECT set_config('role', ${surveyReaders[reader]}, true)`
        return tx.$queryRawUnsafe<Row[]>(`SELECT * FROM ${view}`)
      })
      expect([view, rows]).toEqual([view, []])
    }
  })

  test('ends with its transaction, and so does its scope', async () => {
    await read('results', 'survey_sums_adults', all)
    await expect(read('results', 'survey_answers', all)).rejects.toThrow(/permission denied/)
    const [row] = await db().prisma.$queryRaw<Row[]>`
      SELECT current_user <> ${surveyReaders.results} AS own, coalesce(current_setting('ryadom.territories', true), '') AS reach`
    expect(row).toEqual({ own: true, reach: '' })
  })
})

describe('single answers', () => {
  test.each(kinds)(
    'minor $minor, contact $contact, partial $partial, about $about, in $territory',
    async (kind) => {
      const set = sent.find((one) =>
        Object.entries(kind).every(([key, value]) => one[key as keyof Kind] === value),
      )
      const rows = (await read('supervisor', 'survey_single_answers', own(me))).filter(
        ({ invitation_id }) => invitation_id === set?.invitationId,
      )
      const visible = !kind.partial && kind.about === 'another' && kind.territory === 'leninsky'
      expect(rows.map(({ question }) => question).sort()).toEqual(visible ? ['so', 'words'] : [])
      for (const row of rows) {
        const named = kind.contact ? set?.from : undefined
        expect(row).toMatchObject({
          minor: kind.minor,
          family_id: named?.familyId ?? null,
          member_id: named?.memberId ?? null,
          curator_id: another,
        })
        expect(row.id).not.toBe(set?.invitationId)
        expect(Object.keys(row)).not.toContain('person_id')
      }
    },
  )

  test('are visible for every territory and staff member to a client with access to all', async () => {
    const rows = await read('supervisor', 'survey_single_answers', all)
    const ids = new Set(rows.map(({ invitation_id }) => invitation_id))
    const finished = sent.filter(({ partial }) => !partial).map(({ invitationId }) => invitationId)
    expect(finished.every((id) => ids.has(id))).toBe(true)
    expect(ids.size).toBe(finished.length + 1)
  })

  test('do not name the staff member they are about if fewer than five families have answered', async () => {
    const rows = await read('supervisor', 'survey_single_answers', all)
    const about = new Set(rows.map(({ curator_id }) => curator_id))
    expect(about).toEqual(new Set([me, another, null]))
    expect(about.has(rare)).toBe(false)
  })
})

/** Counts the sets in the sums that a reader sees, by territory. */
const setsSeen = async (
  reader: SurveyReader,
  view: View,
  reach: ReaderScope,
): Promise<Record<string, number>> => {
  const rows = await read(reader, view, reach)
  const sums: Record<string, number> = {}
  for (const row of rows.filter(({ question, slice }) => question === '*' && slice === 'all')) {
    const territory = String(row.territory)
    sums[territory] = (sums[territory] ?? 0) + ((row.counts as number[])[1] ?? 0)
  }
  return sums
}

describe('sums', () => {
  test('of adults are visible for the territories in scope, and overall with access to all', async () => {
    expect(await setsSeen('results', 'survey_sums_adults', own(null))).toEqual({ leninsky: 5 })
    const everywhere = { '*': 9, leninsky: 5, oktyabrsky: 4 }
    expect(await setsSeen('results', 'survey_sums_adults', all)).toEqual(everywhere)
  })

  test('that include minors are visible to supervisors only', async () => {
    expect(await setsSeen('supervisor', 'survey_sums', own(me))).toEqual({ leninsky: 9 })
    expect(await setsSeen('supervisor', 'survey_sums', all)).toEqual({ '*': 17, leninsky: 9, oktyabrsky: 8 })
  })

  test('identify families by hashes that differ between questions', async () => {
    const rows = await read('supervisor', 'survey_sums', all)
    const marksOf = (question: string) =>
      new Set(
        rows
          .filter((row) => row.question === question && row.slice === 'all' && row.territory === 'leninsky')
          .flatMap(({ families }) => families as bigint[]),
      )
    expect(marksOf('*').size).toBeGreaterThanOrEqual(5)
    expect([...marksOf('*')].filter((mark) => marksOf('so').has(mark))).toEqual([])
  })
})

describe('a curator', () => {
  const sums = (staffId: string) => read('curator', 'survey_curator_sums', { territories: [], staffId })

  test('sees no sum of four adults, even if minors have answered too', async () => {
    expect(await sums(me)).toEqual([])
    expect(await sums(rare)).toEqual([])
  })

  test('sees a sum of five families about themselves for a past quarter, without minors', async () => {
    const from = await askedFamily(db())
    await sendSet(db(), { survey, from, says: { so: 0 }, curatorId: me })
    // A quarter that has not ended, whenever the test runs.
    for (let family = 0; family < 6; family += 1)
      await sendSet(db(), {
        survey,
        from: await askedFamily(db()),
        says: { so: 0 },
        curatorId: me,
        at: '2099-02-01T09:00:00Z',
      })
    const seen = await sums(me)
    expect(seen.find(({ question }) => question === '*')).toMatchObject({ answered: 5, passed_over: 0 })
    const so = seen.find(({ question }) => question === 'so')
    const values = [1, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    expect(so).toMatchObject({ survey_code: survey.code, since: 1, answered: 5, values })
    expect(seen.map(({ question }) => question)).not.toContain('words')
    expect(new Set(seen.map(({ quarter }) => (quarter as Date).toISOString().slice(0, 10)))).toEqual(
      new Set(['2026-04-01']),
    )
    expect(Object.keys(so ?? {})).not.toContain('families')
  })

  test('sees no single answer', async () => {
    await expect(read('curator', 'survey_single_answers', all)).rejects.toThrow(/permission denied/)
  })
})
