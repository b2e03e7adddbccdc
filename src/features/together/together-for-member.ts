import { DomainError } from '#core/errors.ts'
import { isOpen } from '#features/requests/conversation.ts'
import { openContact, openContent } from '#features/requests/request-content.ts'
import type { Region } from '#regions/schema.ts'
import type { Reader } from '#storage/database.ts'
import type { Snapshot } from '#storage/people.ts'
import { findRequest } from '#storage/requests/requests.ts'
import {
  findTogether,
  type Together,
  togetherOfPerson,
  togetherOfRequest,
  type TogetherStatus,
} from '#storage/requests/together.ts'
import type { Sealer } from '#storage/seal.ts'
import type { Side } from './move-together.ts'
import { joinerNameOf, linkOf, starterNameOf } from './together-names.ts'
import { mayAskTogether, needsAgreement } from './together-rules.ts'

/** What one of the two sees: the state and its end, and the other's name as they gave it. Nothing that the other said. */
export type TogetherForMember = {
  id: string
  side: Side
  joinsAs: Together['joinsAs']
  status: TogetherStatus
  /** The last day of waiting. */
  until: Date
  /** Since when it is as it is. */
  since: Date
  /** Null: they do not want to be named, or nobody has answered. */
  other: string | null
  /** The one-time link, for the starter while it works. */
  link: string | null
  /** For a joiner who is in: the request, and how far it is. */
  request: { number: string; state: 'submitted' | 'claimed' | 'over' } | null
}

type Deps = { sealer: Sealer; region: Region; botUsername: () => string }
type By = { who: Snapshot | null; now: Date }

/** One that is the person's own. Throws `not-found` for anybody else's. */
export const togetherForMember = async (
  reader: Reader,
  deps: Deps,
  { who, id }: By & { id: string },
): Promise<TogetherForMember> => {
  const row = who && (await findTogether(reader, id))
  if (!row || (row.starterId !== who.person.id && row.joinerId !== who.person.id))
    throw new DomainError('not-found')
  return shown(reader, deps, row, who.person.id)
}

const shown = async (
  reader: Reader,
  { sealer, botUsername }: Deps,
  row: Together,
  personId: string,
): Promise<TogetherForMember> => {
  const side = row.starterId === personId ? 'starter' : 'joiner'
  const joined = side === 'joiner' && row.status === 'joined'
  const request = joined ? await findRequest(reader, row.requestId) : null
  const { id, joinsAs, status } = row
  return {
    ...{ id, side, joinsAs, status, until: row.expiresAt },
    since: row.endedAt ?? row.joinedAt ?? row.answeredAt ?? row.startedAt,
    other: side === 'joiner' ? starterNameOf(sealer, row) : joinerNameOf(sealer, row),
    link: side === 'starter' ? linkOf(sealer, row, botUsername()) : null,
    request: request && {
      number: request.number,
      state: request.status === 'submitted' || request.status === 'claimed' ? request.status : 'over',
    },
  }
}

/** What the person's open request has of it. */
export type TogetherOfOwn = {
  /** For whom the link would be; null: it is not offered. */
  offered: Together['joinsAs'] | null
  /** The name in the request. */
  name: string | null
  current: TogetherForMember | null
  /** A parent's agreement, where the region asks for one; null: it does not. */
  agreement: 'awaited' | 'given' | null
}

const nothing: TogetherOfOwn = { offered: null, name: null, current: null, agreement: null }

/** The same for a person without an open request: nothing. */
export const togetherOfOwnRequest = async (
  reader: Reader,
  deps: Deps,
  { who, now }: By,
): Promise<TogetherOfOwn> => {
  if (!who?.openRequest) return nothing
  const { id } = who.openRequest
  const [request, row] = await Promise.all([findRequest(reader, id), togetherOfRequest(reader, id)])
  if (!request || !isOpen(request)) return nothing
  const current = row && (await shown(reader, deps, row, who.person.id))
  if (!(await mayAskTogether(reader, deps, { request, now }))) return { ...nothing, current }
  const needed = needsAgreement(request, openContent(deps.sealer, request), { region: deps.region, now })
  const given = row?.status === 'joined' && row.agreement?.kind === 'support-request'
  return {
    offered: request.applicant === 'minor' ? 'adult' : 'minor',
    name: openContact(deps.sealer, request).name ?? null,
    current,
    agreement: needed ? (given ? 'given' : 'awaited') : null,
  }
}

/** For how long (ms) an end is news in the menu. */
const newsMs = 14 * 24 * 60 * 60 * 1000

/** Those that the menu leads to, because no card of an own request does. */
export const togetherInMenu = async (
  reader: Reader,
  { who, now }: By,
): Promise<{ id: string; status: TogetherStatus } | null> => {
  if (!who || who.staff) return null
  const rows = (await togetherOfPerson(reader, who.person.id)).filter(
    ({ starterId, requestId, endedAt, status }) =>
      (starterId !== who.person.id || (requestId !== who.openRequest?.id && status === 'joined')) &&
      (endedAt === null || now.getTime() - endedAt.getTime() < newsMs),
  )
  const row = rows.findLast(({ endedAt }) => endedAt === null) ?? rows.at(-1)
  return row ? { id: row.id, status: row.status } : null
}

/** What is kept of a person's own part, for their copy: no word of the other's. */
export type OwnTogether = {
  side: Side
  status: TogetherStatus
  startedAt: Date
  answeredAt: Date | null
  joinedAt: Date | null
  endedAt: Date | null
  /** How they wanted to be named to the other. */
  name: string | null
}

export const ownTogether = async (reader: Reader, sealer: Sealer, personId: string): Promise<OwnTogether[]> =>
  (await togetherOfPerson(reader, personId)).map((row) => {
    const { status, startedAt, answeredAt, joinedAt, endedAt } = row
    const side = row.starterId === personId ? 'starter' : 'joiner'
    const name = side === 'starter' ? starterNameOf(sealer, row) : joinerNameOf(sealer, row)
    return { side, status, startedAt, answeredAt, joinedAt, endedAt, name }
  })
