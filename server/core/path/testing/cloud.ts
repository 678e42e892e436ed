// A small cloud for tests, hand-built as the compiler would have it and a healthy host would show it: two hosts, one
// network, a VM on each, a DHCP server on the first. A test breaks one thing with `change` and looks who is named.

import { explainUnparsed } from '../../explain/unparsed'
import type { Flow } from '../../host/flow'
import { emptyHostState, type HostState, type HostStateKind } from '../../host/host-state'
import type { Link } from '../../host/link'
import type { HostObservation } from '../../host/observation'
import type { OvsBridge, OvsPort } from '../../host/ovs'
import { dhcpNamespace, qbrName, qvbName, qvoName, tapName, underlayBridgeName, vxlanPortName } from '../../naming'
import { canonicalFlow } from '../../parse/openflow/canonical-flow'
import type { Host } from '../../topology/kinds/host/host'
import type { NetworkType } from '../../topology/kinds/network/network'
import type { Port } from '../../topology/kinds/port/port'
import type { Vm } from '../../topology/kinds/vm/vm'
import { emptyTopology } from '../../topology/complete-topology'
import type { Topology } from '../../topology/topology'
import type { PathInput } from '../compute-path'

export const networkId = '11111111-0000-4000-8000-000000000001'
export const ports = {
  web1: '9f9c98cb-1300-4000-8000-000000000001',
  web2: '7a1b2c3d-2400-4000-8000-000000000002',
  dhcp: 'd0d0d0d0-3500-4000-8000-000000000003',
  web3: '5e6f7a8b-4600-4000-8000-000000000004',
} as const
export const macs = { web1: 'fa:16:3e:00:00:01', web2: 'fa:16:3e:00:00:02', dhcp: 'fa:16:3e:00:00:03', web3: 'fa:16:3e:00:00:04' } as const
export const addresses = { web1: '10.0.0.5', web2: '10.0.0.6', dhcp: '10.0.0.2', web3: '10.0.0.7' } as const
export type PortName = keyof typeof ports

const placement: Readonly<Record<PortName, 'cmp1' | 'cmp2'>> = { web1: 'cmp1', web3: 'cmp1', dhcp: 'cmp1', web2: 'cmp2' }
const tunnelAddress = { cmp1: '192.168.150.11', cmp2: '192.168.150.12' } as const
export const localVlan = { cmp1: 3, cmp2: 7 } as const
const segmentation: Readonly<Record<NetworkType, number | null>> = { flat: null, vlan: 120, vxlan: 100 }
type HostName = keyof typeof tunnelAddress

export interface CloudOptions {
  readonly type: NetworkType
  readonly datapathType?: Host['datapathType']
}

/** Everything agrees until `change` is called. */
export class Cloud {
  readonly topology: Topology
  readonly states: Record<HostName, HostState>

  constructor(readonly options: CloudOptions) {
    this.topology = makeTopology(options)
    this.states = { cmp1: makeState(this.topology, 'cmp1', options), cmp2: makeState(this.topology, 'cmp2', options) }
  }

  /** Replaces items of one kind on one host: return the item, another one, or nothing to take it away. */
  change<K extends HostStateKind>(host: HostName, kind: K, edit: (item: HostState[K][number]) => HostState[K][number] | null): this {
    const items = (this.states[host][kind] as readonly HostState[K][number][]).flatMap((item) => edit(item) ?? [])
    this.states[host] = { ...this.states[host], [kind]: items }
    return this
  }

  observation(host: HostName): HostObservation {
    return {
      hostId: host,
      observedAt: '2026-01-01T00:00:00.000Z',
      durationMs: 1,
      state: this.states[host],
      facts: { ...facts, hostname: host },
      unparsed: [],
    }
  }

  get input(): PathInput {
    return {
      topology: this.topology,
      observations: new Map([
        ['cmp1', this.observation('cmp1')],
        ['cmp2', this.observation('cmp2')],
      ]),
    }
  }
}

const facts: HostObservation['facts'] = {
  hostname: 'cmp',
  kernel: '6.1',
  ovsVersion: '3.1.0',
  ovsDatapathTypes: ['netdev'],
  hasKernelDatapath: true,
  kvm: 'no-device',
  libvirtVersion: '9.0.0',
  tools: {},
  neutronAgents: [],
  sshLink: 'ens36',
}

const vmIds = {
  web1: '0a000000-0000-4000-8000-000000000001',
  web2: '0a000000-0000-4000-8000-000000000002',
  web3: '0a000000-0000-4000-8000-000000000003',
}
const vmNames = ['web1', 'web2', 'web3'] as const

