import { escapeHtml } from '#core/text.ts'
import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import { addressLine, contactView } from '#dialogue/requests/contact-view.ts'
import type { Button, View } from '#dialogue/view.ts'
import type { Reach } from '#features/families/reach-family.ts'
import type { SafetyFact } from '#features/families/safety-facts.ts'
import type { Region } from '#regions/schema.ts'
import { optionLabel } from '../intake/option-label-view.ts'
import { cutName, nameOrRole } from './member-name-view.ts'
import { safetyText } from './safety-view.ts'

export type ReachFacts = Reach & { region: Region; minutes: number; now: Date }

/** Warnings first, then phone, hours and place, and whom to write to. Protected from forwarding, and deleted soon. */
export const reachView = (builder: CardBuilder, facts: ReachFacts): View => {
  const { say, link } = builder
  const { family, intake, place, safety, noted, members, region, minutes, now } = facts
  const contact =
    intake &&
    contactView(builder, { request: intake.request, region, contact: intake.contact, minutes, account: null })
  return {
    screen: 'family.reach',
    html: paragraphs(
      say.t('reach.title', { number: family.number }),
      safetyText(say, safety, { timeZone: region.timeZone, now }),
      [
        say.t('case.territory', { territory: optionLabel(say, region.code, 'territory', family.territory) }),
        place !== null && say.t('reach.place', { place }),
      ]
        .filter(Boolean)
        .join('\n'),
      noted
        .map(({ role, called, reached: { phone, address } }) =>
          [
            `<b>${escapeHtml(nameOrRole(say, role, called))}</b>`,
            phone && escapeHtml(phone),
            addressLine(say, address),
          ]
            .filter(Boolean)
            .join('\n'),
        )
        .join('\n\n'),
      contact?.html ?? (noted.length === 0 && say.t('reach.noRequest')),
      !contact &&
        noted.length === 0 &&
        members.length > 0 &&
        members.every((member) => urges(safety, member)) &&
        say.t('reach.writeHere'),
      !contact && say.t('case.contactGone', { count: minutes }),
    ),
    rows: members.map((member) => [
      link(
        say.label(urges(safety, member) ? 'reach.write' : 'reach.thread', {
          name: short(nameOrRole(say, member.role, member.called)),
        }),
        'thread',
        member.id,
      ),
    ]),
    confidential: true,
  }
}

/** No label urges to write to somebody who asked for no messages, or to adults with whom nobody is to speak; their thread opens all the same. */
export const urges = (
  safety: readonly SafetyFact[],
  { id, role }: Pick<Reach['members'][number], 'id' | 'role'>,
): boolean =>
  !safety.some(
    ({ kind, memberId }) =>
      (kind === 'no-messages' && memberId === id) || (kind === 'parents-unsafe' && role !== 'minor'),
  )

const longestName = 12

const short = (name: string): string => cutName(name, longestName)

/** Where one goes on from what a family told at first. */
export const intakeWays = (
  { say, link }: CardBuilder,
  { familyId, story }: { familyId: string; story: boolean },
): Button[][] => [
  [
    story
      ? link(say.label('case.details'), 'f-intake', familyId)
      : link(say.label('case.story'), 'f-story', familyId),
    link(say.label('reach.button'), 'f-reach', familyId),
  ],
  [link(say.label('caseload.card'), 'f-card', familyId)],
]

/** The button for whoever has to act, where they may. */
export const reachRow = (
  { say, link }: Pick<CardBuilder, 'say' | 'link'>,
  { familyId, may }: { familyId: string; may: boolean },
): Button[][] => (may ? [[link(say.label('reach.button'), 'f-reach', familyId)]] : [])
