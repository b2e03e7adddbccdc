// A long-running child that ends when whoever started us wants it to.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { root, toolEnv } from './install.mjs'

const parentCheckMs = 200

/**
 * Runs a command in the terminal of this one.
 * @param {{ args: string[], env?: Record<string, string> }} what
 * @returns {Promise<number>} its exit code, or 128 and the signal's number
 */
export const runChild = (node, { args, env = {} }) =>
  new Promise((resolve, reject) => {
    const child = spawn(node, args, { cwd: root, stdio: 'inherit', env: { ...toolEnv(), ...env } })
    // A terminal sends Ctrl-C to the whole group: the child already has it, a second one would hurry it.
    process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
    process.on('SIGTERM', () => child.kill('SIGTERM'))
    // The shell between npm and here dies of a signal without passing it on; without this the child would stay.
    const parent = process.ppid
    const watch = setInterval(() => {
      if (process.env.npm_lifecycle_event && process.ppid !== parent) child.kill('SIGTERM')
    }, parentCheckMs)
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      clearInterval(watch)
      resolve(code ?? 128 + constants.signals[signal])
    })
  })
