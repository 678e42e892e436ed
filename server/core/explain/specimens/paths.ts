// Sample paths for the gallery and for tests of pure view logic. Typed, never shipped in a page of production.

import { linkStyle } from '../../path/link-style'
import type { HopDetail, HopFinding, NoProof } from '../../path/hop-params'
import type { Encapsulation, Endpoint, Path, PathHop, PathHost } from '../../path/path'
import { echoRequest } from '../../walk/frame'

export const cmp1 = { id: '6f1d2c1e-0000-4000-8000-000000000001', name: 'cmp1' }
export const cmp2 = { id: '6f1d2c1e-0000-4000-8000-000000000002', name: 'cmp2' }
const net1 = { id: '6f1d2c1e-0000-4000-8000-000000000003', name: 'net1' }
export const blueId = 'b1ee0000-3c5a-4f0e-9d5a-2f1f5a9c7d10'

type End = typeof cmp1

export const web1 = {
  id: '9f9c98cb-13aa-4b6e-b4f7-0d9e4c3b2a10',
  portId: '9f9c98cb-13aa-4b6e-b4f7-0d9e4c3b2a10',
  label: 'web-1',
  kind: 'vm',
  hostId: cmp1.id,
  hostName: cmp1.name,
  networkId: blueId,
  networkName: 'blue',
  macAddress: 'fa:16:3e:5c:10:21',
  ipAddress: '10.0.5.9',
} as const satisfies Endpoint
export const web2 = {
  ...web1,
  id: '7668b6f4-2dce-4e13-9a77-6f0e1b2c3d4e',
  portId: '7668b6f4-2dce-4e13-9a77-6f0e1b2c3d4e',
  label: 'web-2',
  hostId: cmp2.id,
  hostName: cmp2.name,
  macAddress: 'fa:16:3e:7a:33:08',
  ipAddress: '10.0.5.12',
} as const satisfies Endpoint
const web3: Endpoint = {
  ...web1,
  id: 'c3b1a5d2-77f0-4b1c-8a10-5d6e7f809101',
  portId: 'c3b1a5d2-77f0-4b1c-8a10-5d6e7f809101',
  label: 'web-3',
  macAddress: 'fa:16:3e:02:9b:55',
  ipAddress: '10.0.5.20',
}
const dhcp: Endpoint = {
  ...web1,
  id: 'd4c0ffee-0b5e-4c6d-9e1a-00112233aabb',
  portId: 'd4c0ffee-0b5e-4c6d-9e1a-00112233aabb',
  label: 'DHCP of blue',
  kind: 'dhcp',
  hostId: net1.id,
  hostName: net1.name,
  macAddress: 'fa:16:3e:d4:c0:01',
  ipAddress: '10.0.5.2',
}
export const endpoints: readonly Endpoint[] = [web1, web2, web3, dhcp]

const untagged: Encapsulation = { kind: 'untagged' }
const local = (vlan: number): Encapsulation => ({ kind: 'local-vlan', vlan })
const vni: Encapsulation = { kind: 'vxlan', vni: 100, source: '192.168.150.12', destination: '192.168.150.13' }
const vlan: Encapsulation = { kind: 'dot1q', vlanId: 103 }

const sent = echoRequest({ mac: web1.macAddress, ip: web1.ipAddress! }, { mac: web2.macAddress, ip: web2.ipAddress! })

const KINDS = {
  vm: 'guest',
  tap: 'tap',
  qbr: 'linux-bridge',
  qvb: 'veth',
  qvo: 'veth',
  'br-int': 'ovs-bridge',
  patch: 'patch-pair',
  'br-tun': 'ovs-bridge',
  'provider-bridge': 'ovs-bridge',
  'underlay-bridge': 'ovs-bridge',
  nic: 'nic',
  wire: 'wire',
  dhcp: 'ovs-internal',
} as const

