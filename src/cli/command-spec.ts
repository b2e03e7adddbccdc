/** An option, or what stands behind the words. `needs`: what a value is, as after «must be». */
type Given = { key: string; needs: string }
export type Option = Given & { kind: 'text' | 'list' | 'flag'; required?: boolean }

/** A command as it is typed, described, and sent on: the draft has `name`, and each value by its `key`. */
export type CommandSpec = {
  words: string
  name: string
  /** What is typed behind the words. */
  usage: string
  says: readonly string[]
  /** Behind the words; it parses. */
  example: string
  argument?: Given & { shown: string }
  options?: Readonly<Record<string, Option>>
}

export const someId = '018f3a5e-0000-7000-8000-000000000000'
export const staffId = {
  shown: '<id>',
  key: 'staffId',
  needs: 'the id of a staff member, as «staff list» prints it',
}
export const territoryOption = (required: boolean): Option => ({
  ...{ key: 'territories', kind: 'list', needs: 'the code of a territory, such as leninsky' },
  ...(required && { required }),
})
export const oneId = { usage: '<id>', example: someId }
