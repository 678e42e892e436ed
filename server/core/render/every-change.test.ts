// A change that the plan shows and no command brings about would come back with every plan, and every run of it would fail. So each way in
// which a host can differ from a design in one place is tried: a thing that is missing, one that is too many, one that is otherwise.

import { expect, it } from 'vitest'
import { compileHost } from '../compile/compile'
import { diffHost, isEmptyDiff } from '../diff/host-diff'
import { type HostState, type HostStateKind, kindNames as kinds, type Resource } from '../host/host-state'
import type { Link } from '../host/link'
import { ownPort } from '../host/ovs'
import { kindOf } from '../kinds/kinds'
import { listChanges } from '../plan/plan-host'
import { nestedTopology } from '../testing/sample-nested'
import { ids, sampleTopology, type SampleOptions } from '../testing/sample-topology'
import { sampleRouter } from '../testing/sample-router'
import { trunkTopology } from '../testing/sample-trunk'
import type { Topology } from '../topology/topology'
import { renderSteps } from './render-steps'
import { oneByOne } from './testing/one-by-one'

const restoring = (topology: Topology): Topology => ({
  ...topology,
  hosts: topology.hosts.map((host) => ({ ...host, hasRestoreUnit: true })),
})
const wirings: readonly SampleOptions[] = [{ datapathType: 'netdev' }, { datapathType: 'system' }, { linuxBridge: [1, 2] }]
const states: readonly (readonly [name: string, state: HostState])[] = wirings.flatMap((options) => {
  const designs = [
    ['plain', restoring(sampleTopology(options)), [1, 2]],
    ['trunk', trunkTopology(options), [2]],
    ...(options.linuxBridge ? [] : [['nested', nestedTopology(options), [2]] as const]),
  ] as const
  return designs.flatMap(([name, topology, hosts]) =>
    hosts.map(
      (host) => [`${name} on host ${host}, ${options.datapathType ?? 'linuxbridge'}`, compileHost(topology, ids.host(host))] as const,
    ),
  )
})

/** What comes and goes together on any host: a pair, a device and its row. */
function companions(kind: HostStateKind, resource: Resource, state: HostState): ReadonlySet<Resource> {
  if (kind !== 'links') return new Set([resource])
  const { peer, netns, type, name } = resource as Link
  const rows = type === 'ovs-internal' ? [...state.ovsPorts, ...state.ovsBridges].filter((row) => row.name === name) : []
  return new Set([
    resource,
    ...rows,
    ...state.links.filter((link) => peer && link.netns === peer.netns && link.name === peer.name && netns !== undefined),
  ])
}

const without = (state: HostState, gone: ReadonlySet<Resource>): HostState =>
  Object.fromEntries(kinds.map((kind) => [kind, state[kind].filter((each) => !gone.has(each))])) as unknown as HostState

const replaced = (state: HostState, kind: HostStateKind, resource: Resource, other: Resource): HostState => ({
  ...state,
  [kind]: state[kind].map((each: Resource) => (each === resource ? other : each)),
})

/** Every value that is one step away: another text, number or truth, a list with one more, one less, one twice, none. */
function variants(value: unknown): unknown[] {
  if (typeof value === 'string') return [`${value}x`]
  if (typeof value === 'number') return [value + 1]
  if (typeof value === 'boolean') return [!value]
  if (value === null) return ['x']
  if (Array.isArray(value)) {
    const inside = value.flatMap((each, index) => variants(each).map((other) => value.with(index, other)))
    return [[], value.slice(1), [...value].reverse(), ...(value.length > 0 ? [[...value, value.at(-1)], ...inside] : [])]
  }
  if (typeof value === 'object') {
    const entries = Object.entries(value)
    // Of a map any key may be missing, of a record none.
    const isMap = !('kind' in value) && entries.every(([, each]) => typeof each === 'string')
    return [
      ...entries.flatMap(([key, each]) => variants(each).map((other) => ({ ...value, [key]: other }))),
      ...(isMap ? entries.map(([key]) => Object.fromEntries(entries.filter(([other]) => other !== key))) : []),
    ]
  }
  return []
}

/** What tells a resource from others is not a difference but another resource. */
const changed = (kind: HostStateKind, resource: Resource): Resource[] =>
  (variants(resource) as Resource[]).filter((other) => isWhole(resource, other) && kindOf(kind).key(other) === kindOf(kind).key(resource))

/** A reading has every field that the design sets. */
const isWhole = (resource: Resource, other: Resource): boolean => Object.keys(resource).every((key) => key in other)

