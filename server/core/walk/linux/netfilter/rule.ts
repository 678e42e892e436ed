// A rule of iptables or ebtables, read once: conditions as functions of a packet, and what is done when all hold.
//
//   -d 10.0.1.11/32 -p udp -m udp --sport 67 --dport 68 -m comment --comment "DHCP" -j RETURN
//
// Words that are not known leave a condition that answers "not known" (null); whether that matters is decided where the rule is run.

import { bridgeMatches, ipMatches, type MatchTable } from './matches'
import type { Match, Subject } from './subject'
import { parseTarget, type Target } from './target'

export interface Rule {
  /** From 1. */
  readonly position: number
  readonly text: string
  readonly matches: readonly Match[]
  readonly target: Target
}

const TOKEN = /"((?:[^"\\]|\\.)*)"|(\S+)/g
const tokenize = (text: string): readonly string[] =>
  [...text.matchAll(TOKEN)].map(([, quoted, plain]) => (quoted === undefined ? (plain ?? '') : quoted.replaceAll(/\\(.)/g, '$1')))

export function parseRule(text: string, position: number, family: 'ipv4' | 'ipv6' | 'bridge'): Rule {
  const tokens = tokenize(text)
  const jump = tokens.findIndex((token) => token === '-j' || token === '-g')
  const conditions = jump < 0 ? tokens : tokens.slice(0, jump)
  const target: Target = jump < 0 ? { kind: 'continue' } : parseTarget(tokens.slice(jump))
  return { position, text, matches: parseMatches(conditions, family === 'bridge' ? bridgeMatches : ipMatches), target }
}

/** `! -s 10.0.0.0/8`, and ebtables' `-s ! 00:00:…`. The words of an option are those up to the next one. */
function parseMatches(tokens: readonly string[], table: MatchTable): Match[] {
  const matches: Match[] = []
  let module = ''
  for (let at = 0; at < tokens.length;) {
    const isBefore = tokens[at] === '!'
    const option = tokens[isBefore ? at + 1 : at] ?? ''
    const isAfter = tokens[at + (isBefore ? 2 : 1)] === '!'
    const start = at + 1 + Number(isBefore) + Number(isAfter)
    const length = tokens.slice(start).findIndex((token) => token === '!' || /^--?[a-z]/i.test(token))
    const words = tokens.slice(start, length < 0 ? undefined : start + length)
    at = start + words.length
    if (option === '-m') module = words[0] ?? ''
    else matches.push(negate(option === '--comment' ? always : optionOf(table, module, option)(words), isBefore || isAfter, module))
  }
  return matches
}

const optionOf = (table: MatchTable, module: string, option: string): ((words: readonly string[]) => Match) =>
  table[`${module} ${option}`] ?? table[option] ?? unknownOption
const always: Match = () => true
const unknownOption = (): Match => () => null

/** They look into the transport header, which later fragments lack: no condition of theirs holds then, the inverted ones included. */
const OF_TRANSPORT = new Set(['tcp', 'udp', 'sctp', 'icmp', 'icmp6', 'multiport'])

function negate(match: Match, isNegated: boolean, module: string): Match {
  if (!isNegated) return match
  return (subject) => (OF_TRANSPORT.has(module) && subject.ip?.fragment === 'later' ? false : not(match(subject)))
}
const not = (answer: boolean | null): boolean | null => (answer === null ? null : !answer)

/** False as soon as one condition fails, whatever the others say. */
export function matchesAll({ matches }: Rule, subject: Subject): boolean | null {
  let isUnknown = false
  for (const match of matches) {
    const answer = match(subject)
    if (answer === false) return false
    isUnknown ||= answer === null
  }
  return isUnknown ? null : true
}
