// A command that works in many namespaces at once, taken apart again, so that tests see each namespace's own lines.

import type { Command } from '../../commands/command'
import { inEachNamespace, inputsOf } from '../side-by-side'

/** The commands, one per namespace, that such a command amounts to; any other is itself. */
export const oneByOne = (command: Command): readonly Command[] =>
  command.argv[3] === 'in-each-namespace' ? inputsOf(command).map((input) => inEachNamespace(command.argv.slice(4), [input])) : [command]
