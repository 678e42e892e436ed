// Random sequences of edits of a small design, for laws that hold whatever operators do and in whatever order. Refused edits are part of the game.

import fc from 'fast-check'
import type { TopologyEdit } from '../edit'
import { setHostPrepared, updateHost } from '../kinds/host/host-edits'
import { floatingIpEdits } from '../kinds/floating-ip/floating-ip-edits'
import { createForwarding } from '../kinds/port-forwarding/port-forwarding-edits'
import { createNetwork, removeNetwork } from '../kinds/network/network-edits'
import { createPort, removePort, updatePort } from '../kinds/port/port-edits'
import { createPhysicalNetwork } from '../kinds/physical-network/physical-network-edits'
import { createProject, removeProject } from '../kinds/project/project-edits'
import { addRules, createSecurityGroup, removeRules, securityGroupEdits } from '../kinds/security-group/security-group-edits'
import { createSubnet, removeSubnet, updateSubnet } from '../kinds/subnet/subnet-edits'
import { addSubPorts, createTrunk, removeSubPorts, removeTrunk } from '../kinds/trunk/trunk-edits'
import { createUplink, removeUplink } from '../kinds/nested-uplink/nested-uplink-edits'
import { createVm, removeVm } from '../kinds/vm/vm-edits'
import { updateVm } from '../kinds/vm/vm-update'
import { updateNetwork } from '../kinds/network/network-edits'
import { createRouter, routerEdits } from '../kinds/router/router-edits'
import { addInterface, removeInterface } from '../kinds/router/router-interfaces'
import { interfacesOf } from '../router-ports'
import type { Topology } from '../topology'
import { makeSample } from './sample'

export const sample = makeSample()
const { ids } = sample.draft
const deps = { ids, now: '2026-01-01T00:00:00.000Z' }
/** A host with Linux bridge. */
export const bridge = sample.draft.host('bridge', 41, {
  roles: ['compute', 'network'],
  agentKind: 'linuxbridge',
  bridgeMappings: [{ physicalNetworkId: sample.physnet1, bridge: '', nic: 'ens38' }],
})
// That a floating IP leads anywhere takes more luck than a script has.
const outside = sample.draft.network({
  projectId: sample.demo,
  name: 'outside',
  type: 'vlan',
  physicalNetworkId: sample.physnet1,
  isExternal: true,
})
sample.draft.subnet({ networkId: outside, name: 'outside-subnet', cidr: '203.0.113.0/24', isDhcpEnabled: false })
// With the same addresses, as two providers may have them.
const elsewhere = sample.draft.network({ projectId: sample.demo, name: 'elsewhere', type: 'vxlan', isExternal: true })
sample.draft.subnet({ networkId: elsewhere, name: 'elsewhere-subnet', cidr: '203.0.113.0/24', isDhcpEnabled: false })
for (const [subnetId, isDistributed] of [
  [sample.blueSubnet, true],
  [sample.greenSubnet, false],
] as const) {
  const gateway = { networkId: outside, isSnatEnabled: false }
  const router = sample.draft.router({ projectId: sample.demo, name: `from-${subnetId}`, isDistributed, gateway })
  sample.draft.make(addInterface(router, { subnetId }, ids))
}
for (const { portIds } of sample.draft.topology.vms)
  sample.draft.floatingIp({ projectId: sample.demo, networkId: outside, fixedPortId: portIds[0] })
const boot = { kind: 'disk' as const, path: '/img/a.qcow2', format: 'qcow2' as const }
const pick = <Item extends { readonly id: string }>(items: readonly Item[], index: number): string =>
  items[index % Math.max(1, items.length)]?.id ?? 'none'