function hop(end: End | null, role: keyof typeof KINDS, device: string, more: Partial<PathHop> = {}): PathHop {
  return {
    id: `${end?.name ?? '-'}/${role}/${device}#1`,
    place: { hostId: end?.id ?? null, netns: '', kind: KINDS[role], device },
    hostName: end?.name ?? null,
    role,
    detail: { code: 'linux-bridge', params: {} },
    doubts: [],
    linkToNext: 'bridge-port',
    in: sent,
    out: sent,
    captured: 'out',
    encapsulation: untagged,
    alsoTo: [],
    translationFlowKey: null,
    proof: { method: 'capture', netns: '', device },
    intent: 'agrees',
    host: 'agrees',
    traffic: 'unchecked',
    finding: null,
    counters: { rxPackets: 10_412, txPackets: 10_377 },
    ...more,
  }
}

const noProof = (reason: NoProof): Pick<PathHop, 'proof' | 'counters'> => ({ proof: { method: 'none', reason }, counters: null })
const byFlow = (bridge: string, ...flowKeys: readonly string[]): Pick<PathHop, 'proof'> => ({
  proof: { method: 'flow-counter', bridge, flowKeys },
})
const bridgeByFlow = (bridge: string, ...flowKeys: readonly string[]) => ({ ...byFlow(bridge, ...flowKeys), counters: null })

const short = (endpoint: Endpoint): string => endpoint.id.slice(0, 11)
const inGuest = noProof({ code: 'inside-guest', params: {} })
const throughBridge = noProof({ code: 'between-devices', params: { before: 'tap', behind: 'qvo' } })

const inBridge = (bridge: string): HopDetail => ({ code: 'in-bridge', params: { bridge } })
const localTag = (tag: number): HopDetail => ({ code: 'local-tag', params: { tag } })
const onWire103: HopDetail = { code: 'wire-tag', params: { vlan: 103 } }

/** From the VM to qvo; turned round for the far side. */
function plug(end: End, endpoint: Endpoint, tag: number): readonly PathHop[] {
  const x = short(endpoint)
  return [
    hop(end, 'vm', 'eth0', { detail: { code: 'end', params: { label: endpoint.label, address: endpoint.ipAddress } }, ...inGuest }),
    hop(end, 'tap', `tap${x}`, { detail: inBridge(`qbr${x}`) }),
    hop(end, 'qbr', `qbr${x}`, { ...throughBridge }),
    hop(end, 'qvb', `qvb${x}`, { detail: inBridge(`qbr${x}`) }),
    hop(end, 'qvo', `qvo${x}`, { detail: localTag(tag) }),
  ]
}

const brIntOut = (end: End, tag: number): PathHop =>
  hop(end, 'br-int', 'br-int', {
    detail: localTag(tag),
    encapsulation: local(tag),
    translationFlowKey: 'br-int/60/3/',
    ...bridgeByFlow('br-int', 'br-int/60/3/'),
  })
const brIntIn = (end: End, detail: HopDetail, flowKey: string): PathHop =>
  hop(end, 'br-int', 'br-int', { detail, translationFlowKey: flowKey, ...bridgeByFlow('br-int', flowKey) })

const patchTun = (end: End, tag: number): PathHop =>
  hop(end, 'patch', 'patch-tun', {
    encapsulation: local(tag),
    detail: { code: 'patch', params: { inner: 'patch-tun', outer: 'patch-int' } },
    ...byFlow('br-tun', 'br-tun/0/1/in_port=patch-int'),
  })
const patchProvider = (end: End, encapsulation: Encapsulation): PathHop =>
  hop(end, 'patch', 'int-br-ens38', {
    encapsulation,
    detail: { code: 'patch', params: { inner: 'int-br-ens38', outer: 'phy-br-ens38' } },
    ...byFlow('br-ens38', 'br-ens38/0/4/dl_vlan=4,in_port=phy-br-ens38'),
  })