function makeTopology({ type, datapathType = 'system' }: CloudOptions): Topology {
  const host = (name: HostName): Host => ({
    id: name,
    name,
    roles: ['compute'],
    availabilityZone: 'nova',
    agentKind: 'openvswitch',
    datapathType,
    virtType: 'auto',
    isAgentAccepted: false,
    adoptedHostIds: [],
    hasKvm: false,
    isPrepared: true,
    isReadOnly: false,
    hasRestoreUnit: false,
    hasBridgeNetfilter: false,
    isSchedulable: true,
    tunnel: { address: tunnelAddress[name], prefixLength: 24, nic: 'ens37' },
    bridgeMappings: [{ physicalNetworkId: 'physnet1', bridge: 'br-ens38', nic: 'ens38' }],
    dvrMac: 'fa:16:3f:00:00:01',
  })
  const mtu = type === 'vxlan' ? 1450 : 1500
  return {
    ...emptyTopology,
    hosts: [host('cmp1'), host('cmp2')],
    physicalNetworks: [{ id: 'physnet1', name: 'physnet1', mtu: 1500, vlanRanges: [] }],
    networks: [
      {
        id: networkId,
        projectId: 'p',
        name: 'net-a',
        type,
        physicalNetworkId: type === 'vxlan' ? null : 'physnet1',
        segmentationId: segmentation[type],
        mtu,
        isAdminStateUp: true,
      },
    ],
    ports: (Object.keys(ports) as PortName[]).map(makePort),
    vms: vmNames.map(makeVm),
    localVlans: [
      { hostId: 'cmp1', networkId, vlan: localVlan.cmp1 },
      { hostId: 'cmp2', networkId, vlan: localVlan.cmp2 },
    ],
  }
}

function makePort(name: PortName): Port {
  return {
    id: ports[name],
    networkId,
    name,
    macAddress: macs[name],
    fixedIps: [{ subnetId: 's', ipAddress: addresses[name] }],
    hostId: placement[name],
    deviceOwner: name === 'dhcp' ? 'network:dhcp' : 'compute:nova',
    deviceId: name === 'dhcp' ? `dhcp-${networkId}` : vmIds[name],
    isAdminStateUp: true,
    isPortSecurityEnabled: true,
  }
}

function makeVm(name: (typeof vmNames)[number]): Vm {
  const boot = { kind: 'kernel', kernel: '/k', initrd: '/i', cmdline: '' } as const
  return {
    id: vmIds[name],
    projectId: 'p',
    name,
    hostId: placement[name],
    memoryMib: 128,
    vcpus: 1,
    virtType: 'qemu',
    boot,
    portIds: [ports[name]],
  }
}

function makeState(topology: Topology, host: HostName, { type, datapathType }: CloudOptions): HostState {
  const here = (Object.keys(ports) as PortName[]).filter((name) => placement[name] === host)
  const vms = here.filter((name) => name !== 'dhcp')
  const isNetdev = datapathType === 'netdev'
  const mtu = topology.networks[0]!.mtu
  return {
    ...emptyHostState,
    namespaces: here.includes('dhcp') ? [{ name: dhcpNamespace(networkId), owner: null }] : [],
    links: [
      ...vms.flatMap((name) => vmLinks(ports[name], mtu)),
      ...(here.includes('dhcp')
        ? [link(tapName(ports.dhcp), { type: 'ovs-internal', netns: dhcpNamespace(networkId), mtu, macAddress: macs.dhcp })]
        : []),
      link('ens37', { type: 'physical', mtu: 1500, macAddress: vtepMac[host] }),
      link('ens38', { type: 'physical', mtu: 1500 }),
      ...(isNetdev ? [link(underlayBridgeName('ens37'), { type: 'ovs-internal', mtu: 1500, macAddress: vtepMac[host] })] : []),
    ],
    addresses: [
      { netns: '', link: isNetdev ? underlayBridgeName('ens37') : 'ens37', cidr: `${tunnelAddress[host]}/24` },
      { netns: dhcpNamespace(networkId), link: tapName(ports.dhcp), cidr: `${addresses.dhcp}/24` },
    ],
    ovsBridges: ['br-int', 'br-tun', 'br-ens38', ...(isNetdev ? ['br-ens37'] : [])].map(bridge),
    ovsPorts: ovsPorts(host, here, type, isNetdev),
    flows: flows(host, vms, type, isNetdev),
    dnsmasq: here.includes('dhcp')
      ? [{ networkId, netns: dhcpNamespace(networkId), directory: '/d', argv: [], files: {}, isRunning: true }]
      : [],
    domains: vms.map((name) => ({
      uuid: vmIds[name as 'web1'],
      name,
      owner: null,
      isRunning: true,
      memoryMib: 128,
      vcpus: 1,
      virtType: 'qemu',
      boot: null,
      interfaces: [
        { type: 'bridge', source: qbrName(ports[name]), target: tapName(ports[name]), macAddress: macs[name], mtu, model: 'virtio' },
      ],
      hasGuestAgent: true,
    })),
  }
}

