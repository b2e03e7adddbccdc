import { ageOn } from '#features/intake/age.ts'
import { asOwn } from '#features/requests/as-own.ts'
import { isOpen } from '#features/requests/conversation.ts'
import { type Contact, type Content, openContact } from '#features/requests/request-content.ts'
import { saidByApplicant } from '#features/requests/said-by-applicant.ts'
import { isUnderTens } from '#features/requests/vital-interest.ts'
import { safetyFactsInForce } from '#features/families/safety-facts.ts'
import type { Region } from '#regions/schema.ts'
import type { Reader } from '#storage/database.ts'
import { membershipsOf } from '#storage/pushes/push-reach.ts'
import type { Request, RequestSummary } from '#storage/requests/requests.ts'
import type { Sealer } from '#storage/seal.ts'

/** How long a link is valid, and how long somebody who answered waits to be recognised. */
export const togetherMs = 14 * 24 * 60 * 60 * 1000

/**
 * Whether somebody may be asked to join this request. Not by a child under ten, nor while somebody may be in danger, nor if writing
 * is not safe: a link in the chat, and the word that somebody joins, are read by whoever holds the phone. Pure.
 */
const isAskable = (request: RequestSummary, { safeToWrite, parents }: Contact): boolean =>
  isOpen(request) &&
  request.source === 'bot' &&
  request.applicant !== 'other-person' &&
  !isUnderTens(request) &&
  !request.urgent &&
  safeToWrite !== 'no' &&
  request.representativeConsent !== 'unsafe' &&
  parents !== 'unsafe'

type Asked = { request: Request; now: Date }

/** Whether it is offered: as `isAskable` says, and nobody has noted since that home is unsafe. */
export const mayAskTogether = async (
  reader: Reader,
  deps: { sealer: Sealer },
  { request, now }: Asked,
): Promise<boolean> =>
  isAskable(await asOwn(reader, request), openContact(deps.sealer, request)) &&
  !(await isHomeUnsafe(reader, deps, { request, now }))

/**
 * Whether a minor who asks has said, in this request or one that was merged into it, or staff have noted, that home is unsafe. Whoever
 * opens their link then learns no more than that it was called back.
 */
export const isHomeUnsafe = async (
  reader: Reader,
  deps: { sealer: Sealer },
  { request, now }: Asked,
): Promise<boolean> => {
  if (request.applicant !== 'minor') return false
  const said = [request, ...(await saidByApplicant(reader, deps.sealer, request))]
  if (said.some((one) => openContact(deps.sealer, one).parents === 'unsafe')) return true
  for (const { familyId, id: memberId } of await membershipsOf(reader, request.personId)) {
    const facts = await safetyFactsInForce(reader, deps, { familyId, now })
    if (facts.some((fact) => fact.kind === 'parents-unsafe' && fact.memberId === memberId)) return true
  }
  return false
}

/**
 * Whether the region asks for a parent's agreement to what this minor asks (`Region.minorAgreement`), and asking for it endangers
 * nobody. Without a day of birth it is asked. Pure.
 */
export const needsAgreement = (
  { applicant, representativeConsent }: Pick<RequestSummary, 'applicant' | 'representativeConsent'>,
  { birthDate }: Pick<Content, 'birthDate'>,
  { region, now }: { region: Region; now: Date },
): boolean =>
  applicant === 'minor' &&
  representativeConsent === 'needed' &&
  (birthDate === undefined || ageOn(birthDate, now, region.timeZone) < region.minorAgreement.value)