/** Differences for which no command is sent, in words. */
function silent(desired: HostState, observed: HostState, what: string): string[] {
  const diff = diffHost(desired, observed)
  if (isEmptyDiff(diff) || renderSteps(diff, 'host').length > 0) return []
  return [
    `${what}: ${listChanges(diff)
      .map(({ action, label, fields }) => `${action} ${label} ${fields.map(({ field }) => field).join()}`)
      .join('; ')}`,
  ]
}

it.each([...states, ['a router inside namespaces', sampleRouter] as const])('[DIFF-20] every difference has a command: %s', (_, state) => {
  const found = kinds.flatMap((kind) =>
    state[kind].flatMap((resource: Resource) => {
      const label = kindOf(kind).label(resource)
      const rest = without(state, companions(kind, resource, state))
      return [
        ...silent(state, rest, `missing ${label}`),
        ...silent(rest, state, `too many ${label}`),
        ...changed(kind, resource).flatMap((other) => silent(state, replaced(state, kind, resource, other), `another ${label}`)),
      ]
    }),
  )
  expect(found).toEqual([])
})

it('[DIFF-20] a device of ours that nothing serves any more goes, also where its namespace stays', () => {
  const [, state] = states.find(([name]) => name.startsWith('plain on host 1'))!
  const [{ name: netns, owner }] = state.namespaces as [HostState['namespaces'][number]]
  const device = (place: string, name: string, more: Partial<Link>): Link => ({ netns: place, name, type: 'other', owner, ...more })
  const pair = [
    device(netns, 'a0', { type: 'veth', peer: { netns, name: 'a1' } }),
    device(netns, 'a1', { type: 'veth', peer: { netns, name: 'a0' } }),
  ]
  const split = [
    device('', 'b0', { type: 'veth', peer: { netns, name: 'b1' } }),
    device(netns, 'b1', { type: 'veth', peer: { netns: '', name: 'b0' } }),
  ]
  const lines = (...links: readonly Link[]) =>
    renderSteps(diffHost(state, { ...state, links: [...state.links, ...links] }), 'net1').map(({ command }) => [
      command.argv.join(' '),
      command.stdin,
    ])
  expect(lines(device('', 'tap7', {}))).toEqual([['ip -batch -', 'link del dev tap7\n']])
  expect(lines(device(netns, 'tap7', {}))).toEqual([[`ip -n ${netns} -batch -`, 'link del dev tap7\n']])
  expect(lines(...pair)).toEqual([[`ip -n ${netns} -batch -`, 'link del dev a0\n']])
  expect(lines(...split)).toEqual([['ip -batch -', 'link del dev b0\n']])
})

it('[PLAN-30] a port goes before its device is made anew, and comes back with its number', () => {
  const [, state] = states.find(([name]) => name === 'plain on host 2, netdev')!
  const [qvo, qvb] = state.links.filter(({ name }) => /^qv[ob]ff000022/.test(name)).sort((a, b) => b.name.localeCompare(a.name)) as [
    Link,
    Link,
  ]
  const open = (ofport: number | null): HostState => ({
    ...without(state, new Set([qvo, qvb])),
    ovsPorts: state.ovsPorts.map((port) => ({ ...port, interface: { ...port.interface, ofport } })),
  })
  const plan = (observed: HostState) => renderSteps(diffHost(state, observed), 'cmp1')
  const remade = plan(open(7))
  const at = (text: string) => remade.findIndex(({ command }) => `${command.argv.join(' ')} ${command.stdin}`.includes(text))
  expect([at(`del-port br-int ${qvo.name}`), at(`link add name`), at(`add-port br-int ${qvo.name}`), at('tag=12')]).toEqual([0, 1, 3, 4])
  expect(remade[3]!.command.argv).toContain('ofport_request=7')
  expect(remade[3]!.command.argv).toContain('tag=4095')
  // What vswitchd could not open it takes by itself when the device comes.
  for (const closed of [-1, null]) expect(plan(open(closed)).filter(({ command }) => command.argv[0] === 'ovs-vsctl')).toEqual([])
})

