// Runs a long-running child process and forwards termination to it.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { root, toolEnv } from './install.mjs'

const parentCheckMs = 200

/**
 * Runs a command with this process's standard streams.
 * @param {{ args: string[], env?: Record<string, string> }} what
 * @returns {Promise<number>} its exit code, or 128 plus the signal number
 */
export const runChild = (node, { args, env = {} }) =>
  new Promise((resolve, reject) => {
    const child = spawn(node, args, { cwd: root, stdio: 'inherit', env: { ...toolEnv(), ...env } })
    // A terminal sends Ctrl-C to the whole process group: a second SIGINT could cut the child's shutdown short.
    process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'))
    process.on('SIGTERM', () => child.kill('SIGTERM'))
    // The shell that npm puts in between dies of a signal without forwarding it, which would orphan the child.
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
