// What the steps of a plan do to Open vSwitch, said in other ways: as little as it can be for a floor, and as an operator types it for a
// rival. Both end as the plan does; `switchState` tells whether they did.

import type { Step } from '@/server/core/plan/plan'
import { quoteArgv } from '@/server/core/commands/quote'
import { labExec } from '@/lab/lab'

type Words = readonly string[]

interface BareChange {
  /** Commands of ovs-vsctl. */
  readonly rows: readonly Words[]
  /** Of each bridge, as `ovs-ofctl --bundle add-flows` reads them. */
  readonly flows: readonly { readonly bridge: string; readonly line: string }[]
}

/** One transaction, then one bundle for each bridge; a bundle has no room for two. */
export function atOnce(steps: readonly Step[]): string {
  const { rows, flows } = changeOf(steps)
  const bundles = [...new Set(flows.map(({ bridge }) => bridge))].map((bridge) => {
    const lines = flows.filter((flow) => flow.bridge === bridge).map(({ line }) => line)
    return `ovs-ofctl -O OpenFlow14 --bundle add-flows ${bridge} - <<'END'\n${lines.join('\n')}\nEND\n`
  })
  return `${vsctl(rows)}\n${bundles.join('')}`
}

/** The commands of the plan, one after the other. */
export const asPlanned = (steps: readonly Step[]): string =>
  steps.map(({ command }) => `${quoteArgv(command.argv)} <<'END'\n${command.stdin ?? ''}\nEND`).join('\n')

/** A command for each port with what is set of it, and one for each flow. */
export function oneByOne(steps: readonly Step[]): string {
  const { rows, flows } = changeOf(steps)
  const isNew = ([verb]: Words) => verb === 'add-port'
  const ports = rows.filter(isNew).map((port) => [port, ...rows.filter((row) => row[0] === 'set' && row[2] === port[2])])
  const others = rows.filter((row) => !ports.some((port) => port.includes(row))).map((row) => [row])
  const flowLines = flows.map(({ bridge, line }) =>
    quoteArgv(['ovs-ofctl', '-O', 'OpenFlow14', 'add-flow', bridge, line.replace('add ', '')]),
  )
  return [...[...ports, ...others].map(vsctl), ...flowLines].join('\n')
}

const vsctl = (rows: readonly Words[]): string => quoteArgv(['ovs-vsctl', ...rows.flatMap((row) => ['--', ...row])])

function changeOf(steps: readonly Step[]): BareChange {
  const [rows, flows]: [Words[], { bridge: string; line: string }[]] = [[], []]
  for (const { command } of steps) {
    const [program, ...args] = command.argv
    if (program === 'ovs-vsctl') rows.push(...commandsOf(args))
    // A long one has its arguments on standard input.
    else if (program === 'xargs' && args.includes('ovs-vsctl')) rows.push(...commandsOf(command.stdin!.trimEnd().split('\n')))
    else if (program === 'ovs-ofctl' && args.includes('--bundle') && command.stdin)
      flows.push(
        ...command.stdin
          .trim()
          .split('\n')
          .map((line) => ({ bridge: args.at(-2)!, line })),
      )
    else throw new Error(`not known how to say otherwise: ${command.argv.join(' ').slice(0, 200)}`)
  }
  return { rows: endOf(rows), flows }
}

/** `--timeout=20 -- add-port … -- set …` */
function commandsOf(args: Words): readonly Words[] {
  const commands: string[][] = []
  for (const word of args)
    if (word === '--') commands.push([])
    else commands.at(-1)?.push(word)
  return commands
}

/** A plan makes ports that are dead and connects them once flows are there; here they are made as they end. */
function endOf(commands: readonly Words[]): readonly Words[] {
  const made = commands.filter(([verb]) => verb === 'add-port')
  const names = new Set(made.map(([, , name]) => name!))
  const settings = new Map<string, Map<string, string>>()
  const others: Words[] = []
  for (const command of commands) {
    const [verb, table = '', record = '', ...values] = command
    if (verb === 'add-port') continue
    if (!names.has(record)) {
      others.push(command)
      continue
    }
    const key = `${table} ${record}`
    const row = settings.get(key) ?? new Map<string, string>()
    settings.set(key, row)
    for (const [column, value] of values.map(splitSetting))
      if (value === '[]') row.delete(column)
      else row.set(column, value)
  }
  const set = [...settings].map(([key, row]) => ['set', ...key.split(' '), ...[...row].map(([column, value]) => `${column}=${value}`)])
  return [...made, ...set, ...others]
}

/** `options:"peer"="spi-1"`, with the key quoted or not. */
function splitSetting(text: string): [column: string, value: string] {
  const at = text.indexOf('=')
  return [text.slice(0, at).replaceAll('"', ''), text.slice(at + 1)]
}

/** Milliseconds of a script on the host, by the host's own clock. */
export async function timeOnHost(lab: string, host: string, script: string): Promise<number> {
  const timed = `start=$(date +%s%N)\n${script}\nend=$(date +%s%N)\necho $(((end - start) / 1000000))\n`
  return Number(await onHost(lab, host, timed))
}

/** Ports, interfaces and flows as they are set; nothing that counts. */
export const switchState = (lab: string, host: string): Promise<string> => onHost(lab, host, STATE)

async function onHost(lab: string, host: string, script: string): Promise<string> {
  const { code, stdout, stderr } = await labExec(lab, host, ['sh', '-e'], { stdin: script, timeoutMs: 300_000 })
  if (code !== 0) throw new Error(`${host}: ${stderr.slice(0, 2000)}`)
  return stdout
}

const STATE = String.raw`
ovs-vsctl --format=csv --columns=name,tag,vlan_mode,trunks,external_ids,other_config list Port | sort
ovs-vsctl --format=csv --columns=name,type,options,external_ids list Interface | sort
for bridge in $(ovs-vsctl list-br); do ovs-ofctl -O OpenFlow14 --names --no-stats dump-flows "$bridge" | sort; done
`
