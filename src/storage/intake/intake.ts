import type { Address, Language } from '#core/text.ts'
import type { NewConsent } from '#storage/consents/consents.ts'
import type { Tx } from '#storage/database.ts'
import { direct } from '#storage/direct.ts'

type NewDraft = {
  /** The person's id if the account is new; the answers are sealed for this id. */
  personId: string
  /** The keyed hash of the account. */
  account: string
  sealedAccount: string
  language: Language
  address: Address
  version: number
  region: string
  /** Sealed at `drafts.answers` / person id. */
  answers: string
  consent: Pick<NewConsent, 'kind' | 'version' | 'textHash' | 'language'> & { id: string }
  now: Date
}

/**
 * Inserts the person, the consent and the draft in one statement; replaces an existing draft, and keeps its consent if it
 * is to the same text. A tap that another instance has carried out (a consent of this id) changes nothing. Returns
 * whether the consent is new. Throws if the account has been stored under another id meanwhile; the transaction is then
 * rolled back and the update retried.
 */
export const createDraftWithConsent = async (tx: Tx, draft: NewDraft): Promise<boolean> => {
  const { personId, account, sealedAccount, language, address, version, region, answers, consent, now } =
    draft
  const [row] = await direct(tx)<{ person_id: string; given: boolean }>`
    WITH known AS (
      UPDATE persons SET address = ${address}, consent_withdrawn_at = NULL WHERE id = ${personId}::uuid RETURNING id
    ), added AS (
      INSERT INTO persons (id, account, sealed_account, language, address, created_at)
      SELECT ${personId}::uuid, ${account}, ${sealedAccount}, ${language}, ${address}, ${now}
      WHERE NOT EXISTS (SELECT FROM known)
      ON CONFLICT (account) DO UPDATE SET address = EXCLUDED.address, consent_withdrawn_at = NULL RETURNING id
    ), person AS (
      SELECT id FROM known UNION ALL SELECT id FROM added
    ), consent AS (
      INSERT INTO consents (id, person_id, kind, version, text_hash, language, given_at)
      SELECT ${consent.id}::uuid, id, ${consent.kind}, ${consent.version}, ${consent.textHash}, ${consent.language}, ${now}
      FROM person WHERE NOT EXISTS (
        SELECT FROM consents WHERE person_id = person.id AND request_id IS NULL AND kind = ${consent.kind}
          AND text_hash = ${consent.textHash} AND NOT EXISTS (
            SELECT FROM consent_withdrawals WHERE consent_id = consents.id
          )
      ) ON CONFLICT (id) DO NOTHING RETURNING id
    )
    INSERT INTO drafts (id, person_id, version, region, answers, revision, created_at, updated_at)
    SELECT gen_random_uuid(), id, ${version}, ${region}, ${answers}, 0, ${now}, ${now} FROM person
    WHERE NOT EXISTS (SELECT FROM consents WHERE id = ${consent.id}::uuid)
    ON CONFLICT (person_id) DO UPDATE SET id = EXCLUDED.id, version = EXCLUDED.version, region = EXCLUDED.region,
      answers = EXCLUDED.answers, revision = 0, created_at = EXCLUDED.created_at, updated_at = EXCLUDED.updated_at
    RETURNING person_id, EXISTS (SELECT FROM consent) AS given`
  if (!row) return false
  if (row.person_id !== personId) throw new Error('the person is stored under another id')
  return row.given
}

type Finished = {
  personId: string
  /** The revision that was read; the request contains exactly its answers. */
  draft: { id: string; revision: number }
  requestId: string
  /** The consents given with the request itself. */
  consents: readonly Pick<NewConsent, 'kind' | 'version' | 'textHash' | 'language' | 'givenAt'>[]
  now: Date
}

/**
 * Completes a submission in one statement: adds the first event and the new consents, attaches earlier consents to the
 * request, and deletes the draft. Throws if the draft's revision has changed; the transaction is then rolled back and
 * the update retried.
 */
export const finishDraft = async (
  tx: Tx,
  { personId, draft, requestId, consents, now }: Finished,
): Promise<void> => {
  const gone = await direct(tx)`
    WITH event AS (
      INSERT INTO request_events (request_id, at, kind) VALUES (${requestId}::uuid, ${now}, 'submitted')
    ), attached AS (
      UPDATE consents SET request_id = ${requestId}::uuid
      WHERE person_id = ${personId}::uuid AND request_id IS NULL AND NOT EXISTS (
        SELECT FROM consent_withdrawals WHERE consent_id = consents.id
      )
    ), given AS (
      INSERT INTO consents (id, person_id, request_id, kind, version, text_hash, language, given_at)
      SELECT gen_random_uuid(), ${personId}::uuid, ${requestId}::uuid, kind, version, "textHash", language, "givenAt"
      FROM jsonb_to_recordset(${JSON.stringify(consents)}::jsonb)
        AS given(kind text, version text, "textHash" text, language text, "givenAt" timestamptz)
    )
    DELETE FROM drafts WHERE id = ${draft.id}::uuid AND revision = ${draft.revision} RETURNING id`
  if (gone.length !== 1) throw new Error('the draft was changed meanwhile')
}
