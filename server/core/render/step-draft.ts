// A step before it has a place in the list, and the two shapes nearly all steps have.

import { changeCommand, type Command } from '../commands/command'
import type { Step } from '../plan/plan'

export type StepDraft = Omit<Step, 'id'>

/** One step, or none where there is nothing to do. */
export function batchStep(title: string, reason: string, lines: readonly string[], command: (stdin: string) => Command): StepDraft[] {
  return lines.length === 0 ? [] : [{ title, reason, command: command(lines.map((line) => `${line}\n`).join('')) }]
}

/** `ip -batch -`, in the root namespace or another: stops at the first line that fails and names it. */
export function ipBatch(netns: string): (stdin: string) => Command {
  const inside = netns === '' ? [] : ['-n', netns]
  return (stdin) => changeCommand(['ip', ...inside, '-batch', '-'], { stdin })
}

/** argv prefix that runs a program inside a namespace. */
export const inNamespace = (netns: string, argv: readonly string[]): string[] =>
  netns === '' ? [...argv] : ['ip', 'netns', 'exec', netns, ...argv]
