// A small cloud for tests, made by the same edits that operators make: two compute hosts and a network host, one physical
// network, a VXLAN and a VLAN network with DHCP. Ids and MAC addresses are counted, so that results can be written down.

import { explainViolation } from '../../explain/violation'
import type { TopologyEdit } from '../edit'
import { createHost, setHostPrepared } from '../kinds/host/host-edits'
import { createFloatingIp } from '../kinds/floating-ip/floating-ip-edits'
import { floatingIpInput } from '../kinds/floating-ip/floating-ip-input'
import { gatewayClusterEdits } from '../kinds/gateway-cluster/gateway-cluster-edits'
import { gatewayClusterInput } from '../kinds/gateway-cluster/gateway-cluster-input'
import { createNetwork } from '../kinds/network/network-edits'
import { createPhysicalNetwork } from '../kinds/physical-network/physical-network-edits'
import { createForwarding } from '../kinds/port-forwarding/port-forwarding-edits'
import { portForwardingInput } from '../kinds/port-forwarding/port-forwarding-input'
import { createProject } from '../kinds/project/project-edits'
import { createRouter } from '../kinds/router/router-edits'
import { routerInput } from '../kinds/router/router-input'
import { createSubnet } from '../kinds/subnet/subnet-edits'
import { createVm } from '../kinds/vm/vm-edits'
import type { IdSource } from '../id-source'
import { hostRegistrationInput } from '../kinds/host/host-input'
import { networkInput } from '../kinds/network/network-input'
import { physicalNetworkInput } from '../kinds/physical-network/physical-network-input'
import { subnetInput } from '../kinds/subnet/subnet-input'
import { vmInput } from '../kinds/vm/vm-input'
import { emptyTopology } from '../complete-topology'
import type { Topology } from '../topology'
import type { Violation } from '../violation'

/** 00000000-0000-4000-8000-000000000001, …002: counted, but legal UUIDs. */
export function countedIds(start = 0): IdSource {
  let ids = start
  let bytes = start
  return {
    uuid: () => `00000000-0000-4000-8000-${String(++ids).padStart(12, '0')}`,
    bytes: (count) => {
      bytes += 1
      return Uint8Array.from({ length: count }, (_, index) => (bytes >>> (8 * (count - 1 - index))) & 0xff)
    },
  }
}

/** 00000001-0000-4000-8000-000000000000, …2: they differ in what devices are named by. */
export function idsForDevices(): IdSource {
  let count = 0
  return { ...countedIds(), uuid: () => `${String(++count).padStart(8, '0')}-0000-4000-8000-000000000000` }
}

/** A design under construction: every edit must be accepted. */
export class Draft {
  topology: Topology = emptyTopology

  constructor(readonly ids: IdSource = countedIds()) {}

  make<Value>(edit: TopologyEdit<Value>): Value {
    const outcome = edit(this.topology)
    if (!outcome.ok) throw new Error(outcome.violations.map((violation) => `${violation.rule}: ${explainViolation(violation)}`).join('\n'))
    this.topology = outcome.topology
    return outcome.value
  }

  /** The rules an edit would break; [] when it would be accepted. The design stays as it is. */
  violations(edit: TopologyEdit<unknown>): readonly Violation[] {
    const outcome = edit(this.topology)
    return outcome.ok ? [] : outcome.violations
  }

  host(name: string, number: number, changes: Record<string, unknown> = {}): string {
    const input = hostRegistrationInput.parse({
      name,
      address: '127.0.0.1',
      port: 22,
      user: 'root',
      auth: { kind: 'agent' },
      roles: ['compute'],
      tunnel: { address: `192.168.150.${number}`, prefixLength: 24, nic: 'ens37' },
      ...changes,
    })
    const { id } = this.make(createHost(input, this.ids))
    this.make(setHostPrepared(id, true, this.ids))
    return id
  }

  project = (name: string): string => this.make(createProject({ name }, this.ids)).id
  physicalNetwork = (input: { name: string } & Record<string, unknown>): string =>
    this.make(createPhysicalNetwork(physicalNetworkInput.parse(input), this.ids)).id
  network = (input: Record<string, unknown>): string => this.make(createNetwork(networkInput.parse(input), this.ids)).id
  subnet = (input: Record<string, unknown>): string => this.make(createSubnet(subnetInput.parse(input), this.ids)).id
  gatewayCluster = (input: Record<string, unknown>): string =>
    this.make(gatewayClusterEdits.create.edit(gatewayClusterInput.parse(input), { ids: this.ids, now: '' })).id
  router = (input: Record<string, unknown>): string => this.make(createRouter(routerInput.parse(input), this.ids)).id
  floatingIp = (input: Record<string, unknown>): string => this.make(createFloatingIp(floatingIpInput.parse(input), this.ids)).id
  forwarding = (input: Record<string, unknown>): string => this.make(createForwarding(portForwardingInput.parse(input), this.ids)).id
  vm = (input: Record<string, unknown>): string =>
    this.make(
      createVm(
        vmInput.parse({ memoryMib: 128, vcpus: 1, boot: { kind: 'disk', path: '/img/a.qcow2', format: 'qcow2' }, ...input }),
        this.ids,
      ),
    ).id
}

export function makeSample(ids?: IdSource) {
  const draft = new Draft(ids)
  const physnet1 = draft.physicalNetwork({ name: 'physnet1', mtu: 1500, vlanRanges: [{ min: 100, max: 199 }] })
  const bridgeMappings = [{ physicalNetworkId: physnet1, bridge: 'br-ens38', nic: 'ens38' }]
  const net1 = draft.host('net1', 11, { roles: ['network'], bridgeMappings })
  const cmp1 = draft.host('cmp1', 12, { bridgeMappings })
  const cmp2 = draft.host('cmp2', 13, { bridgeMappings })
  const demo = draft.project('demo')
  const blue = draft.network({ projectId: demo, name: 'blue', type: 'vxlan' })
  const blueSubnet = draft.subnet({ networkId: blue, name: 'blue-subnet', cidr: '10.0.1.0/24' })
  const green = draft.network({ projectId: demo, name: 'green', type: 'vlan', physicalNetworkId: physnet1 })
  const greenSubnet = draft.subnet({ networkId: green, name: 'green-subnet', cidr: '10.0.2.0/24' })
  const web1 = draft.vm({ projectId: demo, name: 'web-1', hostId: cmp1, networkIds: [blue] })
  const web2 = draft.vm({ projectId: demo, name: 'web-2', hostId: cmp2, networkIds: [blue] })
  return { draft, physnet1, net1, cmp1, cmp2, demo, blue, blueSubnet, green, greenSubnet, web1, web2 }
}
