import type { Tx } from '#storage/database.ts'
import { direct } from '#storage/direct.ts'
import type { Request } from './requests.ts'

export type NewRequest = Pick<
  Request,
  | 'id'
  | 'number'
  | 'draftId'
  | 'personId'
  | 'region'
  | 'territory'
  | 'kind'
  | 'applicant'
  | 'urgent'
  | 'helpKinds'
  | 'representativeConsent'
  | 'dataSharing'
  | 'answers'
  | 'contact'
  | 'submittedAt'
  | 'dueAt'
> &
  Partial<
    Pick<
      Request,
      'stage' | 'ground' | 'source' | 'urgentReasons' | 'assignedToId' | 'assignedAt' | 'escalateAt'
    >
  >

/** Inserts a request as `submitted`. Throws DomainError `already-open` for a second open one, or a second from one draft. */
export const insertRequest = async (tx: Tx, request: NewRequest): Promise<void> => {
  const { stage = 'registered', ground = 'consent', source = 'bot' } = request
  const { urgentReasons = null, assignedToId = null, assignedAt = null, escalateAt = null } = request
  await direct(tx)`
    INSERT INTO requests (id, number, draft_id, person_id, region, territory, kind, ground, source, applicant, urgent,
      urgent_reasons, help_kinds, representative_consent, data_sharing, status, answers, contact, submitted_at, due_at,
      stage, assigned_to_id, assigned_at, escalate_at)
    VALUES (${request.id}::uuid, ${request.number}, ${request.draftId}::uuid, ${request.personId}::uuid,
      ${request.region}, ${request.territory}, ${request.kind}, ${ground}, ${source}, ${request.applicant},
      ${request.urgent}, ${urgentReasons}, ${request.helpKinds}::text[], ${request.representativeConsent}, ${request.dataSharing},
      'submitted', ${request.answers}, ${request.contact}, ${request.submittedAt}, ${request.dueAt},
      ${stage}, ${assignedToId}::uuid, ${assignedAt}, ${escalateAt})`
}

/** Returns the next number of a year, `2026-000123`. Without gaps: a rollback also reverts the counter. */
export const nextNumber = async (tx: Tx, year: number): Promise<string> => {
  const [row] = await direct(tx)<{ last: number }>`
    INSERT INTO request_counters (year, last) VALUES (${year}, 1)
    ON CONFLICT (year) DO UPDATE SET last = request_counters.last + 1 RETURNING last`
  if (!row) throw new Error('the counter returned nothing')
  return `${year}-${String(row.last).padStart(6, '0')}`
}
