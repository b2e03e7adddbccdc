import type { Command } from '#src/cli/commands.ts'
import type { Log } from '#core/log.ts'

/** What the running app answers to a command: lines to print, or why not. */
export type Answer = { ok: true; lines: string[] } | { ok: false; problem: string }

export type Control = {
  /** Binds the socket, which is the lock on the embedded database. Throws ControlTaken while another app runs. */
  open(): Promise<void>
  close(): Promise<void>
}

/** Another running app owns this data folder. */
export class ControlTaken extends Error {
  override name = 'ControlTaken'
}

/** The running app's ear for operators' commands: a Unix socket in the data folder. */
export const createControl = (_deps: {
  dir: string
  run: (command: Command) => Promise<string[]>
  log: Log
}): Control => {
  throw new Error('not written yet')
}

/** Sends a command to the app that runs on this data folder. */
export const askRunningApp = async (_dir: string, _command: Command): Promise<Answer | 'not-running'> => {
  throw new Error('not written yet')
}
