// The commands of a plan as somebody types them: a batch is taken apart, and each of its lines is a command of its own. For people only; what runs is
// what render-steps.ts makes.

import type { Command } from '../commands/command'
import type { HostDiff } from '../diff/kind-diff'
import { explainCommand } from '../explain/command'
import { draftSteps } from './render-steps'
import { inputsOf, programOf } from './side-by-side'

/** In their order; one that is no batch, as a bundle of flows, may have several lines. */
export const typedCommands = (diff: HostDiff): readonly string[] =>
  draftSteps(diff).flatMap(({ maker, draft: { command } }) => {
    const lines = linesOf(command)
    return SCRIPTS[maker.name]?.(lines) ?? typed(command)
  })

const linesOf = ({ stdin = '' }: Command): readonly string[] => stdin.split('\n').slice(0, -1)

/** Steps that are a script of ours, by the lines that they are told. */
const SCRIPTS: Readonly<Record<string, (lines: readonly string[]) => readonly string[]>> = {
  'namespaces.add': (lines) =>
    lines.flatMap((line) => {
      const [name = '', mark = ''] = line.split(' ')
      return [`ip netns add ${name}`, `ip -n ${name} link set dev lo alias ${mark} up`]
    }),
  'addresses.announce': (lines) =>
    lines.flatMap((line) => {
      const [netns = '', device = '', address = ''] = line.split(' ')
      return ['-U', '-A'].map((form) => `ip netns exec ${netns} arping -q ${form} -c 3 -w 4 -I ${device} ${address}`)
    }),
}

function typed(command: Command): readonly string[] {
  const [program = '', ...args] = programOf(command)
  const inputs = inputsOf(command)
  const places = inputs.length > 0 ? inputs : [{ netns: '', lines: linesOf(command) }]
  if (program === 'ip' && args.includes('-batch'))
    return places.flatMap(({ netns, lines }) => lines.map((line) => `ip ${netns === '' ? '' : `-n ${netns} `}${line}`))
  if (program === 'iptables-restore') return places.flatMap(({ netns, lines }) => ruleCommands(lines).map((line) => within(netns, line)))
  if (program === 'sysctl')
    return places.flatMap(({ netns, lines }) => lines.map((line) => within(netns, `sysctl -q -w ${line.replace(' = ', '=')}`)))
  return [explainCommand(command)]
}

const within = (netns: string, line: string): string => (netns === '' ? line : `ip netns exec ${netns} ${line}`)

/** A table is named by the line before its own; a chain of ours is new, or empty from then on. */
function ruleCommands(lines: readonly string[]): readonly string[] {
  let table = ''
  return lines.flatMap((line) => {
    if (line.startsWith('*')) table = line.slice(1)
    if (line.startsWith(':')) return [`iptables -t ${table} -N ${line.slice(1).split(' ')[0]}`]
    return line.startsWith('-') ? [`iptables -t ${table} ${line}`] : []
  })
}