const tunnelNic = (end: End, address: string): readonly PathHop[] => [
  hop(end, 'underlay-bridge', 'br-ens37', {
    encapsulation: vni,
    detail: { code: 'underlay', params: { address, nic: 'ens37' } },
    ...byFlow('br-ens37', 'br-ens37/0/0/'),
  }),
  hop(end, 'nic', 'ens37', { encapsulation: vni, detail: inBridge('br-ens37') }),
]
const providerNic = (end: End, translationFlowKey: string | null): readonly PathHop[] => [
  hop(end, 'provider-bridge', 'br-ens38', {
    encapsulation: vlan,
    detail: onWire103,
    translationFlowKey,
    ...bridgeByFlow('br-ens38', 'br-ens38/0/0/'),
  }),
  hop(end, 'nic', 'ens38', { encapsulation: vlan, detail: onWire103 }),
]
const tunnelFlow = 'br-tun/22/1/dl_vlan=3'
const arrivingFlow = 'br-tun/4/1/tun_id=0x64'
const brTunOut = (end: End): PathHop =>
  hop(end, 'br-tun', 'br-tun', {
    encapsulation: vni,
    detail: { code: 'vni', params: { vni: 100, port: 'vxlan-c0a8960d' } },
    translationFlowKey: tunnelFlow,
    ...bridgeByFlow('br-tun', tunnelFlow),
  })
const brTunIn = (end: End, tag: number): PathHop =>
  hop(end, 'br-tun', 'br-tun', {
    encapsulation: local(tag),
    detail: { code: 'vni', params: { vni: 100, port: 'vxlan-c0a8960c' } },
    translationFlowKey: arrivingFlow,
    ...bridgeByFlow('br-tun', arrivingFlow),
  })

const wire = (device: string, encapsulation: Encapsulation, detail: HopDetail): PathHop =>
  hop(null, 'wire', device, { encapsulation, detail, host: 'unchecked', ...noProof({ code: 'between-hosts', params: {} }) })

const linked = (hops: readonly PathHop[]): readonly PathHop[] =>
  hops.map((each, index) => {
    const [from, to] = [each, hops[index + 1]]
    return { ...each, linkToNext: to ? linkStyle(from.place.kind, to.place.kind, isTunnel(from.role, to.role)) : null }
  })

const isTunnel = (...roles: readonly PathHop['role'][]): boolean => roles.includes('br-tun') && !roles.includes('patch')

/** The way back of a specimen meets the same places. */
const legs = (hops: readonly PathHop[]): Pick<Path, 'forth' | 'back'> => ({
  forth: { hops: linked(hops) },
  back: { hops: linked(turned(hops)) },
})

const turned = (hops: readonly PathHop[]): readonly PathHop[] =>
  [...hops].reverse().map((each, index, back) => ({ ...each, encapsulation: hops[back.length - index - 2]?.encapsulation ?? untagged }))

const readNow = '2026-11-20T23:41:07.000Z'
const read = (host: typeof cmp1): PathHost => ({ ...host, observedAt: readNow, trouble: null })

const near = [...plug(cmp1, web1, 3), brIntOut(cmp1, 3), patchTun(cmp1, 3), brTunOut(cmp1), ...tunnelNic(cmp1, '192.168.150.12')]
const underlay = wire('underlay', vni, { code: 'tunnel', params: { vni: 100, source: '192.168.150.12', destination: '192.168.150.13' } })
const far = (end: End): readonly PathHop[] => [
  ...[...tunnelNic(end, '192.168.150.13')].reverse(),
  brTunIn(end, 7),
  patchTun(end, 7),
  brIntIn(end, localTag(7), 'br-int/60/3/'),
]

export const vxlanPath: Path = {
  source: web1,
  destination: web2,
  networkType: 'vxlan',
  segmentationId: 100,
  ...legs([...near, underlay, ...far(cmp2), ...[...plug(cmp2, web2, 7)].reverse()]),
  hosts: [read(cmp1), read(cmp2)],
  evidence: null,
  revision: { number: 4, appliedAt: '2026-11-20T22:10:00.000Z' },
  verdict: null,
}

export const verifiedAt = '2026-11-20T23:40:51.000Z'
const evidenceNow: Path['evidence'] = { verificationId: '77aa0000-1111-4222-8333-444455556666', startedAt: verifiedAt }

export const provenPath: Path = {
  ...vxlanPath,
  evidence: evidenceNow,
  ...legs(vxlanPath.forth.hops.map((each) => ({ ...each, traffic: each.proof.method === 'none' ? 'unchecked' : 'agrees' }))),
}

