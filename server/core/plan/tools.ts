// Which programs the steps of a plan start: read off their commands, so that no list of tools has to be kept beside them. Of a script the words
// are looked at, and what it is given, since that may name a program (dnsmasq, iptables-restore); only words that are tools count.

import type { Command } from '../commands/command'
import type { Step } from './plan'

/** `isTool`: which programs a reading asks the host for. */
export function toolsOf(steps: readonly Pick<Step, 'command'>[], isTool: (name: string) => boolean): readonly string[] {
  return [...new Set(steps.flatMap(({ command }) => programsOf(command).map(familyOf)))].filter(isTool)
}

function programsOf({ argv, stdin = '' }: Pick<Command, 'argv' | 'stdin'>): readonly string[] {
  const [program = '', ...rest] = argv
  if (program === 'ip' && rest[0] === 'netns' && rest[1] === 'exec') return [program, ...programsOf({ argv: rest.slice(3), stdin })]
  // Its own options are constants (kinds/ovs/transactions.ts); the program is the first word that looks like one.
  if (program === 'xargs') return programsOf({ argv: rest.slice(rest.findIndex((word) => /^[a-z]+-[a-z]+$/.test(word))) })
  if (program === 'sh' && rest[0] === '-c') return [...wordsOf(rest[1] ?? ''), ...rest.slice(2), ...stdin.split(/[\n\t]/)]
  return [program]
}

/** What a script says to people is no command. */
const wordsOf = (script: string): readonly string[] => script.replaceAll(/"[^"\n]*"/g, '').match(/[A-Za-z][A-Za-z0-9_-]*/g) ?? []

/** The host is asked for the tool, not for each of its programs. */
const familyOf = (program: string): string => (/^ip6?tables-restore$/.test(program) ? program.replace('-restore', '') : program)
