import { type ConsentForPerson, consentsForPerson } from '#features/consents/consent-registry.ts'
import type { Answers } from '#features/intake/answers.ts'
import { openAnswers } from '#features/intake/draft-answers.ts'
import { type OwnTogether, ownTogether } from '#features/together/together-for-member.ts'
import type { Region } from '#regions/schema.ts'
import type { Reader } from '#storage/database.ts'
import { hasCalendarLink, knownSince } from '#storage/my-data/own-rows.ts'
import type { Snapshot } from '#storage/people.ts'
import { pushSettingsOf } from '#storage/pushes/push-settings.ts'
import type { Sealer } from '#storage/seal.ts'
import { surveysOffOf } from '#storage/surveys/survey-dispatch.ts'
import { type OwnFamily, ownFamily } from './own-family.ts'
import { type OwnRequest, ownRequests } from './own-requests.ts'
import { type LookedAt, lookedAt } from './who-looked.ts'

export const ownDataFormat = 'ryadom.my-data/1'

/**
 * Everything that is kept about one account, as its holder may have it (152-ФЗ, ст. 14): their own words and facts, and what
 * the centre told them. Nothing that another member of the family said, that staff wrote for each other, or that `canSee`
 * hides: whoever is asked about decides, not whose family it is (ADR 113).
 */
export type OwnData = {
  format: typeof ownDataFormat
  madeAt: Date
  account: {
    since: Date | null
    language: string
    pushes: string
    quietHours: { from: string; until: string }
    surveys: boolean
    calendar: boolean
  }
  consents: ConsentForPerson[]
  draft: { changedAt: Date; answers: Answers | null } | null
  requests: OwnRequest[]
  families: OwnFamily[]
  together: OwnTogether[]
  lookedAt: LookedAt[]
}

type Deps = { sealer: Sealer; region: Region }

/** Reads it; writes nothing. */
export const ownData = async (
  reader: Reader,
  deps: Deps,
  { who, now }: { who: Snapshot; now: Date },
): Promise<OwnData> => {
  const { person, draft } = who
  const settings = await pushSettingsOf(reader, person.id)
  const families: OwnFamily[] = []
  for (const family of who.families) families.push(await ownFamily(reader, deps, { who, family, now }))
  return {
    format: ownDataFormat,
    madeAt: now,
    account: {
      since: await knownSince(reader, person.id),
      language: person.language,
      pushes: settings.pushMode,
      quietHours: settings.quiet,
      surveys: !(await surveysOffOf(reader, person.id)),
      calendar: await hasCalendarLink(reader, person.id),
    },
    consents: await consentsForPerson(reader, person.id),
    draft: draft && { changedAt: draft.updatedAt, answers: openAnswers(deps.sealer, { draft, person }) },
    requests: await ownRequests(reader, deps.sealer, person.id),
    families,
    together: await ownTogether(reader, deps.sealer, person.id),
    lookedAt: await lookedAt(reader, deps.region, person.id),
  }
}

/** The same as a file that programs read; the order of its parts never changes. */
export const ownDataJson = (data: OwnData): Uint8Array =>
  new TextEncoder().encode(`${JSON.stringify(data, null, 2)}\n`)
