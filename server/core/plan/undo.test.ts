import { describe, expect, it } from 'vitest'
import { said as quote } from '../quoted'
import { compileHost } from '../compile/compile'
import { emptyHostState, type HostState } from '../host/host-state'
import type { Link } from '../host/link'
import type { HostObservation } from '../host/observation'
import { cookieOf, renderOwner, type Owner } from '../naming'
import { said } from '../testing/said'
import { explainUnknownPart } from '../explain/unknown-part'
import { sampleTopology } from '../testing/sample-topology'
import { isSwitchGone } from './gone-switch'
import { adoptMade, listMade, mergeMade, unsettled } from './made'
import { planHost } from './plan-host'
import { wayBack } from './testing/way-back'

const topology = sampleTopology({ networks: [2] })
const host = topology.hosts[1]!
const desired = compileHost(topology, host.id)
const nic = (name: string): Link => ({ netns: '', name, type: 'physical', owner: null, isUp: true, master: null })
const nics = [nic('ens37'), nic('ens38')]
const observe = (state: Partial<HostState>, unparsed: HostObservation['unparsed'] = []): HostObservation => ({
  hostId: host.id,
  observedAt: '',
  durationMs: 1,
  state: { ...emptyHostState, links: nics, ...state },
  facts: {
    hostname: 'cmp1',
    kernel: '',
    ovsVersion: null,
    ovsDatapathTypes: [],
    hasKernelDatapath: false,
    kvm: 'no-device',
    libvirtVersion: null,
    tools: {},
    neutronAgents: [],
    sshLink: null,
  },
  unparsed,
})
const bare = observe({})
const built: HostState = { ...desired, links: [...desired.links.filter(({ type }) => type !== 'physical'), ...nics] }
const made = listMade(planHost(host, desired, bare).changes)
const unmark = (links: readonly Link[]): Link[] => links.map((link) => ({ ...link, owner: null }))
const other: Owner = { kind: 'host', id: 'f0f0f0f0-0000-4000-8000-000000000001' }
const tap = (name: string): Link => ({ netns: '', name, type: 'tap', owner: null })

describe('[PLAN-32] the way back takes what the run made, and nothing that others made meanwhile', () => {
  it('leaves a device of ours that is not of this plan', () => {
    const theirs: Link = {
      netns: '',
      name: 'qbrdeadbeef-00',
      type: 'bridge',
      owner: { kind: 'port', id: 'deadbeef-0000-4000-8000-000000000000' },
    }
    expect(wayBack(host, desired, bare, observe({ links: [...nics, theirs] }))).toMatchObject({ steps: [], leftovers: [] })
  })

  it('leaves a bridge that another registration of the machine made under the same name, with its flows', () => {
    const bridges = desired.ovsBridges.map((bridge) => ({ ...bridge, owner: other, externalIds: { tapline: renderOwner(other) } }))
    const flows = desired.flows.map((flow) => ({ ...flow, owner: null, cookie: cookieOf(other) }))
    expect(wayBack(host, desired, bare, observe({ ovsBridges: bridges, flows }))).toMatchObject({ steps: [], leftovers: [] })
  })

  it('keeps a bridge of its own when it holds a port that somebody marked, but this run did not make', () => {
    const port = { ...desired.ovsPorts[0]!, bridge: 'br-int', name: 'by-other', owner: other, externalIds: {} }
    const { steps } = wayBack(host, desired, bare, observe({ ...built, ovsPorts: [...built.ovsPorts, port] }))
    const commands = steps.map(({ command }) => command.argv.join(' ')).join('\n')
    expect(commands).not.toMatch(/del-br br-int|by-other/)
    expect(commands).toContain('del-br br-tun')
  })

  it('does not bring back what the run had nothing to do with', () => {
    const changed = { ...built, ovsPorts: built.ovsPorts.map((port) => (port.name.startsWith('qvo') ? { ...port, tag: 77 } : port)) }
    const lost = { ...changed, flows: built.flows.slice(5) }
    expect(
      wayBack(host, desired, observe(changed), observe({ ...lost, ovsPorts: built.ovsPorts })).leftovers.map((each) => said(each).sentence),
    ).toEqual([expect.stringMatching(/^OVS port qvo/)])
    expect(wayBack(host, desired, observe(changed), observe(lost)).leftovers).toEqual([])
  })
})

