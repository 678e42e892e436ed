// A cloud with a way out, for tests: a VXLAN network behind a router that leads to an external VLAN, in which VMs are, too. A VM on cmp1 has a
// floating IP, one on cmp2 has none. Hosts have what the design wants, with the kernel's own settings as a reading would tell them.

import { compileHost } from '../../compile/compile'
import { emptyHostState, type HostState } from '../../host/host-state'
import type { Neighbour } from '../../host/learned'
import type { HostObservation } from '../../host/observation'
import { ids, sampleTopology } from '../../testing/sample-topology'
import type { FloatingIp } from '../../topology/kinds/floating-ip/floating-ip'
import type { Port } from '../../topology/kinds/port/port'
import type { Router } from '../../topology/kinds/router/router'
import type { Topology } from '../../topology/topology'
import { computePath } from '../compute-path'
import type { NoPath, Path } from '../path'

const routerId = 'ac000001-0000-4000-8000-000000000001'
const external = ids.network(2)
export const [net1, cmp1, cmp2] = [ids.host(1), ids.host(2), ids.host(3)]
/** With a floating IP, on cmp1; without one, on cmp2. */
export const [floated, plain] = [ids.port(3, 2), ids.port(3, 3)]
/** In the external network itself. */
export const inExternal = ids.port(2, 3)
export const FLOATING = '10.0.2.50'
export const floatingId = 'b0000001-0000-4000-8000-000000000001'
export const [UPSTREAM, FAR_AWAY] = ['10.0.2.1', '198.51.100.10']
export const UPSTREAM_MAC = '02:aa:00:00:00:01'
export const gatewayPort = 'b1000001-0000-4000-8000-000000000001'

const port = (id: string, changes: Partial<Port>): Port => ({
  id: `${id}-0000-4000-8000-000000000001`,
  networkId: external,
  name: '',
  macAddress: `fa:16:3e:aa:${id.slice(0, 2)}:${id.slice(-2)}`,
  fixedIps: [],
  hostId: null,
  deviceOwner: '',
  deviceId: routerId,
  isAdminStateUp: true,
  isPortSecurityEnabled: false,
  ...changes,
})
const at = (ipAddress: string) => [{ subnetId: ids.subnet(2), ipAddress }]

export interface RoutedOptions {
  readonly isDistributed: boolean
  /** A distributed one translates for everybody, too: its central part is on net1. */
  readonly hasCentralPart?: boolean
  readonly router?: Partial<Router>
  readonly floatingIp?: Partial<FloatingIp>
}

export function routedTopology({ isDistributed, hasCentralPart = false, router, floatingIp }: RoutedOptions): Topology {
  const topology = sampleTopology({ networks: [2, 3], datapathType: 'system' })
  const hostId = isDistributed && !hasCentralPart ? null : net1
  const ports = [
    port('b0000003', {
      networkId: ids.network(3),
      hostId: isDistributed ? null : net1,
      deviceOwner: isDistributed ? 'network:router_interface_distributed' : 'network:router_interface',
      fixedIps: [{ subnetId: ids.subnet(3), ipAddress: '10.0.3.1' }],
    }),
    ...(router?.gateway === null ? [] : [port('b1000001', { hostId, deviceOwner: 'network:router_gateway', fixedIps: at('10.0.2.60') })]),
    ...(hasCentralPart
      ? [
          port('b4000001', {
            networkId: ids.network(3),
            hostId,
            deviceOwner: 'network:router_centralized_snat',
            fixedIps: [{ subnetId: ids.subnet(3), ipAddress: '10.0.3.250' }],
          }),
        ]
      : []),
    port('b2000001', { deviceOwner: 'network:floatingip', deviceId: floatingId, fixedIps: at(FLOATING) }),
    ...(isDistributed
      ? [port('b3000001', { hostId: cmp1, deviceOwner: 'network:floatingip_agent_gateway', deviceId: cmp1, fixedIps: at('10.0.2.70') })]
      : []),
  ]
  return {
    ...topology,
    networks: topology.networks.map((network) => (network.id === external ? { ...network, isExternal: true } : network)),
    ports: [...topology.ports.map((each) => ({ ...each, securityGroupIds: undefined })), ...ports],
    routers: [
      {
        id: routerId,
        projectId: ids.project,
        name: 'r1',
        isAdminStateUp: true,
        isDistributed,
        hostId,
        gateway: { networkId: external, portId: gatewayPort, isSnatEnabled: !isDistributed || hasCentralPart },
        routes: [],
        linkLocalPair: 3,
        floatingIpMode: 'dvr',
        ...router,
      },
    ],
    floatingIps: [
      {
        id: floatingId,
        projectId: ids.project,
        networkId: external,
        portId: port('b2000001', {}).id,
        fixedPortId: floated,
        fixedIpAddress: '10.0.3.3',
        routerId,
        rulePriority: 32_770,
        ...floatingIp,
      },
    ],
  }
}

const facts = {
  hostname: '',
  kernel: '',
  ovsVersion: '3.1.0',
  ovsDatapathTypes: [],
  hasKernelDatapath: true,
  kvm: 'no-device' as const,
  libvirtVersion: null,
  tools: {},
  neutronAgents: [],
  sshLink: null,
}
const SETTINGS = [
  'rp_filter',
  'proxy_arp',
  'proxy_arp_pvlan',
  'arp_ignore',
  'arp_filter',
  'accept_local',
  'src_valid_mark',
  'route_localnet',
  'send_redirects',
]

/** What a kernel has where nothing is set. */
function withDefaults(state: HostState): HostState {
  const known = new Set(state.sysctls.map(({ netns, key }) => `${netns}:${key}`))
  const places = [...new Set(state.links.map(({ netns }) => netns))]
  const wanted = places.flatMap((netns) => {
    const devices = ['all', ...state.links.filter((link) => link.netns === netns).map(({ name }) => name)]
    const own = devices.flatMap((device) => SETTINGS.map((name) => ({ netns, key: `net/ipv4/conf/${device}/${name}`, value: '0' })))
    return [...own, { netns, key: 'net/ipv4/ip_forward', value: '0' }]
  })
  return { ...state, sysctls: [...state.sysctls, ...wanted.filter(({ netns, key }) => !known.has(`${netns}:${key}`))] }
}

export type Change = (state: HostState) => HostState

/** `heard`: what the stacks of a host have learned. */
export function observe(
  topology: Topology,
  hostId: string,
  change: Change = (state) => state,
  heard: readonly Neighbour[] = [],
): HostObservation {
  const index = topology.hosts.findIndex(({ id }) => id === hostId)
  const compiled = compileHost(topology, hostId)
  // With the kernel datapath the NIC has its address already.
  const addresses = [...compiled.addresses, { netns: '', link: 'ens37', cidr: `192.168.150.1${index + 1}/24` }]
  const state = change(withDefaults({ ...emptyHostState, ...compiled, addresses, learned: { neighbours: heard } }))
  return { hostId, observedAt: '', durationMs: 1, state, facts, unparsed: [] }
}

export interface Drawn {
  readonly change?: Readonly<Record<string, Change>>
  readonly heard?: readonly Neighbour[]
}

export function drawOut(topology: Topology, from: string, to: string, { change = {}, heard = [] }: Drawn = {}): Path | NoPath {
  const observations = new Map(topology.hosts.map(({ id }) => [id, observe(topology, id, change[id], heard)]))
  return computePath({ topology, observations }, from, to)
}
