// The one place where the lab starts programs. Always an argv array, never a shell line; output is collected, and a
// time limit is part of every call because a lab that hangs is worse than one that says what is broken.

import { spawn } from 'node:child_process'
import { LabError } from './errors'
import type { Environment } from './paths'
import type { CommandOutcome } from './types'

export interface RunOptions {
  readonly stdin?: string | Uint8Array
  readonly timeoutMs?: number
  readonly cwd?: string
}

/** For what never ends: on a machine that is busy with other work, 60,000 flows take more than a minute. */
const defaultTimeoutMs = 300_000

/** Exit code of a command that had to be ended because its time was up; the one timeout(1) uses. */
export const timedOutCode = 124

const rootEnvironment: Environment = {
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  HOME: '/root',
  USER: 'root',
  LOGNAME: 'root',
  SHELL: '/bin/bash',
  LANG: 'C.UTF-8',
}

/**
 * The environment of everything the lab starts. Fixed, so that a host does not differ with the shell `up` was typed in.
 * (The cast: a web framework may declare variables of its own as always present; they are not for these programs.)
 */
export function labEnvironment(extra: Environment = {}): NodeJS.ProcessEnv {
  return { ...rootEnvironment, ...extra } as NodeJS.ProcessEnv
}

/** Runs a command to its end. A failing command is an outcome, not an exception; a command that cannot start throws. */
export function run(argv: readonly string[], options: RunOptions = {}): Promise<CommandOutcome> {
  const [program, ...args] = argv
  if (program === undefined) throw new LabError('run: empty command')
  return new Promise((resolve, reject) => {
    // In a process group of its own, so that a time limit ends nsenter's child too and not only nsenter.
    const child = spawn(program, args, { cwd: options.cwd ?? '/', env: labEnvironment(), stdio: 'pipe', detached: true })
    const stdout: Buffer[] = []
    const stderr: Buffer[] = []
    let isTimedOut = false
    const timer = setTimeout(() => {
      isTimedOut = true
      killGroup(child.pid)
      // A daemon that left the group may keep the pipes open; without this, `close` would wait for it.
      child.stdout.destroy()
      child.stderr.destroy()
    }, options.timeoutMs ?? defaultTimeoutMs)
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
    child.on('error', (cause) => {
      clearTimeout(timer)
      reject(new LabError(`cannot start ${program}: ${cause.message}`, undefined, { cause }))
    })
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      const failure = isTimedOut ? timedOutCode : signal === null ? 1 : 128
      resolve({ code: code ?? failure, stdout: text(stdout), stderr: text(stderr) })
    })
    // A command that does not read its input (EPIPE) is not an error of ours.
    child.stdin.on('error', () => {})
    child.stdin.end(options.stdin ?? '')
  })
}

/** Runs a command that must succeed, and gives its output. */
export async function must(argv: readonly string[], options: RunOptions = {}): Promise<string> {
  const outcome = await run(argv, options)
  if (outcome.code === 0) return outcome.stdout
  const reason = outcome.code === timedOutCode ? 'timed out' : `exit code ${outcome.code}`
  throw new LabError(`${argv.join(' ')}: ${reason}${outcome.stderr === '' ? '' : `: ${outcome.stderr.trim()}`}`)
}

function killGroup(leader: number | undefined): void {
  if (leader === undefined) return
  try {
    process.kill(-leader, 'SIGKILL')
  } catch {
    // It ended by itself at the last moment.
  }
}

function text(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8')
}
