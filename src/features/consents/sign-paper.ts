import { DomainError } from '#core/errors.ts'
import { idOf } from '#core/ids.ts'
import { actorOf } from '#features/data-requests/receive-data-request.ts'
import { dayAt } from '#features/deadlines/deadlines.ts'
import type { Actor } from '#features/families/active.ts'
import { caseDocuments, dateDocument } from '#features/families/case-documents.ts'
import type { Region } from '#regions/schema.ts'
import { signedWordingsOf } from '#storage/consents/consent-archive.ts'
import { addConsent, type Consent, type ConsentKind, consentsOf } from '#storage/consents/consents.ts'
import { addScan } from '#storage/consents/papers.ts'
import type { Tx } from '#storage/database.ts'
import { setConsentWithdrawn } from '#storage/data-requests/restrictions.ts'
import { lockFamily } from '#storage/families/families.ts'
import { membersOf } from '#storage/families/family-members.ts'
import { sealerOf } from '#storage/keys/subject-keys.ts'
import { accountOfPaper } from '#storage/one-person.ts'
import { allowSharing } from '#storage/requests/request-steps.ts'
import type { Sealer } from '#storage/seal.ts'
import { addAudit } from '#storage/staff/audit.ts'
import type { ConsentKind as TextKind, ConsentText } from './consent-text.ts'
import type { Consents } from './consent-texts.ts'
import { mustBePaperDay } from './paper-day.ts'
import { type Giver, giverOf, personOfGiver, saidByGiver, type Signer } from './paper-giver.ts'
import { readScan, scanPlace } from './scan-file.ts'

export type SignedPaper = {
  signer: Signer
  /** Which texts were signed. */
  kinds: readonly TextKind[]
  /** Minors of the family whom an adult signed for, beside themselves. */
  forMembers: readonly string[]
  /** ISO. */
  signedOn: string
  scan?: Uint8Array | undefined
}

type Deps = { sealer: Sealer; region: Region; consents: Pick<Consents, 'paper'> }

/**
 * Records what somebody has signed on paper: a consent of each text, for themselves and for each child that is named. The same paper
 * again adds nothing. Throws `not-found`; `invalid-input` for a day that cannot be, or is before a withdrawal, a scan that is neither a PDF nor a picture, and a child
 * whom they cannot sign for. The caller checks the right.
 */
export const signPaper = async (
  tx: Tx,
  deps: Deps,
  { paper, by, now }: { paper: SignedPaper; by: Actor; now: Date },
): Promise<{ paperId: string; personId: string; added: number }> => {
  const { signer, kinds, forMembers, signedOn, scan } = paper
  const { sealer, region } = deps
  const giver = await giverOf(tx, signer)
  if (giver.familyId !== null) await lockFamily(tx, giver.familyId)
  if (kinds.length === 0) throw new DomainError('invalid-input', { field: 'kinds' })
  const born = saidByGiver(sealer, giver).birthDate
  mustBePaperDay(signedOn, { field: 'signedOn', now, timeZone: region.timeZone, born })
  await mustSignFor(tx, giver, forMembers)
  const read = scan && readScan(scan)
  const personId = await personOfGiver(tx, sealer, giver)
  await mustBeSignedSince(tx, region, {
    personId,
    signedOn,
    kinds: kinds.map((kind) => storedKind(giver, kind)),
  })
  const paperId = await paperIdOf(tx, { personId, paper })
  const actor = actorOf(by)
  let added = 0
  for (const kind of [...new Set(kinds)])
    for (const forMemberId of [null, ...forMembers]) {
      const { version, hash, language } = await signedText(tx, deps, { giver, kind, signedOn })
      const row = {
        ...{ personId, kind: storedKind(giver, kind), version, textHash: hash, language, givenAt: now },
        ...({ channel: 'paper', how: 'paper' } as const),
        signedOn: new Date(`${signedOn}T00:00:00Z`),
        ...{ forMemberId, paperId, requestId: giver.request?.id ?? null, ...actor },
      }
      if (await addConsent(tx, { ...row, id: idOf(`${paperId}\n${kind}\n${forMemberId}`) })) added += 1
    }
  if (read) {
    const own = await sealerOf(tx, sealer, { person: personId })
    const content = own.seal(Buffer.from(read.bytes).toString('base64'), scanPlace(paperId))
    await addScan(tx, { id: paperId, personId, type: read.type, content, at: now, ...actor })
  }
  if (added > 0) await follow(tx, region, { giver, personId, paper, by, now })
  await addAudit(tx, {
    ...{ at: now, action: 'consents.changed', subjectId: paperId, ...actor },
    ...{ familyId: giver.familyId, requestId: giver.request?.id ?? null },
  })
  return { paperId, personId, added }
}

