import { describe, expect, it } from 'vitest'
import { compileHost } from '../compile/compile'
import { diffHost, isEmptyDiff } from '../diff/host-diff'
import type { HostState } from '../host/host-state'
import type { HostObservation } from '../host/observation'
import { renderSteps } from '../render/render-steps'
import { said } from '../testing/said'
import { ids } from '../testing/sample-topology'
import { innerPorts, nestedTopology } from '../testing/sample-nested'
import type { Topology } from '../topology/topology'
import { findImpacts } from './impacts'
import type { HostPlan } from './plan'
import { listChanges, planHost } from './plan-host'
import { findWarnings } from './warnings'

const host = ids.host(2)
const nested = nestedTopology()
const plain: Topology = { ...nested, nestedUplinks: [] }
const vmId = ids.vm(2, 2)

const observe = (state: HostState): HostObservation => ({
  hostId: host,
  observedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 1,
  state,
  facts: {
    hostname: 'cmp1',
    kernel: '6.1.0',
    ovsVersion: '3.1.0',
    ovsDatapathTypes: ['netdev'],
    hasKernelDatapath: false,
    libvirtVersion: '9.0.0',
    kvm: 'no-device',
    tools: {},
    neutronAgents: [],
    sshLink: null,
  },
  unparsed: [],
})
const stateOf = (topology: Topology) => compileHost(topology, host)
function planOf(observed: HostState, to: Topology): HostPlan {
  const diff = diffHost(stateOf(to), observed)
  return {
    hostId: host,
    hostName: 'cmp1',
    observedAt: '',
    changes: listChanges(diff),
    steps: renderSteps(diff, 'cmp1'),
    undo: [],
    blocked: [],
    kept: [],
  }
}
const commands = ({ steps }: HostPlan) => steps.map(({ command }) => command.argv.join(' '))
const virsh = (plan: HostPlan) => commands(plan).filter((command) => command.includes('virsh'))
const short = (plan: HostPlan, to: Topology, from: Topology) => findImpacts([plan], to, from).map(({ kind, label }) => `${kind} ${label}`)

describe('[PLAN-15] a NIC that comes to a running VM', () => {
  const plan = planOf(stateOf(plain), nested)
  const attach = plan.steps.find(({ command }) => command.argv[2]?.includes('attach-device'))!

  it('is plugged in live and for good, from XML on stdin', () => {
    expect(attach.command.argv.slice(-3)).toEqual(['qemu:///system', vmId, 'fa:16:3d:00:00:01'])
    expect(attach.command.stdin).toMatch(
      /^<interface type='bridge'>\n {2}<mac address='fa:16:3d:00:00:01'\/>\n {2}<source bridge='br-data'\/>\n {2}<target dev='tapce000011-00'\/>/,
    )
  })
  it('stops nothing', () => expect(virsh(plan)).toHaveLength(1))
  it('comes after its bridge, and after the provider bridge has its other end', () => {
    const order = commands(plan)
    expect(order.findIndex((command) => command.includes('attach-device'))).toBeGreaterThan(
      order.findIndex((command) => command.includes('add-port br-ens38 qvo-data')),
    )
    expect(order[0]).toContain('ip -batch')
  })
  it('touches no port of the design, and the blast radius says so', () =>
    expect(short(plan, nested, plain)).toEqual(['new nested uplink of vlan-1 to physnet1']))
  it('[PLAN-16] comes with a warning that it leads past br-int', () => {
    expect(findWarnings([plan], nested).map(said)).toEqual([
      {
        severity: 'warning',
        code: 'uplink-unfiltered',
        about: 'nested uplink of vlan-1 to physnet1',
        sentence: expect.stringMatching(/past br-int/),
      },
    ])
    expect(findWarnings([planOf(stateOf(nested), plain)], plain)).toEqual([])
  })
  it('is there after that', () => expect(isEmptyDiff(diffHost(stateOf(nested), stateOf(nested)))).toBe(true))
})

describe('a NIC that goes', () => {
  const plan = planOf(stateOf(nested), plain)
  it('is unplugged first, and waited for', () => {
    expect(plan.steps[0]!.command.argv.slice(-3)).toEqual(['qemu:///system', vmId, 'fa:16:3d:00:00:01'])
    expect(plan.steps[0]!.command.stdin).toContain("<mac address='fa:16:3d:00:00:01'/>")
    expect(plan.steps[0]!.command.argv[2]).toContain('detach-device "$domain" /dev/stdin --live')
    expect(virsh(plan)).toHaveLength(1)
  })
  it('takes its devices along', () => expect(commands(plan).some((command) => command.includes('del-port br-ens38 qvo-data'))).toBe(true))
  it('is named', () => expect(short(plan, plain, nested)).toEqual(['removed nested uplink of vlan-1 to physnet1']))
})

describe('a VM that cannot be changed while it runs', () => {
  const changed = (change: (nic: HostState['domains'][number]['interfaces'][number]) => object): HostState => ({
    ...stateOf(nested),
    domains: stateOf(nested).domains.map((domain) =>
      domain.uuid === vmId ? { ...domain, interfaces: domain.interfaces.map((nic) => ({ ...nic, ...change(nic) })) } : domain,
    ),
  })
  it('is built anew when a NIC that stays differs', () =>
    expect(
      virsh(
        planOf(
          changed(() => ({ mtu: 1400 })),
          nested,
        ),
      ).map((command) => command.split(' ')[4]),
    ).toEqual(['destroy', 'undefine', 'define', 'start']))

  it('is built anew with all its NICs when it is off', () => {
    const off: HostState = {
      ...stateOf(plain),
      domains: stateOf(plain).domains.map((domain) => (domain.uuid === vmId ? { ...domain, isRunning: false } : domain)),
    }
    const plan = planOf(off, nested)
    expect(virsh(plan).map((command) => command.split(' ')[4])).toEqual(['undefine', 'define', 'start'])
    expect(plan.steps.find(({ command }) => command.argv.includes('define'))!.command.stdin).toContain("<source bridge='br-data'/>")
  })

  it('takes down what runs on it, and the blast radius says so', () => {
    const restart = planOf(
      changed(() => ({ model: 'e1000' })),
      nested,
    )
    expect(findImpacts([restart], nested, nested).find(({ portId }) => portId === innerPorts[0])).toMatchObject({
      kind: 'interrupted',
      reason: { code: 'inner-host-restarted', params: { vm: 'vlan-1' } },
    })
  })

  it('[PLAN-17] blocks the plan when it has no free PCI port', () => {
    const full = (freePciPorts: number): HostState => ({
      ...stateOf(plain),
      domains: stateOf(plain).domains.map((domain) => ({ ...domain, freePciPorts })),
    })
    const blockedBy = (observed: HostState) =>
      planHost(nested.hosts[1]!, stateOf(nested), observe(observed)).blocked.map(({ code, subject }) => `${code} ${subject.name}`)
    expect(blockedBy(full(0))).toEqual(['no-nic-slot vlan-1'])
    expect(blockedBy(full(1))).toEqual([])
  })
})

it('[PLAN-18] an uplink that is broken interrupts the inner cloud', () => {
  const broken: HostState = {
    ...stateOf(nested),
    links: stateOf(nested).links.map((link) => (link.name === 'br-data' ? { ...link, isUp: false } : link)),
  }
  const impacts = findImpacts([planOf(broken, nested)], nested, nested)
  expect(impacts.map(({ kind, label }) => `${kind} ${label}`)).toEqual([
    'interrupted nested uplink of vlan-1 to physnet1',
    'interrupted inner-1 (10.0.4.11)',
  ])
})