/** Proven, and then a host went away. */
export const silentHostPath: Path = {
  ...provenPath,
  hosts: [
    read(cmp1),
    {
      ...read(cmp2),
      trouble: {
        status: 'unreachable',
        said: 'cmp2 (root@10.0.0.13:22) refused the connection: nothing listens on this port. Check that sshd runs and that the port is right.',
        observedAt: readNow,
        sudoersLine: null,
      },
    },
  ],
}

/** Proven, and then another revision was applied. */
export const overtakenPath: Path = { ...provenPath, revision: { number: 5, appliedAt: '2026-11-20T23:55:00.000Z' } }

const providerFlow = 'br-ens38/0/4/dl_vlan=4,in_port=phy-br-ens38'
const providerArriving = 'br-int/0/3/dl_vlan=103,in_port=int-br-ens38'

export const vlanPath: Path = {
  ...vxlanPath,
  networkType: 'vlan',
  segmentationId: 103,
  ...legs([
    ...plug(cmp1, web1, 4),
    brIntOut(cmp1, 4),
    patchProvider(cmp1, local(4)),
    ...providerNic(cmp1, providerFlow),
    wire('physnet1', vlan, onWire103),
    ...[...providerNic(cmp2, null)].reverse(),
    patchProvider(cmp2, vlan),
    brIntIn(cmp2, { code: 'wire-to-local', params: { vlan: 103, tag: 2 } }, providerArriving),
    ...[...plug(cmp2, web2, 2)].reverse(),
  ]),
}

/** The kernel datapath: the NIC itself holds the tunnel address. */
export const kernelPath: Path = { ...vxlanPath, ...legs(vxlanPath.forth.hops.filter((each) => each.role !== 'underlay-bridge')) }

export const sameHostPath: Path = {
  ...vxlanPath,
  hosts: [read(cmp1)],
  destination: web3,
  ...legs([
    ...plug(cmp1, web1, 3),
    hop(cmp1, 'br-int', 'br-int', { detail: localTag(3), ...bridgeByFlow('br-int', 'br-int/60/3/') }),
    ...[...plug(cmp1, web3, 3)].reverse(),
  ]),
}

const dhcpTap = `tap${short(dhcp)}`
const dhcpNetns = `qdhcp-${blueId}`
export const dhcpPath: Path = {
  ...vxlanPath,
  hosts: [read(cmp1), read(net1)],
  destination: dhcp,
  ...legs([
    ...near,
    underlay,
    ...far(net1),
    hop(net1, 'dhcp', dhcpTap, {
      place: { hostId: net1.id, netns: dhcpNetns, kind: 'ovs-internal', device: dhcpTap },
      detail: localTag(7),
      proof: { method: 'capture', netns: dhcpNetns, device: dhcpTap },
    }),
  ]),
}

export const brIntIndex = 5

const noFlowForVni: HopFinding = {
  code: 'dropped-by-flow',
  params: {
    what: 'frames',
    label: 'web-1',
    drop: { bridge: 'br-tun', table: 4, why: { code: 'vni-not-translated', params: { vni: 100, host: 'cmp2' } } },
  },
}

/** A wrong source address: br-int drops ARP, so nothing leaves it, and everything behind is silent. */
export const brokenPath: Path = {
  ...vxlanPath,
  evidence: evidenceNow,
  ...legs(
    vxlanPath.forth.hops.map((each, index): PathHop => {
      const isSilent = index >= brIntIndex && each.proof.method !== 'none'
      const traffic = isSilent ? 'differs' : each.proof.method === 'none' ? 'unchecked' : 'agrees'
      const isMisbuilt = each.role === 'br-tun' && each.place.hostId === cmp2.id
      return isMisbuilt ? { ...each, traffic, host: 'differs', finding: noFlowForVni } : { ...each, traffic }
    }),
  ),
  verdict: {
    hopId: vxlanPath.forth.hops[brIntIndex]!.id,
    finding: {
      code: 'packets-lost',
      params: {
        kind: 'arp-request',
        from: { device: `qvo${short(web1)}`, host: null },
        at: { device: 'patch-tun', host: 'cmp1' },
        seen: 0,
        wanted: 1,
        why: [
          {
            code: 'dropped',
            params: { drop: { bridge: 'br-int', table: 24, why: { code: 'spoofed-address', params: { address: '10.0.5.99' } } } },
          },
        ],
      },
    },
  },
}
