import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { meanOf, medianOf, tQuantile, wilson } from '#features/surveys/results/statistics.ts'

const momentsOf = (values: number[]) => ({
  n: values.length,
  sum: values.reduce((all, one) => all + one, 0),
  squares: values.reduce((all, one) => all + one ** 2, 0),
})

describe("Wilson's interval of a proportion", () => {
  // R. G. Newcombe, «Two-sided confidence intervals for the single proportion», Statistics in Medicine 17 (1998), table I, method 3.
  test.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('%i of %i is from %f to %f, as published', (count, n, from, to) => {
    const interval = wilson(count, n)
    expect(interval.from).toBeCloseTo(from, 4)
    expect(interval.to).toBeCloseTo(to, 4)
  })

  // L. D. Brown, T. T. Cai, A. DasGupta, «Interval estimation for a binomial proportion», Statistical Science 16
  // (2001): the intervals of a proportion and of its complement are mirror images.
  test('is symmetric, contains the proportion, and stays within [0, 1]', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), (yes, no) => {
        const [one, other] = [wilson(yes, yes + no), wilson(no, yes + no)]
        expect(one.from).toBeCloseTo(1 - other.to, 12)
        expect(one.to).toBeCloseTo(1 - other.from, 12)
        expect(one.from).toBeGreaterThanOrEqual(0)
        expect(one.to).toBeLessThanOrEqual(1)
        if (yes + no > 0) expect(one.from).toBeLessThanOrEqual(yes / (yes + no))
      }),
    )
  })

  test('is [0, 1] without answers', () => {
    expect(wilson(0, 0)).toEqual({ from: 0, to: 1 })
  })
})

describe("Student's t", () => {
  // NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2: upper critical values, 0.975.
  test.each([
    [1, 12.706],
    [2, 4.303],
    [3, 3.182],
    [4, 2.776],
    [5, 2.571],
    [9, 2.262],
    [10, 2.228],
    [29, 2.045],
    [30, 2.042],
    [60, 2.0],
    [100, 1.984],
  ])('of %i degrees of freedom is %f, as in the tables', (degrees, published) => {
    expect(tQuantile(degrees)).toBeCloseTo(published, 3)
  })

  test('decreases with the degrees, also where the method changes', () => {
    const quantiles = [1, 2, 30, 999, 1000, 1001, 10_000, 1e6].map(tQuantile)
    expect(quantiles).toEqual(quantiles.toSorted((a, b) => b - a))
    expect(Math.abs(tQuantile(1000) - tQuantile(1001))).toBeLessThan(1e-5)
    expect(tQuantile(1e9)).toBeCloseTo(1.959964, 6)
  })
})

describe('the mean and its interval', () => {
  // NIST/SEMATECH e-Handbook, 1.3.5.2, ZARR13: 195 measurements, mean 9.261460, standard deviation 0.022789.
  test('are as published for measurements', () => {
    const [n, mean, deviation] = [195, 9.26146, 0.022789]
    const squares = deviation ** 2 * (n - 1) + n * mean ** 2
    const { interval } = meanOf({ n, sum: n * mean, squares }, [0, 10]) ?? {}
    expect(interval?.from).toBeCloseTo(9.258242, 5)
    expect(interval?.to).toBeCloseTo(9.264679, 5)
  })

  test('do not leave the scale', () => {
    const { mean, interval } = meanOf(momentsOf([5, 5, 5, 5, 4]), [1, 5]) ?? {}
    expect(mean).toBe(4.8)
    expect(interval?.to).toBe(5)
    // 4.8 − 2.776 · 0.4472 / √5
    expect(interval?.from).toBeCloseTo(4.2448, 3)
  })

  test('one answer has no interval, none has no mean', () => {
    expect(meanOf(momentsOf([3]), [1, 5])).toEqual({ mean: 3, interval: null })
    expect(meanOf(momentsOf([]), [1, 5])).toBeNull()
  })

  test('contains the mean, for any answers', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 2 }), (values) => {
        const { mean, interval } = meanOf(momentsOf(values), [1, 5]) ?? { mean: 0, interval: null }
        expect(interval?.from).toBeLessThanOrEqual(mean)
        expect(interval?.to).toBeGreaterThanOrEqual(mean)
      }),
    )
  })
})

describe('the median', () => {
  const counted = (values: number[]) => values.map((value) => ({ value, count: 1 }))

  test('is the middle value, or the mean of the middle two', () => {
    expect(medianOf(counted([5, 1, 4]))).toBe(4)
    expect(medianOf(counted([5, 1, 4, 2]))).toBe(3)
    expect(
      medianOf([
        { value: 5, count: 3 },
        { value: 1, count: 0 },
      ]),
    ).toBe(5)
    expect(medianOf([])).toBeNull()
  })
})