const vtepMac: Readonly<Record<HostName, string>> = { cmp1: '02:00:00:00:37:12', cmp2: '02:00:00:00:37:13' }

let nextIfindex = 10
const link = (name: string, fields: Partial<Link> = {}): Link => ({
  netns: '',
  name,
  type: 'other',
  owner: null,
  isUp: true,
  master: null,
  observed: { ifindex: nextIfindex++, kind: '', operState: 'UP', alias: '', rxPackets: 42, txPackets: 41, rxDropped: 0, txDropped: 0 },
  ...fields,
})

function vmLinks(id: string, mtu: number): Link[] {
  const [qbr, qvb, qvo] = [qbrName(id), qvbName(id), qvoName(id)]
  return [
    link(tapName(id), { type: 'tap', mtu, master: qbr }),
    link(qbr, { type: 'bridge', mtu, bridge: { forwardDelay: 0, hasStp: false, hasMulticastSnooping: false, ageingTime: 0 } }),
    link(qvb, { type: 'veth', mtu, master: qbr, peer: { netns: '', name: qvo } }),
    link(qvo, { type: 'veth', mtu, master: 'ovs-system', peer: { netns: '', name: qvb } }),
  ]
}

const bridge = (name: string): OvsBridge => ({
  name,
  owner: null,
  datapathType: '',
  failMode: 'secure',
  protocols: [],
  otherConfig: {},
  externalIds: {},
})

const ovsPort = (on: string, name: string, fields: Partial<OvsPort> = {}): OvsPort => ({
  bridge: on,
  name,
  owner: null,
  tag: null,
  vlanMode: null,
  trunks: [],
  otherConfig: {},
  externalIds: {},
  interface: { type: '', options: {}, externalIds: {}, ofport: 5 },
  ...fields,
})

const patch = (on: string, name: string, peer: string): OvsPort =>
  ovsPort(on, name, { interface: { type: 'patch', options: { peer }, externalIds: {}, statistics: { rx_packets: 9, tx_packets: 8 } } })

function ovsPorts(host: HostName, here: readonly PortName[], type: NetworkType, isNetdev: boolean): OvsPort[] {
  const remote = tunnelAddress[host === 'cmp1' ? 'cmp2' : 'cmp1']
  const plugged = here.map((name) =>
    ovsPort('br-int', name === 'dhcp' ? tapName(ports[name]) : qvoName(ports[name]), {
      tag: localVlan[host],
      otherConfig: { tag: String(localVlan[host]), net_uuid: networkId, network_type: type },
      interface: {
        type: name === 'dhcp' ? 'internal' : '',
        options: {},
        externalIds: { 'iface-id': ports[name], 'attached-mac': macs[name] },
        ofport: 5,
      },
    }),
  )
  const options = { remote_ip: remote, local_ip: tunnelAddress[host], in_key: 'flow', out_key: 'flow' }
  return numbered([
    ...plugged,
    patch('br-int', 'patch-tun', 'patch-int'),
    patch('br-tun', 'patch-int', 'patch-tun'),
    patch('br-int', 'int-br-ens38', 'phy-br-ens38'),
    patch('br-ens38', 'phy-br-ens38', 'int-br-ens38'),
    ovsPort('br-ens38', 'ens38'),
    ovsPort('br-tun', vxlanPortName(remote), { interface: { type: 'vxlan', options, externalIds: {}, ofport: 2 } }),
    ...(isNetdev
      ? [ovsPort('br-ens37', 'ens37'), ovsPort('br-ens37', 'br-ens37', { interface: { type: 'internal', options: {}, externalIds: {} } })]
      : []),
  ])
}

/** As Open vSwitch numbers them: per bridge, from 1, and its own device last of all. */
const numbered = (rows: readonly OvsPort[]): OvsPort[] =>
  rows.map((row, index) => ({ ...row, interface: { ...row.interface, ofport: row.name === row.bridge ? 65534 : index + 1 } }))

export function flow(bridgeName: string, text: string): Flow {
  const result = canonicalFlow(text, bridgeName)
  if (!result.ok) throw new Error(`${explainUnparsed(result.error.reason)}: ${text}`)
  return { ...result.value, packets: 0 }
}

