// Commands on a node, without SSH: for people at the machine and for tests that must not depend on what they test.

import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { exitCodes, LabError } from './errors'
import { enter, findKeeper, type Keeper } from './node/keeper'
import { childrenOf } from './node/processes'
import { labEnvironment, run, type RunOptions } from './run'
import { extraNames, hosts, nodesWith } from './topology'
import type { CommandOutcome } from './types'
import { sshArgv } from './vm-host/ssh'

/** A host, `wire`, `outside` or `fabric`, as it runs now. */
export function requireNode(lab: string, node: string): Keeper {
  const names = nodesWith(extraNames)
  if (!names.includes(node)) throw new LabError(`no node "${node}"; there are ${names.join(', ')}`, exitCodes.usage)
  const keeper = findKeeper(lab, node)
  if (keeper === undefined) throw new LabError(`${node} of lab "${lab}" is not running`, exitCodes.unavailable)
  return keeper
}

export type ExecOptions = Pick<RunOptions, 'stdin' | 'timeoutMs'>

export async function labExec(lab: string, node: string, argv: readonly string[], options: ExecOptions = {}): Promise<CommandOutcome> {
  return run(await argvOn(lab, node, argv), options)
}

/** The argv that runs `argv` on a node; in a VM host that is inside the machine, not beside it. */
async function argvOn(lab: string, node: string, argv: readonly string[], hasTerminal = false): Promise<readonly string[]> {
  const keeper = requireNode(lab, node)
  const vmHost = hosts.find((host) => host.name === node && host.kind === 'vm')
  return vmHost === undefined ? enter(keeper, argv) : sshArgv(lab, vmHost, argv, hasTerminal)
}

/** As labExec, on the terminal of the caller. Gives the exit code. */
export async function execOnTerminal(lab: string, node: string, argv: readonly string[]): Promise<number> {
  const [program = '', ...args] = await argvOn(lab, node, argv, process.stdin.isTTY)
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: '/', env: labEnvironment({ TERM: process.env.TERM }), stdio: 'inherit' })
    // A Ctrl-C reaches the command itself, being in the same process group; what comes of it is the command's decision.
    process.on('SIGINT', () => {})
    // Other signals are for this process alone, and nsenter passes nothing on: its child is the command.
    for (const signal of ['SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => childrenOf(child.pid).forEach((pid) => process.kill(pid, signal)))
    }
    child.on('error', reject)
    child.on('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])))
  })
}
