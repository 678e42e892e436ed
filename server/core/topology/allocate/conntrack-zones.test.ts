// Who gets a connection tracking zone, which one, and that it is kept.

import { describe, expect, it } from 'vitest'
import { setHostPrepared, updateHost } from '../kinds/host/host-edits'
import type { Port } from '../kinds/port/port'
import { createPort, updatePort } from '../kinds/port/port-edits'
import { addSubPorts, createTrunk, removeSubPorts } from '../kinds/trunk/trunk-edits'
import { removeVm } from '../kinds/vm/vm-edits'
import { updateVm } from '../kinds/vm/vm-update'
import { makeSample } from '../testing/sample'
import type { Topology } from '../topology'
import { assignConntrackZones } from './conntrack-zones'

const zones = ({ ports }: Topology) => ports.flatMap(({ conntrackZone }) => conntrackZone ?? []).toSorted()
const zoneOf = ({ ports }: Topology, id: string) => ports.find((port) => port.id === id)!.conntrackZone

function makeZoneSample() {
  const sample = makeSample()
  const { draft } = sample
  const portOf = (vmId: string) => draft.topology.vms.find(({ id }) => id === vmId)!.portIds[0]!
  return { ...sample, ids: draft.ids, deps: { ids: draft.ids, now: '2026-01-01T00:00:00.000Z' }, portOf }
}

describe('a zone', () => {
  it('is given to filtered ports of VMs, and to nothing else', () => {
    const { draft, ids, blue, web1, web2, portOf } = makeZoneSample()
    draft.make(createPort({ networkId: blue, name: 'free' }, ids))
    expect(draft.topology.ports.flatMap((port) => (port.conntrackZone ? [[port.deviceId, port.conntrackZone]] : []))).toEqual([
      [web1, 4097],
      [web2, 4098],
    ])
    expect(draft.topology.networks.some((network) => 'conntrackZone' in network)).toBe(false)
    expect(zoneOf(draft.topology, portOf(web1))).toBe(4097)
  })

  it('is given when a port is first filtered, and kept when it no longer is', () => {
    const { draft, ids, demo, blue, cmp1, portOf } = makeZoneSample()
    const { id } = draft.make(createPort({ networkId: blue, name: 'free' }, ids))
    draft.make(updatePort(id, { isPortSecurityEnabled: false }, ids))
    const vm = draft.vm({ projectId: demo, name: 'vm', hostId: cmp1, nics: [{ portId: id }] })
    expect(zoneOf(draft.topology, portOf(vm))).toBeUndefined()
    draft.make(updatePort(id, { isPortSecurityEnabled: true }, ids))
    expect(zoneOf(draft.topology, id)).toBe(4099)
    draft.make(updatePort(id, { isPortSecurityEnabled: false }, ids))
    expect(zoneOf(draft.topology, id)).toBe(4099)
    draft.make(removeVm(vm, ids))
    expect(zoneOf(draft.topology, id)).toBe(4099)
  })

  it('is given to a subport by the edit that adds it, and stays when it leaves and when the VM moves', () => {
    const { draft, ids, deps, demo, blue, green, cmp1, cmp2 } = makeZoneSample()
    const trunk = draft.make(createTrunk({ projectId: demo, name: 't', networkId: green, subPorts: [], isAdminStateUp: true }, deps)).id
    const parent = draft.topology.trunks[0]!.portId
    const vm = draft.vm({ projectId: demo, name: 'vm', hostId: cmp1, nics: [{ portId: parent }] })
    draft.make(addSubPorts(trunk, [{ networkId: blue, segmentationType: 'vlan', segmentationId: 5 }], deps))
    const { portId } = draft.topology.trunks[0]!.subPorts[0]!
    expect([zoneOf(draft.topology, parent), zoneOf(draft.topology, portId)]).toEqual([4099, 4100])
    draft.make(updateVm(vm, { hostId: cmp2 }, ids))
    draft.make(removeSubPorts(trunk, { portIds: [portId] }, deps))
    expect([zoneOf(draft.topology, parent), zoneOf(draft.topology, portId)]).toEqual([4099, 4100])
  })

  it('that was freed is the next to be given', () => {
    const { draft, ids, demo, blue, cmp1, web1, portOf } = makeZoneSample()
    draft.make(removeVm(web1, ids))
    expect(zones(draft.topology)).toEqual([4098])
    const vm = draft.vm({ projectId: demo, name: 'vm', hostId: cmp1, networkIds: [blue] })
    expect(zoneOf(draft.topology, portOf(vm))).toBe(4097)
  })

  it("is given to a network with such a port on a host with Linux bridge, and is no port's", () => {
    const { draft, ids, demo, physnet1, blue, green } = makeZoneSample()
    const bridgeMappings = [{ physicalNetworkId: physnet1, bridge: 'br-ens38', nic: 'ens38' }]
    const lb = draft.host('lb1', 20, { agentKind: 'linuxbridge', bridgeMappings })
    const zonesOfNetworks = () => draft.topology.networks.map(({ name, conntrackZone }) => [name, conntrackZone])
    const bound = draft.make(createPort({ networkId: green, name: 'p', hostId: lb }, ids)).id
    expect(zonesOfNetworks()).toEqual([
      ['blue', undefined],
      ['green', undefined],
    ])
    const vm = draft.vm({ projectId: demo, name: 'vm', hostId: lb, nics: [{ portId: bound }] })
    expect(zonesOfNetworks()).toEqual([
      ['blue', undefined],
      ['green', 4100],
    ])
    expect(zoneOf(draft.topology, bound)).toBe(4099)
    draft.vm({ projectId: demo, name: 'vm2', hostId: lb, networkIds: [blue, green] })
    expect(zonesOfNetworks()).toEqual([
      ['blue', 4103],
      ['green', 4100],
    ])
    draft.make(removeVm(vm, ids))
    expect(zonesOfNetworks()[1]).toEqual(['green', 4100])
  })

  it('is nothing that an edit without need for one changes', () => {
    const { draft, ids, net1, cmp1 } = makeZoneSample()
    expect(assignConntrackZones(draft.topology)).toEqual({ ok: true, value: draft.topology })
    const settled = assignConntrackZones(draft.topology)
    expect(settled.ok && settled.value).toBe(draft.topology)
    const before = draft.topology.ports
    draft.make(updateHost(cmp1, { hasKvm: true }, ids))
    expect(draft.topology.ports).toBe(before)
    draft.make(setHostPrepared(net1, true, ids))
    expect(draft.topology.ports).toBe(before)
  })
})

