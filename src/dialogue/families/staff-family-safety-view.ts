import { type CardBuilder, paragraphs } from '#dialogue/card-builder.ts'
import type { View } from '#dialogue/view.ts'
import type { NamedMember } from '#features/families/caseload.ts'
import type { SafetyFact, SafetyKind } from '#features/families/safety-facts.ts'
import type { Family } from '#storage/families/families.ts'
import { cutName, nameOrRole } from './member-name-view.ts'
import { safetyLine, safetyText } from './safety-view.ts'

type When = { timeZone: string; now: Date }

/** The safety facts in force, each with a button that ends it. */
export const safetyView = (
  builder: CardBuilder,
  { family, facts, ...when }: When & { family: Family; facts: readonly SafetyFact[] },
): View => {
  const { say, button, link } = builder
  const active = family.status === 'active'
  return builder.card(
    'family-safety',
    paragraphs(
      say.t('safety.title', { number: family.number }),
      facts.length === 0 ? say.t('safety.none') : safetyText(say, facts, when),
      say.t('safety.hint'),
    ),
    [
      ...facts.map(({ id, kind }) => [
        button(say.label('safety.end', { what: say.label(`safety.short.${kind}`) }), 'set', id),
      ]),
      ...(active ? [[button(say.label('safety.add'), 'note')]] : []),
      [link(say.label('caseload.card'), 'f-card', family.id)],
    ],
    { back: false, confidential: true },
  )
}

/** Asks for confirmation before a fact ends. */
export const endSafetyView = ({ say, button, card }: CardBuilder, fact: SafetyFact, when: When): View =>
  card(
    'family-safety-end',
    paragraphs(say.t('safety.endSure'), safetyLine(say, fact, when), say.t('safety.endThen')),
    [[button(say.label('safety.endYes'), 'yes')], [button(say.label('safety.endNo'), 'no')]],
    { confidential: true },
  )

/** About whom the new fact is. */
export const safetyMembersView = (
  { say, button, card }: CardBuilder,
  members: readonly NamedMember[],
): View =>
  card(
    'family-safety-add',
    say.t('safety.whom'),
    members.map(({ id, role, called }) => [button(shortened(nameOrRole(say, role, called)), 'set', id)]),
    { confidential: true },
  )

const longestLabel = 24

const shortened = (name: string): string => cutName(name, longestLabel)

/** Which fact; only minors were asked about their parents. */
export const safetyKindsView = ({ say, button, card }: CardBuilder, { role }: NamedMember): View => {
  const kinds: readonly SafetyKind[] = [
    ...(role === 'minor' ? (['parents-unsafe'] as const) : []),
    'no-calls',
    'no-messages',
  ]
  return card(
    'family-safety-kind',
    say.t('safety.which', { role: say.label(`safety.roles.${role}`) }),
    kinds.map((kind) => [button(say.label(`safety.short.${kind}`), 'set', kind)]),
    { confidential: true },
  )
}
