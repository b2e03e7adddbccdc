import fc from 'fast-check'
import { expect, test } from 'vitest'
import { mergeProblem } from '#features/requests/merge-rules.ts'

const requests = fc.record({
  id: fc.uuid(),
  personId: fc.constantFrom('one', 'other'),
  applicant: fc.constantFrom('parent', 'representative', 'minor', 'other-person'),
  source: fc.constantFrom('bot', 'phone', 'letter'),
  status: fc.constantFrom('submitted', 'claimed', 'withdrawn', 'closed'),
  claimedById: fc.constant(null),
})

test('a child’s request is never merged with a parent’s, whichever way round', () => {
  fc.assert(
    fc.property(requests, requests, (kept, duplicate) => {
      const adult = ({ applicant }: typeof kept) => applicant === 'parent' || applicant === 'representative'
      const apart =
        (adult(kept) && duplicate.applicant === 'minor') || (kept.applicant === 'minor' && adult(duplicate))
      if (apart) expect(mergeProblem(kept, duplicate)).not.toBeNull()
    }),
  )
})

test('nobody who reads the bot for an answer is left without one', () => {
  fc.assert(
    fc.property(requests, requests, (kept, duplicate) => {
      const waits = duplicate.source === 'bot' && duplicate.applicant !== 'other-person'
      if (waits && kept.personId !== duplicate.personId) expect(mergeProblem(kept, duplicate)).not.toBeNull()
    }),
  )
})

test('only open ones are merged, and of two the claimed one stays', () => {
  fc.assert(
    fc.property(requests, requests, (kept, duplicate) => {
      if (mergeProblem(kept, duplicate) !== null) return
      expect(['submitted', 'claimed']).toContain(kept.status)
      expect(['submitted', 'claimed']).toContain(duplicate.status)
      expect(duplicate.status === 'claimed' && kept.status === 'submitted').toBe(false)
    }),
  )
})