type Move = (topology: Topology, n: number) => TopologyEdit<unknown>
const moves: readonly Move[] = [
  (_, n) =>
    createNetwork(
      { projectId: sample.demo, name: `n${n}`, type: n % 2 ? 'vxlan' : 'vlan', physicalNetworkId: n % 2 ? null : sample.physnet1 },
      ids,
    ),
  (topology, n) =>
    createSubnet(
      {
        networkId: pick(topology.networks, n),
        name: `s${n}`,
        cidr: `10.${n % 4}.0.0/${28 + (n % 3)}`,
        isDhcpEnabled: n % 3 > 0,
        dnsNameservers: [],
      },
      ids,
    ),
  (topology, n) =>
    createVm(
      {
        projectId: sample.demo,
        name: `v${n}`,
        hostId: pick(topology.hosts, n),
        networkIds: [pick(topology.networks, n), pick(topology.networks, n + 1)],
        memoryMib: 128,
        vcpus: 1,
        boot,
      },
      ids,
    ),
  (topology, n) =>
    createTrunk({ projectId: sample.demo, name: '', portId: pick(topology.ports, n), subPorts: [], isAdminStateUp: true }, deps),
  (topology, n) =>
    addSubPorts(
      pick(topology.trunks, n),
      [{ networkId: pick(topology.networks, n), segmentationType: 'vlan', segmentationId: (n % 5) + 1 }],
      deps,
    ),
  (topology, n) =>
    addSubPorts(
      pick(topology.trunks, n),
      [{ portId: pick(topology.ports, n + 1), segmentationType: n % 2 ? 'inherit' : 'vlan', segmentationId: (n % 3) + 1 }],
      deps,
    ),
  (topology, n) =>
    removeSubPorts(
      pick(topology.trunks, n),
      { portIds: topology.trunks[0]?.subPorts.slice(0, 1).map(({ portId }) => portId) ?? [], deletesPorts: n % 2 === 0 },
      deps,
    ),
  (topology, n) => removeTrunk(pick(topology.trunks, n), ids),
  (topology, n) => createPort({ networkId: pick(topology.networks, n), name: '', hostId: n % 2 ? pick(topology.hosts, n) : null }, ids),
  (topology, n) => createUplink({ vmId: pick(topology.vms, n), physicalNetworkId: sample.physnet1 }, ids),
  (topology, n) =>
    createRouter(
      {
        projectId: sample.demo,
        name: `r${n}`,
        isDistributed: n % 2 === 0,
        floatingIpMode: n % 4 ? 'dvr' : 'by-hand',
        isAdminStateUp: true,
        gateway: n % 3 ? null : { networkId: pick(topology.networks, n) },
      },
      ids,
    ),
  (topology, n) => addInterface(pick(topology.routers, n), { subnetId: pick(topology.subnets, n) }, ids),
  (topology, n) => addInterface(pick(topology.routers, n), { subnetId: pick(topology.subnets, n + 1) }, ids),
  (topology, n) => addInterface(pick(topology.routers, n), { portId: pick(topology.ports, n) }, ids),
  (topology, n) =>
    removeInterface(pick(topology.routers, n), { portId: interfacesOf(topology.ports, pick(topology.routers, n))[0]?.id }, ids),
  (topology, n) => routerEdits.update.edit(pick(topology.routers, n), { isDistributed: n % 2 === 0 }, deps),
  (topology, n) => routerEdits.update.edit(pick(topology.routers, n), { floatingIpMode: n % 2 ? 'dvr' : 'by-hand' }, deps),
  (topology, n) =>
    routerEdits.update.edit(pick(topology.routers, n), { gateway: n % 3 ? { networkId: pick(topology.networks, n) } : null }, deps),
  (topology, n) =>
    routerEdits.update.edit(
      pick(topology.routers, n),
      { routes: [{ destination: `10.77.${n}.0/24`, nexthop: `10.${n % 4}.0.${2 + (n % 3)}` }] },
      deps,
    ),
  (topology, n) =>
    routerEdits.update.edit(
      pick(topology.routers, n),
      { isDistributed: true, gateway: { networkId: pick(topology.networks, n + 1), isSnatEnabled: false } },
      deps,
    ),
  (topology, n) =>
    routerEdits.update.edit(
      pick(topology.routers, n),
      { isDistributed: true, gateway: { networkId: outside, isSnatEnabled: n % 3 > 0 } },
      deps,
    ),
  (topology, n) => routerEdits.remove(pick(topology.routers, n), deps),
  (topology, n) => floatingIpEdits.create.edit({ projectId: sample.demo, networkId: pick(topology.networks, n) }, deps),
  (topology, n) =>
    floatingIpEdits.create.edit(
      {
        projectId: sample.demo,
        networkId: outside,
        fixedPortId: pick(topology.ports, n),
      },
      deps,
    ),
  (topology, n) =>
    floatingIpEdits.update.edit(pick(topology.floatingIps, n), { fixedPortId: n % 4 ? pick(topology.ports, n) : null }, deps),
  (topology, n) => floatingIpEdits.remove(pick(topology.floatingIps, n), deps),
  (topology, n) => updateNetwork(pick(topology.networks, n), { isExternal: n % 4 > 0 }, ids),
  (topology, n) => removeUplink(pick(topology.nestedUplinks, n), ids),
  (topology, n) =>
    createPhysicalNetwork(
      {
        name: `p${n}`,
        mtu: 1500,
        vlanRanges: [{ min: 1000 + n * 10, max: 1015 + n * 10 }],
        carrierId: n % 3 ? pick(topology.physicalNetworks, n) : null,
      },
      ids,
    ),
  (topology, n) => updateHost(pick(topology.hosts, n), { vmId: n % 4 ? pick(topology.vms, n) : null }, ids),
  (topology, n) => removeVm(pick(topology.vms, n), ids),
  (topology, n) => updateVm(pick(topology.vms, n), { hostId: pick(topology.hosts, n + 1) }, ids),
  (topology, n) =>
    updateVm(pick(topology.vms, n), { nics: [{ portId: pick(topology.ports, n) }, { networkId: pick(topology.networks, n) }] }, ids),
  (topology, n) => removePort(pick(topology.ports, n), ids),
  (topology, n) => removeSubnet(pick(topology.subnets, n), ids),
  (topology, n) => removeNetwork(pick(topology.networks, n)),
  (topology, n) => updateSubnet(pick(topology.subnets, n), { isDhcpEnabled: n % 2 === 0 }, ids),
  (topology, n) => setHostPrepared(pick(topology.hosts, n), n % 3 > 0, ids),
  (topology, n) => createSecurityGroup({ projectId: pick(topology.projects, n), name: n % 5 ? `g${n % 4}` : 'default' }, ids),
  (topology, n) =>
    addRules(
      pick(topology.securityGroups, n),
      [
        {
          direction: n % 2 ? 'ingress' : 'egress',
          etherType: 'IPv4',
          protocol: n % 3 ? 6 : 'icmp',
          portRangeMin: n % 7,
          remoteGroupId: pick(topology.securityGroups, n + 1),
        },
      ],
      ids,
    ),
  (topology, n) =>
    removeRules(pick(topology.securityGroups, n), [
      pick(topology.securityGroups.find(({ id }) => id === pick(topology.securityGroups, n))?.rules ?? [], n),
    ]),
  (topology, n) => securityGroupEdits.remove(pick(topology.securityGroups, n)),
  (topology, n) =>
    updatePort(
      pick(topology.ports, n),
      { securityGroupIds: n % 3 ? [pick(topology.securityGroups, n)] : [], allowedAddressPairs: [{ ipAddress: `10.9.${n}.0/24` }] },
      ids,
    ),
  (topology, n) => updatePort(pick(topology.ports, n), { isPortSecurityEnabled: n % 2 === 0 }, ids),
  (_, n) => createProject({ name: `project${n % 3}` }, ids),
  (topology, n) => removeProject(pick(topology.projects, n)),
  (topology, n) => updateHost(pick(topology.hosts, n), { roles: n % 2 ? ['compute', 'network'] : ['compute'] }, ids),
  (topology, n) => updatePort(pick(topology.ports, n), { isAdminStateUp: n % 3 > 0 }, ids),
  (topology, n) => updatePort(pick(topology.ports, n), { macAddress: `fa:16:3e:99:00:0${n % 3}` }, ids),
  (topology, n) => updatePort(pick(topology.ports, n), { allowedAddressPairs: [{ ipAddress: `10.0.${(n % 3) + 1}.${n % 9}` }] }, ids),
  (topology, n) => updateNetwork(pick(topology.networks, n), { isAdminStateUp: n % 3 > 0 }, ids),
  (topology, n) => updateSubnet(pick(topology.subnets, n), { gatewayIp: n % 2 ? null : `10.0.${n % 3}.9` }, ids),
  (topology, n) => updateHost(pick(topology.hosts, n), { bridgeMappings: [] }, ids),
  (topology, n) => routerEdits.update.edit(pick(topology.routers, n), { isAdminStateUp: n % 3 > 0 }, deps),
  (topology, n) =>
    routerEdits.update.edit(pick(topology.routers, n), { routes: [{ destination: '10.88.0.0/16', nexthop: `203.0.113.${70 + n}` }] }, deps),
  (topology, n) =>
    routerEdits.update.edit(
      pick(topology.routers, n),
      { gateway: { networkId: n % 2 ? elsewhere : outside, isSnatEnabled: n % 3 > 0 } },
      deps,
    ),
  (topology, n) =>
    floatingIpEdits.create.edit({ projectId: sample.demo, networkId: elsewhere, fixedPortId: pick(topology.ports, n) }, deps),
  (topology, n) =>
    createForwarding(
      {
        floatingIpId: pick(topology.floatingIps, n),
        protocol: n % 2 ? 'tcp' : 'udp',
        externalPort: 80 + (n % 3),
        internalPortId: pick(topology.ports, n + 1),
        internalPort: 8080,
      },
      ids,
    ),
]

function play(start: Topology, script: readonly (readonly [number, number])[]): Topology {
  return script.reduce((topology, [move, n]) => {
    const outcome = moves[move % moves.length]!(topology, n)(topology)
    return outcome.ok ? outcome.topology : topology
  }, start)
}

const scripts = fc.array(fc.tuple(fc.nat(moves.length - 1), fc.nat(30)), { minLength: 1, maxLength: 40 })
/** Whatever is done, one after the other; `law` is told the design before and after each script. */
export const afterAnyScript = (law: (topology: Topology, before: Topology) => void, numRuns = 60) =>
  fc.assert(
    fc.property(scripts, (script) => {
      const { topology } = sample.draft
      law(play(topology, script), topology)
    }),
    { numRuns },
  )
