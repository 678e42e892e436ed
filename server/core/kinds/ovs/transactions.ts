// One `ovs-vsctl` with many clauses is one OVSDB transaction. A large one does not fit into an SSH command: the remote shell
// gets that as one argument, and Linux takes 128 KiB per argument (MAX_ARG_STRLEN). Then the same arguments travel on standard
// input, one per line, and xargs hands them to a single ovs-vsctl. What exceeds even that becomes several transactions.

import { changeCommand, type Command } from '../../commands/command'
import { quoteArgv } from '../../commands/quote'
import { invariant } from '../../invariant'
import type { StepDraft } from '../../render/step-draft'

/** Well below 128 KiB: sudo quotes the quoted line once more. */
export const MAX_INLINE_LENGTH = 32 * 1024
/** All arguments together may have a quarter of the stack limit, 2 MiB (execve(2)); xargs keeps the environment free. */
const MAX_ARGUMENTS_LENGTH = 1_900_000
/** Of that the kernel takes eight bytes more per argument, for the pointer to it. */
const POINTER = 8

const TIMEOUT = { timeoutMs: 30_000 }
const PROGRAM = ['ovs-vsctl', '--timeout=20']

export function transactions(title: string, reason: string, clauses: readonly (readonly string[])[]): StepDraft[] {
  const parts = splitClauses(clauses)
  return parts.map((part, index) => ({
    title: parts.length === 1 ? title : `${title} (${index + 1} of ${parts.length})`,
    reason,
    command: transaction(part),
  }))
}

function splitClauses(clauses: readonly (readonly string[])[]): (readonly string[])[][] {
  const parts: (readonly string[])[][] = []
  let length = Infinity
  for (const clause of clauses) {
    const size = clause.reduce((sum, word) => sum + word.length + 1 + POINTER, 3 + POINTER)
    if (length + size > MAX_ARGUMENTS_LENGTH) {
      parts.push([])
      length = 0
    }
    parts.at(-1)!.push(clause)
    length += size
  }
  return parts
}

export function transaction(clauses: readonly (readonly string[])[]): Command {
  const args = clauses.flatMap((clause) => ['--', ...clause])
  const argv = [...PROGRAM, ...args]
  return quoteArgv(argv).length <= MAX_INLINE_LENGTH ? changeCommand(argv, TIMEOUT) : throughXargs(args)
}

/** Written to the database and not waited for: whoever takes it over is not there, and does as it says when it is back (ovs-vsctl(8)). */
export function withoutWaiting(command: Command): Command {
  const at = command.argv.indexOf(PROGRAM[0]!)
  return at === -1 ? command : { ...command, argv: command.argv.toSpliced(at + 1, 0, '--no-wait') }
}

/** `-n` with the exact number and `-x`: one transaction, or none at all. */
function throughXargs(args: readonly string[]): Command {
  invariant(
    args.every((arg) => arg !== '' && !arg.includes('\n')),
    'an argument of ovs-vsctl is empty or has a line break',
  )
  const xargs = ['xargs', '-d', '\\n', '-x', '-n', String(args.length), '-s', String(MAX_ARGUMENTS_LENGTH)]
  return changeCommand([...xargs, ...PROGRAM], { ...TIMEOUT, stdin: args.map((arg) => `${arg}\n`).join('') })
}
