import { expect, it } from 'vitest'
import { compileHost } from '../../compile/compile'
import { explainTrunkState } from '../../explain/trunk'
import type { HostState } from '../../host/host-state'
import type { Link } from '../../host/link'
import { ids } from '../../testing/sample-topology'
import { sampleTrunk, trunkTopology } from '../../testing/sample-trunk'
import type { Topology } from '../../topology/topology'
import { trunkState } from '../trunk-status'

const topology = trunkTopology({ linuxBridge: [2] })
const built = compileHost(topology, ids.host(2))
const having = (name: string, change: Partial<Link> | null): HostState => ({
  ...built,
  links: built.links.flatMap((link) => (link.name !== name ? [link] : change ? [{ ...link, ...change }] : [])),
})
const oneSubPort: Topology = { ...topology, trunks: [{ ...sampleTrunk, subPorts: sampleTrunk.subPorts.slice(0, 1) }] }

// docs/reference/trunks.md, on the wiring of linux-bridge.md.
it.each([
  ['ACTIVE', 'everything wired', built, topology, null],
  ['DOWN', 'no VM yet', { ...built, domains: [] }, topology, /^VM vlan-1 is not defined on its host yet/],
  [
    'DOWN',
    'the VM off',
    { ...built, domains: built.domains.map((domain) => ({ ...domain, isRunning: false })) },
    topology,
    /^VM vlan-1 is not running/,
  ],
  ['DOWN', 'no tap', having('tapff000022-00', null), topology, /^tapff000022-00 of VM vlan-1 is not there/],
  ['ERROR', 'the parent in no bridge', having('tapff000022-00', { master: null }), topology, /is not in brqdd000002-00/],
  ['DOWN', 'an interface missing', having('tapff000038-00', null), topology, /1 not wired \(new, or lost when the VM was restarted\)/],
  ['DOWN', 'a subport just removed', built, oneSubPort, /1 to be taken away/],
  [
    'DEGRADED',
    'a wrong guest VLAN',
    having('tapff000038-00', { vlan: { lower: 'tapff000022-00', id: 99 } }),
    topology,
    /tapff000038-00 of "vlan-1 eth0.301" has VLAN id 99, the guest uses VLAN 301/,
  ],
  ['DEGRADED', 'a wrong network', having('tapff000038-00', { master: 'brqdd000001-00' }), topology, /is not in brqdd000003-00/],
] as const)('is %s with %s', (status, _, state, design, reason) => {
  const found = trunkState({ topology: design, trunk: design.trunks[0]!, observation: { state, unparsed: [] }, isApplying: false })
  expect([found.status, explainTrunkState(found)]).toEqual([status, reason && expect.stringMatching(reason)])
})
