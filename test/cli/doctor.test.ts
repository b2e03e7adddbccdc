import { expect, test } from 'vitest'
import { parseCommand } from '#src/cli/parse.ts'

// What it finds stands in test/cli/main.test.ts before the first start, and in test/start.test.ts through the app.
test('its command line', () => {
  expect(parseCommand(['doctor'])).toEqual({ name: 'doctor-report', json: false })
  expect(parseCommand(['doctor', '--json'])).toEqual({ name: 'doctor-report', json: true })
  expect(() => parseCommand(['doctor', 'everything'])).toThrow(/Unknown command: doctor everything/)
  expect(() => parseCommand(['doctor', '--head', 'x'])).toThrow(/doctor does not accept --head/)
  expect(() => parseCommand(['staff', 'list', '--json'])).toThrow(/does not accept --json/)
})
