import { expect, test } from 'vitest'
import { minorAnswers, minorSubmits, submitAsParent } from '#test/support/intake.ts'
import { soon } from '#test/support/office.ts'
import { createSealer } from '#storage/seal.ts'
import { openWorld, testKeys } from '#test/support/world.ts'

const contacts = [
  { phone: '+79001112233', safeToCall: 'yes', safeToWrite: 'yes' },
  { phone: '+79001112233', safeToCall: 'no', safeToWrite: 'yes' },
  { phone: '+79001112233', safeToCall: 'yes', safeToWrite: 'no' },
  { phone: '+79001112233', safeToCall: 'no', safeToWrite: 'no' },
  { safeToCall: 'yes', safeToWrite: 'yes' },
  { safeToWrite: 'no' },
] as const

test('no label of a card urges to what the intake called unsafe, whoever asks', async () => {
  const world = await openWorld({ at: '2026-11-24T09:00:00Z' })
  const anna = await world.staff('Анна', ['leninsky'])
  const { prisma } = world.database
  const sealer = createSealer(testKeys)
  const number = await submitAsParent(world.person())
  const dasha = world.person({ firstName: 'Даша' })
  await dasha.play([...minorAnswers('Нет, это небезопасно'), ...minorSubmits])
  await expect.poll(() => anna.allText(), soon).toContain(number)
  for (const { id, applicant } of await prisma.request.findMany()) {
    await anna.byHand(`-.take.${id}`)
    for (const contact of contacts) {
      const sealed = sealer.sealJson({ name: 'Имя', ...contact }, `requests.contact.${id}`)
      await prisma.request.update({ where: { id }, data: { contact: sealed } })
      await anna.byHand(`-.card.${id}`)
      const labels = anna.buttons(anna.card()).map(({ text }) => text)
      const said = JSON.stringify({ applicant, contact })
      const callable = 'phone' in contact && contact.safeToCall === 'yes'
      expect(labels.includes('Поговорили по телефону'), said).toBe(callable)
      const quiet = contact.safeToWrite === 'no'
      expect(labels.includes('Написать: без сигнала'), said).toBe(quiet)
      expect(
        labels.some((label) => /^Написать (семье|подростку)$/.test(label)),
        said,
      ).toBe(!quiet)
      if (applicant === 'minor') expect(labels.join('; '), said).not.toMatch(/семь/i)
    }
  }
})
