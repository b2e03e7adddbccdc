import { allScreens } from '#dialogue/screens.ts'
import { landedLinks } from '#test/dialogue/landed-payloads.ts'
import { openTerritory } from './centre.ts'
import type { Chat } from './chat.ts'
import { type FamilyWorld, openWithFamily } from './family.ts'
import { anActivity, aPlan, publish, told } from './plan.ts'
import { planVisit } from './visits.ts'
import type { WorldOptions } from './world.ts'

/** Every button that may carry an id: those of today’s screens, and those that hang in chats since the first version. */
export const everyAction = [
  ...new Set([
    ...allScreens.flatMap(({ links }) => Object.keys(links ?? {})),
    ...landedLinks.map((data) => data.split('.')[1] ?? ''),
  ]),
]

export type WholeFamily = {
  family: FamilyWorld
  olga: Chat & { memberId: string }
  dasha: Chat & { memberId: string }
  ids: Record<string, string>
}

/** A family of Leninsky district with all that a button can name, and a request of the same district. */
export const openWhole = async (options: WorldOptions = {}): Promise<WholeFamily> => {
  const family = await openWithFamily(options)
  const { world, key, path, familyId, curatorId } = family
  const district = await openTerritory(world, 'leninsky')
  const { requests, rescues } = await district.fresh(['requests', 'surveys'])
  const olga = await family.member('parent', 'Меткаольга')
  const dasha = await family.member('minor', 'Меткадаша')
  const plan = aPlan([anActivity('one', { plain: 'Меткадело', place: 'Меткаместо' })], { goal: 'Меткацель' })
  const { one = '' } = await publish(key, path, plan)
  const visit = await planVisit(family, { staffId: curatorId, place: 'Меткаадрес', note: 'Метказаметка' })
  for (const chat of [olga, dasha]) {
    await chat.play([
      ['/messages', 'messages'],
      [{ words: 'Меткастрока' }, /Отправлено/],
    ])
  }
  await told(world)
  const message = await world.database.prisma.message.findFirstOrThrow({
    where: { memberId: dasha.memberId },
  })
  const invitation = await world.database.prisma.surveyInvitation.findFirstOrThrow()
  return {
    ...{ family, olga, dasha },
    ids: {
      family: familyId,
      parent: olga.memberId,
      minor: dasha.memberId,
      visit: visit.id,
      activity: one,
      message: message.id,
      request: requests,
      rescue: rescues,
      invitation: invitation.id,
    },
  }
}