/** A minor's agreement to support is a consent of its own. */
const storedKind = ({ address }: Giver, kind: TextKind): ConsentKind =>
  kind === 'support-request' && address === 'minor' ? 'minor-agreement' : kind

/** Only adults sign for minors, and only for those of their own family. */
const mustSignFor = async (tx: Tx, giver: Giver, forMembers: readonly string[]): Promise<void> => {
  if (forMembers.length === 0) return
  const minors = giver.familyId === null ? [] : await membersOf(tx, giver.familyId)
  const known = new Set(minors.filter(({ role }) => role === 'minor').map(({ id }) => id))
  if (giver.role === 'minor' || !forMembers.every((id) => known.has(id)))
    throw new DomainError('invalid-input', { field: 'forMembers' })
}

/** A paper that was signed before the consent was withdrawn went with it: recorded late, it must not give the consent again. */
const mustBeSignedSince = async (
  tx: Tx,
  { timeZone }: Pick<Region, 'timeZone'>,
  { personId, signedOn, kinds }: { personId: string; signedOn: string; kinds: readonly ConsentKind[] },
): Promise<void> => {
  const resting = ['personal-data', ...kinds]
  const given = await consentsOf(tx, await accountOfPaper(tx, personId))
  const ended = given.some(
    ({ kind, how, withdrawnAt }) =>
      withdrawnAt !== null &&
      how !== 'joint' &&
      resting.includes(kind) &&
      signedOn < dayAt(withdrawnAt, timeZone).toString(),
  )
  if (ended) throw new DomainError('invalid-input', { field: 'signedOn' })
}

/** The same paper has the same id; what is signed again after a withdrawal is another one. */
const paperIdOf = async (
  tx: Tx,
  { personId, paper: { kinds, forMembers, signedOn } }: { personId: string; paper: SignedPaper },
): Promise<string> => {
  const withdrawn = (await consentsOf(tx, personId)).filter(({ withdrawnAt }) => withdrawnAt).length
  const what = [...[...kinds].sort(), '', ...[...forMembers].sort()].join('\n')
  return idOf(`paper\n${personId}\n${signedOn}\n${withdrawn}\n${what}`)
}

/** The wording of paper that was in force on that day; of an older paper the oldest that is kept. */
const signedText = async (
  tx: Tx,
  { consents }: Deps,
  { giver: { language, address }, kind, signedOn }: { giver: Giver; kind: TextKind; signedOn: string },
): Promise<Pick<ConsentText, 'version' | 'hash'> & Pick<Consent, 'language'>> => {
  const kept = await signedWordingsOf(tx, { kind, language, address })
  const then = kept.filter(({ version }) => version <= signedOn).at(-1) ?? kept[0]
  return then ?? consents.paper(kind, language, address)
}

/** What rests on a consent goes on, and the personal file has its application. */
const follow = async (
  tx: Tx,
  region: Region,
  {
    giver,
    personId,
    paper: { kinds, signedOn },
    by,
    now,
  }: { giver: Giver; personId: string; paper: SignedPaper; by: Actor; now: Date },
): Promise<void> => {
  const account = await accountOfPaper(tx, personId)
  if (kinds.includes('personal-data'))
    for (const one of new Set([personId, account])) await setConsentWithdrawn(tx, one, null)
  if (kinds.includes('data-sharing')) await allowSharing(tx, account)
  if (giver.familyId === null || !kinds.includes('support-request')) return
  const family = await lockFamily(tx, giver.familyId)
  const application = (await caseDocuments(tx, region, giver.familyId)).find(
    ({ code }) => code === 'application',
  )
  if (!family || !application || application.dates.signed) return
  const dated = { code: 'application', event: 'signed', on: signedOn, corrects: null } as const
  await dateDocument(tx, region, { family, dated, by, now })
}