it('[PLAN-30] an internal port whose device went goes and comes, and one whose device is only elsewhere stays', () => {
  const [, state] = states.find(([name]) => name.startsWith('plain on host 1'))!
  const device = state.links.find(({ netns, type }) => netns !== '' && type === 'ovs-internal')!
  const others = state.links.filter((link) => link !== device)
  const lines = (links: readonly Link[]) =>
    renderSteps(diffHost(state, { ...state, links }), 'net1').map(({ command }) => `${command.argv.join(' ')} ${command.stdin ?? ''}`)
  const at = (all: readonly string[], text: string) => all.findIndex((line) => line.includes(text))
  const gone = lines(others)
  expect([at(gone, `--if-exists del-port br-int ${device.name}`), at(gone, `add-port br-int ${device.name}`)]).toEqual([0, 1])
  expect(at(gone, `link set dev ${device.name} netns ${device.netns}`)).toBeGreaterThan(1)
  // A switch that was restarted made it outside, where the plan fetches it.
  const outside = lines([...others, { netns: '', name: device.name, type: 'ovs-internal', owner: null }])
  expect([at(outside, '-port'), at(outside, `link set dev ${device.name} netns ${device.netns}`)]).toEqual([-1, 0])
})

it('[DIFF-5] an option of an interface that nobody wants goes', () => {
  const [, state] = states.find(([name]) => name === 'plain on host 2, netdev')!
  const port = state.ovsPorts.find(({ name }) => name.startsWith('vxlan-'))!
  const other = { ...port, interface: { ...port.interface, options: { ...port.interface.options, dst_port: '4790' } } }
  const lines = (desired: HostState, observed: HostState) =>
    renderSteps(diffHost(desired, observed), 'cmp1').map(({ command }) => command.argv.slice(2).join(' '))
  const changed = replaced(state, 'ovsPorts', port, other)
  expect(lines(state, changed)).toEqual([`-- remove Interface ${port.name} options "dst_port"`])
  expect(lines(changed, state)).toEqual([`-- set Interface ${port.name} options:"dst_port"="4790"`])
})

it('[DIFF-5] a port that somebody protected from others is open to them again', () => {
  const [, state] = states.find(([name]) => name === 'plain on host 2, netdev')!
  const port = state.ovsPorts.find(({ name }) => name.startsWith('qvo'))!
  const guarded = replaced(state, 'ovsPorts', port, { ...port, isProtected: true })
  const lines = (desired: HostState, observed: HostState) =>
    renderSteps(diffHost(desired, observed), 'cmp1').map(({ command }) => command.argv.slice(2).join(' '))
  expect(lines(state, guarded)).toEqual([`-- set Port ${port.name} protected=false`])
  expect(lines(guarded, state)).toEqual([`-- set Port ${port.name} protected=true`])
})

it('[PLAN-30] an internal port that somebody renamed goes with its row, and takes along what is on it', () => {
  const [, state] = states.find(([name]) => name.startsWith('plain on host 1'))!
  const device = state.links.find(({ netns, type }) => netns !== '' && type === 'ovs-internal')!
  const renamed = { ...device, name: 'foo', type: 'tap' as const }
  const on = <R extends { readonly netns: string; readonly link?: string }>(list: readonly R[]) =>
    list.map((each) => (each.link === device.name && each.netns === device.netns ? { ...each, link: 'foo' } : each))
  const observed = { ...replaced(state, 'links', device, renamed), addresses: on(state.addresses), routes: on(state.routes) }
  const lines = renderSteps(diffHost(state, observed), 'net1').map(({ command }) => `${command.argv.join(' ')} ${command.stdin ?? ''}`)
  expect(lines.join('\n')).not.toMatch(/dev foo/)
  expect(lines.join('\n')).toContain(`address replace ${state.addresses.find(({ link }) => link === device.name)!.cidr} dev ${device.name}`)
})

it.each([
  ['internal', 7],
  ['internal', -1],
  ['geneve', 3],
])('[PLAN-30] a port of another type (%s, ofport %i) goes and comes before its flows', (type, ofport) => {
  const [, state] = states.find(([name]) => name === 'plain on host 2, netdev')!
  const port = state.ovsPorts.find(({ name }) => name.startsWith(type === 'geneve' ? 'vxlan-' : 'qvo'))!
  const other = { ...port, interface: { ...port.interface, type, ofport } }
  const lines = renderSteps(diffHost(state, { ...replaced(state, 'ovsPorts', port, other), flows: [] }), 'cmp1').map(({ command }) =>
    command.argv.join(' '),
  )
  const at = (text: string) => lines.findIndex((line) => line.includes(text))
  expect([at(`del-port ${port.bridge} ${port.name}`), at(`add-port ${port.bridge} ${port.name}`), at(`add-flows ${port.bridge}`)]).toEqual([
    0,
    1,
    lines.findIndex((line) => line.includes('add-flows') && line.includes(port.bridge)),
  ])
  expect(lines[1]!.includes(`ofport_request=${ofport}`)).toBe(ofport > 0)
})

