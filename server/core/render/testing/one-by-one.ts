// A command that works in many namespaces at once, taken apart again, so that tests see each namespace's own lines.

import type { Command } from '../../commands/command'
import { inEachNamespace } from '../side-by-side'

/** The commands, one per namespace, that such a command amounts to; any other is itself. */
export function oneByOne(command: Command): readonly Command[] {
  const { argv, stdin = '' } = command
  if (argv[3] !== 'in-each-namespace') return [command]
  const lines = stdin.split('\n').slice(0, -1)
  const commands: Command[] = []
  while (lines.length > 0) {
    const [netns = '', count] = lines.shift()!.split(' ')
    commands.push(inEachNamespace(argv.slice(4), [{ netns, lines: lines.splice(0, Number(count)) }]))
  }
  return commands
}
