import type { Address, Language } from '#core/text.ts'
import type { NewConsent } from '#storage/consents/consents.ts'
import type { Tx } from '#storage/database.ts'

type NewDraft = {
  /** The id to keep the person under, where the account is new; the answers are sealed for it. */
  personId: string
  account: string
  language: Language
  address: Address
  version: number
  region: string
  /** Sealed at `drafts.answers` / person id. */
  answers: string
  consent: Pick<NewConsent, 'kind' | 'version' | 'textHash' | 'language'>
  now: Date
}

/**
 * The person, the consent and the draft in one statement; a draft that stood before is replaced. Throws when the
 * account has come to be kept under another id meanwhile: everything is undone, and judged again.
 */
export const createDraftWithConsent = async (tx: Tx, draft: NewDraft): Promise<void> => {
  const { personId, account, language, address, version, region, answers, consent, now } = draft
  const [row] = await tx.$queryRaw<{ person_id: string }[]>`
    WITH person AS (
      INSERT INTO persons (id, account, language, address, created_at)
      VALUES (${personId}::uuid, ${account}, ${language}, ${address}, ${now})
      ON CONFLICT (account) DO UPDATE SET address = EXCLUDED.address RETURNING id
    ), consent AS (
      INSERT INTO consents (id, person_id, kind, version, text_hash, language, given_at)
      SELECT gen_random_uuid(), id, ${consent.kind}, ${consent.version}, ${consent.textHash}, ${consent.language}, ${now}
      FROM person
    )
    INSERT INTO drafts (id, person_id, version, region, answers, revision, created_at, updated_at)
    SELECT gen_random_uuid(), id, ${version}, ${region}, ${answers}, 0, ${now}, ${now} FROM person
    ON CONFLICT (person_id) DO UPDATE SET id = EXCLUDED.id, version = EXCLUDED.version, region = EXCLUDED.region,
      answers = EXCLUDED.answers, revision = 0, created_at = EXCLUDED.created_at, updated_at = EXCLUDED.updated_at
    RETURNING person_id`
  if (row?.person_id !== personId) throw new Error('the person is kept under another id')
}

type Finished = {
  personId: string
  /** As it was read: the answers of this very revision are in the request. */
  draft: { id: string; revision: number }
  requestId: string
  /** The consents that were given with the request itself. */
  consents: readonly Pick<NewConsent, 'kind' | 'version' | 'textHash' | 'language' | 'givenAt'>[]
  now: Date
}

/**
 * What becomes of a draft once its request is kept, in one statement: the first event, the consents (those given
 * before belong to the request now), and the draft itself is gone. Throws when the draft has another revision by now:
 * everything is undone, and judged again.
 */
export const finishDraft = async (
  tx: Tx,
  { personId, draft, requestId, consents, now }: Finished,
): Promise<void> => {
  const gone = await tx.$executeRaw`
    WITH event AS (
      INSERT INTO request_events (request_id, at, kind) VALUES (${requestId}::uuid, ${now}, 'submitted')
    ), attached AS (
      UPDATE consents SET request_id = ${requestId}::uuid
      WHERE person_id = ${personId}::uuid AND request_id IS NULL AND withdrawn_at IS NULL
    ), given AS (
      INSERT INTO consents (id, person_id, request_id, kind, version, text_hash, language, given_at)
      SELECT gen_random_uuid(), ${personId}::uuid, ${requestId}::uuid, kind, version, "textHash", language, "givenAt"
      FROM jsonb_to_recordset(${JSON.stringify(consents)}::jsonb)
        AS given(kind text, version text, "textHash" text, language text, "givenAt" timestamptz)
    )
    DELETE FROM drafts WHERE id = ${draft.id}::uuid AND revision = ${draft.revision}`
  if (gone !== 1) throw new Error('the draft was changed meanwhile')
}