describe('[PLAN-31] the way back is done only when a reading shows it that lacks nothing', () => {
  it.each([
    ['virsh', 'Libvirt does not answer: exit code 1', ['VM vlan-1']],
    ['ovsdb', 'Open vSwitch does not answer: exit code 1', desired.ovsBridges.map(({ name }) => `OVS bridge ${name}`)],
  ])('tells what may be left in a part that is not known: %s', (section, reason, labels) => {
    const { steps, leftovers, unknown, hidden } = wayBack(host, desired, bare, observe({}, [{ section, text: '', reason: quote(reason) }]))
    expect({ steps, leftovers }).toEqual({ steps: [], leftovers: [] })
    expect(unknown.map(explainUnknownPart)).toEqual([expect.stringContaining(reason)])
    expect(hidden.map((each) => said(each).sentence)).toEqual(expect.arrayContaining(labels.map((label) => `${label} (not known)`)))
  })

  it('is not disturbed by a part in which nothing of the run can be', () => {
    expect(
      wayBack(
        host,
        desired,
        bare,
        observe({}, [{ section: 'flows br-foreign', text: '', reason: quote('The bridge does not answer: exit code 1') }]),
      ).unknown,
    ).toEqual([])
  })

  it('removes the devices that a dead vswitchd leaves behind, with the one of its datapath', () => {
    const taps = ['br-int', 'br-tun', 'br-ens37', 'br-ens38', 'ovs-netdev'].map(tap)
    const { steps } = wayBack(host, desired, bare, observe({ links: [...nics, ...taps, tap('tapforeign')] }))
    expect(steps.map(({ command }) => command.stdin?.split('\n').sort())).toEqual([
      ['', ...taps.map(({ name }) => `link del dev ${name}`)].sort(),
    ])
    expect(wayBack(host, desired, observe({ links: [...nics, ...taps] }), observe({ links: [...nics, ...taps] })).steps).toEqual([])
  })
})

describe('[PLAN-40] a switch that is gone', () => {
  const silence = (bridges: HostState['ovsBridges'], said: string): HostObservation['unparsed'] =>
    bridges.map(({ name }) => ({
      section: `flows ${name}`,
      text: '',
      reason: { code: 'exit-code', params: { who: 'bridge', exitCode: 1, said } },
    }))
  const waits = (unparsed: HostObservation['unparsed']) => {
    const programs = wayBack(host, desired, bare, observe({ ...built, flows: [] }, unparsed)).steps.flatMap(({ command: { argv } }) =>
      argv[0] === 'ovs-vsctl' ? [argv[1]] : [],
    )
    expect(programs.length).toBeGreaterThan(0)
    return [...new Set(programs)]
  }
  const { ovsBridges: bridges } = built

  it.each(['ovs-ofctl: br-int: failed to connect to socket (Connection refused)', 'ovs-ofctl: br-int is not a bridge or a socket'])(
    'is not waited for: %s',
    (said) => expect(waits(silence(bridges, said))).toEqual(['--no-wait']),
  )

  it('is not gone where no bridge is known, a bridge answers, or is asked for another protocol', () => {
    expect(
      isSwitchGone(
        observe(
          { ...built, flows: [], ovsBridges: [] },
          silence(bridges.slice(0, 1), 'ovs-vsctl: database connection failed (Connection refused)'),
        ),
      ),
    ).toBe(false)
    expect(waits([])).toEqual(['--timeout=20'])
    expect(waits(silence(bridges.slice(1), 'ovs-ofctl: br-int is not a bridge or a socket'))).toEqual(['--timeout=20'])
    expect(waits(silence(bridges, 'ovs-ofctl: br-int: failed to connect to socket (Protocol error)'))).toEqual(['--timeout=20'])
    expect(
      waits(
        bridges.map(({ name }) => ({
          section: `flows ${name}`,
          text: '',
          reason: { code: 'unanswered', params: { who: 'bridge', withinS: 5 } },
        })),
      ),
    ).toEqual(['--timeout=20'])
  })
})