describe('when all are given away', () => {
  const LAST = 65_535
  /** Ports that have all zones from the first on. */
  const crowded = (topology: Topology, last: number): Topology => {
    const [model] = topology.ports.filter(({ conntrackZone }) => conntrackZone !== undefined)
    const taken = new Set(zones(topology))
    const crowd: Port[] = []
    for (let zone = 4097; zone <= last; zone += 1) if (!taken.has(zone)) crowd.push({ ...model!, id: `crowd-${zone}`, conntrackZone: zone })
    return { ...topology, ports: [...topology.ports, ...crowd] }
  }
  const needy = (topology: Topology, ...names: string[]): Topology => {
    const [model] = topology.ports.filter(({ conntrackZone }) => conntrackZone !== undefined)
    const { conntrackZone: _, ...port } = model!
    return { ...topology, ports: [...topology.ports, ...names.map((id): Port => ({ ...port, id }))] }
  }

  it('the last one is still given, and one more is refused', () => {
    const { draft } = makeZoneSample()
    const almost = crowded(draft.topology, LAST - 1)
    const settled = assignConntrackZones(needy(almost, 'one'))
    expect(settled.ok && zoneOf(settled.value, 'one')).toBe(LAST)
    expect(assignConntrackZones(needy(almost, 'one', 'two'))).toMatchObject({
      ok: false,
      violation: { rule: 'conntrack-zones-exhausted', params: { most: 61_439 } },
    })
  })

  it('a VM is refused, and nothing is changed', () => {
    const { draft, demo, blue, cmp1 } = makeZoneSample()
    draft.topology = crowded(draft.topology, LAST)
    expect(() => draft.vm({ projectId: demo, name: 'vm', hostId: cmp1, networkIds: [blue] })).toThrow(
      'conntrack-zones-exhausted: All 61439 connection tracking zones are given away; no further port can be filtered.',
    )
  })
})