function flows(host: HostName, vms: readonly PortName[], type: NetworkType, isNetdev: boolean): Flow[] {
  const vlan = localVlan[host]
  const integration = [
    'table=0,priority=65535,dl_vlan=4095,actions=drop',
    ...vms.flatMap((name) => vmFlows(name)),
    'table=0,priority=2,in_port=int-br-ens38,actions=drop',
    ...(type === 'vxlan' ? [] : [`table=0,priority=3,in_port=int-br-ens38,${wireMatch(type)},actions=mod_vlan_vid:${vlan},resubmit(,58)`]),
    'table=0,priority=0,actions=resubmit(,58)',
    'table=23,priority=0,actions=drop',
    'table=24,priority=0,actions=drop',
    'table=30,priority=0,actions=resubmit(,58)',
    'table=58,priority=0,actions=resubmit(,59)',
    'table=59,priority=0,actions=resubmit(,60)',
    'table=60,priority=1,actions=NORMAL',
  ]
  const provider = [
    ...(type === 'vxlan' ? [] : [`table=0,priority=4,in_port=phy-br-ens38,dl_vlan=${vlan},actions=${wireAction(type)},NORMAL`]),
    'table=0,priority=2,in_port=phy-br-ens38,actions=drop',
    'table=0,priority=0,actions=NORMAL',
  ]
  return [
    ...integration.map((text) => flow('br-int', text)),
    ...provider.map((text) => flow('br-ens38', text)),
    ...tunnelFlows(host, type).map((text) => flow('br-tun', text)),
    ...(isNetdev ? [flow('br-ens37', 'table=0,priority=0,actions=NORMAL')] : []),
  ]
}

const wireMatch = (type: NetworkType) => (type === 'flat' ? 'vlan_tci=0x0000/0x1fff' : `dl_vlan=${segmentation.vlan}`)
const wireAction = (type: NetworkType) => (type === 'flat' ? 'strip_vlan' : `mod_vlan_vid:${segmentation.vlan}`)

function vmFlows(name: PortName): string[] {
  const qvo = qvoName(ports[name])
  return [
    `table=0,priority=10,arp,in_port=${qvo},actions=resubmit(,24)`,
    `table=0,priority=10,icmp6,icmp_type=136,in_port=${qvo},actions=resubmit(,24)`,
    `table=0,priority=9,in_port=${qvo},actions=resubmit(,25)`,
    `table=24,priority=2,arp,in_port=${qvo},arp_spa=${addresses[name]},actions=resubmit(,25)`,
    `table=25,priority=2,in_port=${qvo},dl_src=${macs[name]},actions=resubmit(,30)`,
  ]
}

const learn =
  'learn(table=20,hard_timeout=300,priority=1,NXM_OF_VLAN_TCI[0..11],NXM_OF_ETH_DST[]=NXM_OF_ETH_SRC[],load:0->NXM_OF_VLAN_TCI[],load:NXM_NX_TUN_ID[]->NXM_NX_TUN_ID[],output:OXM_OF_IN_PORT[])'

function tunnelFlows(host: HostName, type: NetworkType): string[] {
  const remoteHost = host === 'cmp1' ? 'cmp2' : 'cmp1'
  const tunnel = vxlanPortName(tunnelAddress[remoteHost])
  const remotes = (Object.keys(ports) as PortName[]).filter((name) => placement[name] === remoteHost)
  const out = `strip_vlan,set_tunnel:0x64,output:${tunnel}`
  const ofNetwork = [
    `table=4,priority=1,tun_id=0x64,actions=mod_vlan_vid:${localVlan[host]},resubmit(,10)`,
    ...remotes.map((name) => `table=20,priority=2,dl_vlan=${localVlan[host]},dl_dst=${macs[name]},actions=${out}`),
    `table=22,priority=1,dl_vlan=${localVlan[host]},actions=${out}`,
  ]
  return [
    'table=0,priority=1,in_port=patch-int,actions=resubmit(,2)',
    `table=0,priority=1,in_port=${tunnel},actions=resubmit(,4)`,
    'table=0,priority=0,actions=drop',
    'table=2,priority=0,dl_dst=00:00:00:00:00:00/01:00:00:00:00:00,actions=resubmit(,20)',
    'table=2,priority=0,dl_dst=01:00:00:00:00:00/01:00:00:00:00:00,actions=resubmit(,22)',
    'table=4,priority=0,actions=drop',
    `table=10,priority=1,actions=${learn},output:patch-int`,
    'table=20,priority=0,actions=resubmit(,22)',
    'table=22,priority=0,actions=drop',
    ...(type === 'vxlan' ? ofNetwork : []),
  ]
}