describe('[PLAN-33] what an earlier run made and did not mark', () => {
  const [qbr, qvb, qvo] = ['qbr', 'qvb', 'qvo'].map((start) => desired.links.find(({ name }) => name.startsWith(start))!)
  const half = observe({ links: [...nics, ...unmark([qbr!, qvb!, qvo!]).map((link) => ({ ...link, isUp: false }))] })

  it('does not block the next plan, which marks it', () => {
    expect(planHost(host, desired, half).blocked.map(({ code }) => code)).toEqual([
      'foreign-in-the-way',
      'foreign-in-the-way',
      'foreign-in-the-way',
    ])
    const { blocked, steps } = planHost(host, desired, half, made)
    expect(blocked).toEqual([])
    const lines = steps.flatMap(({ command }) => command.stdin?.split('\n') ?? [])
    expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^link set dev ${qvo!.name} alias tapline:port/\\S+ .*up$`)))
    expect(lines.filter((line) => line.startsWith('link add'))).toEqual([])
  })

  it('goes when the design does not want it any more, and with the way back of the next run', () => {
    const lines = (steps: readonly { readonly command: { readonly stdin?: string } }[]) =>
      steps.flatMap(({ command }) => command.stdin?.trim().split('\n') ?? []).sort()
    const gone = [`link del dev ${qbr!.name}`, `link del dev ${qvb!.name}`]
    expect(lines(planHost(host, emptyHostState, half, made).steps)).toEqual(gone)
    expect(lines(planHost(host, emptyHostState, half).steps)).toEqual([])
    expect(lines(wayBack(host, desired, half, half, made).steps)).toEqual(gone)
  })

  it('is remembered until a reading shows it gone or marked', () => {
    const memory = mergeMade([], planHost(host, desired, bare).changes)
    const keys = (observation: HostObservation) => unsettled(memory, observation).map(({ key }) => key)
    expect(keys(half)).toEqual([qbr, qvb, qvo].map((link) => `/${link!.name}`))
    expect(keys(bare)).toEqual([])
    expect(keys(observe(built))).toEqual([])
    expect(keys(observe({}, [{ section: 'ip ', text: '', reason: quote('The reading may lack something: exit code 1') }]))).toEqual(
      expect.arrayContaining([`/${qvo!.name}`]),
    )
  })

  it('is remembered also when it has its mark from the start, while its part is not known', () => {
    const memory = mergeMade([], planHost(host, desired, bare).changes)
    const kinds = (section: string) => [
      ...new Set(unsettled(memory, observe({}, [{ section, text: '', reason: quote('No answer: exit code 1') }])).map(({ kind }) => kind)),
    ]
    expect([kinds('virsh'), kinds('ovsdb'), kinds('ebtables')]).toEqual([['domains'], ['ovsBridges', 'ovsPorts'], []])
  })

  it('gives no mark to anything else', () => {
    const foreign: Link = { netns: '', name: 'qbrffffffff-ff', type: 'bridge', owner: null }
    expect(adoptMade(observe({ links: [foreign, tap('br-foreign')] }).state, made, desired).links).toEqual([foreign, tap('br-foreign')])
  })

  it('is left to a bridge that is wanted again and takes the device over', () => {
    const { steps } = planHost(host, desired, observe({ links: [...nics, tap('br-int'), tap('br-ens37')] }), made)
    const about = steps.flatMap(
      ({ command, title }) =>
        command.stdin
          ?.split('\n')
          .filter((line) => /^link .*br-(int|ens37)/.test(line))
          .map((line) => `${title.split(':')[0]}: ${line.replace(/alias .*/, 'alias')}`) ?? [],
    )
    expect(about).toEqual(['Links: link del dev br-ens37', 'Internal ports: link set dev br-ens37 alias'])
  })
})

it('[PLAN-37] a device that comes back has the settings that it had', () => {
  const name = desired.links.find(({ netns, type }) => netns === '' && type === 'bridge')!.name
  const read = { netns: '', key: `net/ipv4/conf/${name}/arp_announce`, value: '2' }
  const isOf = ({ key }: { readonly key: string }) => key.includes(`/${name}/`)
  const without = (state: HostState): HostState => ({
    ...state,
    links: state.links.filter((link) => link.name !== name),
    sysctls: state.sysctls.filter((each) => !isOf(each)),
  })
  const before = observe({ ...built, sysctls: [...built.sysctls.filter((each) => !isOf(each)), read] })
  const { steps } = wayBack(host, without(desired), before, observe(without(before.state)))
  const lines = steps.flatMap(({ command }) => (command.stdin ?? '').split('\n'))
  expect(lines.filter((line) => line.startsWith('net/'))).toEqual([`${read.key} = 2`])
})