it.each([
  ['patch', {}, -1, true],
  ['vxlan', { remote_ip: 'nowhere' }, -1, true],
  ['vxlan', { remote_ip: '192.0.2.9' }, 3, false],
])('[PLAN-30] a port (%s) that Open vSwitch made with options %j has the number %i', (type, options, ofport, isReplugged) => {
  const [, state] = states.find(([name]) => name === 'plain on host 2, netdev')!
  const port = state.ovsPorts.find((each) => each.interface.type === type)!
  const other = { ...port, interface: { ...port.interface, options, ofport } }
  const lines = renderSteps(diffHost(state, { ...replaced(state, 'ovsPorts', port, other), flows: [] }), 'cmp1').map(({ command }) =>
    command.argv.join(' '),
  )
  const at = (text: string) => lines.findIndex((line) => line.includes(text))
  const flows = at(`add-flows ${port.bridge}`)
  // Flows name it: it is a port before they come.
  expect([at(`del-port ${port.bridge} ${port.name}`), at(`add-port ${port.bridge} ${port.name}`)]).toEqual(isReplugged ? [0, 1] : [-1, -1])
  expect(at(`set Interface ${port.name}`)).toSatisfy((index: number) => (isReplugged ? index < flows : index > flows))
})

it('[PLAN-30] the port that a bridge has of its own goes and comes for a device that went, and comes where it went too', () => {
  const [, state] = states.find(([name]) => name === 'plain on host 2, netdev')!
  const device = state.links.find(({ netns, type }) => netns === '' && type === 'ovs-internal')!
  const steps = (hasOwnPort: boolean | undefined) => {
    const ovsBridges = state.ovsBridges.map((bridge) => ({ ...bridge, ...(hasOwnPort !== undefined && { hasOwnPort }) }))
    const ovsPorts = [...state.ovsPorts, ...(hasOwnPort ? state.ovsBridges.map(ownPort) : [])]
    return renderSteps(
      diffHost(state, { ...state, links: state.links.filter((link) => link !== device), ovsBridges, ovsPorts }),
      'cmp1',
    ).map(({ command }) => command.argv.slice(2).join(' '))
  }
  const out = `-- --id=@${device.name} get Port ${device.name} -- remove Bridge ${device.name} ports @${device.name}`
  const back = `-- add Bridge ${device.name} ports @${device.name}`
  expect(steps(true)).toEqual([out, expect.stringContaining(back), '-'])
  expect(steps(false)).toEqual([expect.stringContaining(back), '-'])
  // After a boot Open vSwitch makes it.
  expect(steps(undefined)).toEqual(['-'])
})

it('a batch that is cut anywhere leaves at most one pair without its mark', () => {
  const [, state] = states.find(([name]) => name === 'plain on host 2, netdev')!
  const batch = renderSteps(
    diffHost(state, { ...state, links: state.links.filter(({ type }) => type === 'physical' || type === 'tap') }),
    'cmp1',
  ).find(({ title }) => title.startsWith('Links'))!
  const lines = batch.command.stdin!.trim().split('\n')
  expect(lines.filter((line) => line.startsWith('link add')).length).toBeGreaterThan(4)
  lines.forEach((_, end) => {
    const done = lines.slice(0, end + 1)
    const made = done.flatMap((line) => [...line.matchAll(/ name (\S+)/g)].map(([, name]) => name!))
    const marked = new Set(done.flatMap((line) => /^link set dev (\S+) alias /.exec(line)?.[1] ?? []))
    expect(made.filter((name) => !marked.has(name)).length).toBeLessThanOrEqual(2)
  })
})

it('[DIFF-20] a jump that is there three times loses two', () => {
  const [, state] = states.find(([name]) => name.startsWith('plain on host 1'))!
  const jumps = (count: number): HostState => ({
    ...state,
    iptables: state.iptables.map((chain) =>
      chain.chain === 'POSTROUTING' ? { ...chain, rules: Array.from({ length: count }, () => chain.rules[0]!) } : chain,
    ),
  })
  const lines = (desired: HostState, observed: HostState) =>
    renderSteps(diffHost(desired, observed), 'net1')
      .filter(({ title }) => title.startsWith('iptables'))
      .flatMap(({ command }) => oneByOne(command))
      .map(({ stdin }) => stdin)
  const line = (verb: string) => `-${verb} POSTROUTING -j tapline-POSTROUTING\n`
  const once = lines(jumps(1), jumps(3))
  expect(new Set(once)).toEqual(new Set([`*mangle\n${line('D')}${line('D')}COMMIT\n`]))
  expect(new Set(lines(jumps(3), jumps(1)))).toEqual(new Set([`*mangle\n${line('I')}${line('I')}COMMIT\n`]))
})
