// `npm run -s lab -- COMMAND`: the lab for people and scripts. Results go to standard output, progress and errors to
// standard error; the exit code of `exec` and `guest` is that of the command.

import { parseArgs, type LabArgs } from './cli-args'
import { exitCodes, LabError, messageOf } from './errors'
import { execOnTerminal } from './exec'
import { labGuest } from './guest/agent'
import { formatStatus } from './format'
import { labStatus } from './status'
import { labDown, labHostRestart, labUp, requireRoot } from './up'
import type { LabStatus, OnProgress } from './types'

const startedAt = Date.now()
const onProgress: OnProgress = ({ node, step }) => {
  console.error(`${((Date.now() - startedAt) / 1000).toFixed(1).padStart(5)} s  ${node}: ${step}`)
}

async function perform({ name, isJson, command }: LabArgs): Promise<number> {
  const show = (status: LabStatus): void => console.log(isJson ? JSON.stringify(status, null, 2) : formatStatus(status))
  requireRoot()
  switch (command.verb) {
    case 'up':
      show(await labUp({ name, extras: command.extras, onProgress }))
      return 0
    case 'down':
      await labDown({ name, onProgress })
      if (isJson) show(await labStatus(name))
      return 0
    case 'status': {
      const status = await labStatus(name)
      show(status)
      return status.up ? 0 : 1
    }
    case 'restart':
      show(await labHostRestart(name, command.host, onProgress))
      return 0
    case 'exec':
      return execOnTerminal(name, command.target, command.argv)
    case 'guest': {
      const { code, stdout, stderr } = await labGuest(name, command.target, command.argv)
      process.stdout.write(stdout)
      process.stderr.write(stderr)
      return code
    }
  }
}

/** The chain of causes on one line each: the last one usually is the command that failed, in its own words. */
function report(error: unknown): number {
  console.error(`lab: ${messageOf(error)}`)
  for (let cause = error instanceof Error ? error.cause : undefined; cause instanceof Error; cause = cause.cause) {
    console.error(`  because: ${cause.message}`)
  }
  return error instanceof LabError ? error.exitCode : exitCodes.failed
}

process.exitCode = await Promise.resolve()
  .then(() => perform(parseArgs(process.argv.slice(2), process.env)))
  .catch(report)
