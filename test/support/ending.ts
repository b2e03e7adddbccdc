import { afterAll, afterEach, onTestFinished } from 'vitest'

/** Where something says how it is put away; `red`: a test that used it has failed. */
export type Ending = (undo: (red: boolean) => unknown) => void

/** When the test ends that is running. */
export const withTest: Ending = (undo) =>
  onTestFinished(async ({ task }) => void (await undo(task.result?.state === 'fail')))

/** When all tests of the file (or `describe`) that calls it have ended: what starts a process serves several. */
export const withFile = (): Ending => {
  const undone: Parameters<Ending>[0][] = []
  let red = false
  afterEach(({ task }) => {
    red ||= task.result?.state === 'fail'
  })
  afterAll(async () => {
    for (const undo of undone.toReversed()) await undo(red)
  })
  return (undo) => void undone.push(undo)
}
