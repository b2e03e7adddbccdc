import { expect, test } from 'vitest'
import { drawFaces } from '#features/surveys/picture/faces.ts'
import { facesPicture } from '#features/surveys/picture/faces-picture.ts'

const words = ['Совсем нет', 'Почти нет', 'Чуть-чуть', 'Да', 'Да, очень']
const textsIn = (svg: string) => [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, text]) => text)
const count = (svg: string, part: string) => svg.split(part).length - 1

test('five faces from sad to glad, each with a number and a label', () => {
  const svg = drawFaces({ words })
  expect(count(svg, '<circle ')).toBe(5)
  expect(textsIn(svg)).toEqual([...['1', '2', '3', '4', '5'], ...words])
  // No two mouths are alike: they bend less and less, then the other way, so the colours are not needed.
  const mouths = [...svg.matchAll(/d="M-3[16] ([\d.]+)Q0 ([-\d.]+)/g)].map(([, corner, middle]) =>
    Math.sign(Number(middle) - Number(corner)),
  )
  expect(mouths).toEqual([-1, -1, 0, 1, 1])
})

test('labels wrap, all are omitted if one does not fit, and are escaped', () => {
  const broken = drawFaces({ words: ['Ничего не понятно', ...words.slice(1)] })
  expect(textsIn(broken)).toContain('Ничего не')
  expect(textsIn(broken)).toContain('понятно')
  const tooLong = drawFaces({ words: ['Достопримечательность', ...words.slice(1)] })
  expect(textsIn(tooLong)).toEqual(['1', '2', '3', '4', '5'])
  expect(drawFaces({ words: ['<b> & "x"', ...words.slice(1)] })).toContain('&lt;b&gt; &amp;')
})

test('the same labels give the same picture, a PNG 1,000 points wide', async () => {
  const [one, other] = [facesPicture(words), facesPicture(words)]
  expect(one.key).toBe(other.key)
  expect(one.key.length).toBeLessThanOrEqual(200)
  const png = Buffer.from(await one.content())
  expect(png.subarray(1, 4).toString()).toBe('PNG')
  expect(png.readUInt32BE(16)).toBe(1000)
})
