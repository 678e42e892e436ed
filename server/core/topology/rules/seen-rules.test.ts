import { describe, expect, it } from 'vitest'
import { explainViolation } from '../../explain/violation'
import type { TopologyEdit } from '../edit'
import { updateHost } from '../kinds/host/host-edits'
import { updateNetwork } from '../kinds/network/network-edits'
import { updatePhysicalNetwork } from '../kinds/physical-network/physical-network-edits'
import { createPort, updatePort } from '../kinds/port/port-edits'
import { updateSubnet } from '../kinds/subnet/subnet-edits'
import { createTrunk, updateTrunk } from '../kinds/trunk/trunk-edits'
import { trunkInput } from '../kinds/trunk/trunk-input'
import { makeSample } from '../testing/sample'

const { draft, cmp1, demo, green, greenSubnet, physnet1 } = makeSample()
const { ids } = draft
const deps = { ids, now: '2026-01-01T00:00:00.000Z' }
const both = draft.host('both', 20, { roles: ['network', 'compute'] })
const port = draft.make(createPort({ networkId: green, name: 'p' }, ids)).id
const trunk = draft.make(createTrunk(trunkInput.parse({ projectId: demo, name: 't', portId: port }), deps)).id
const broken = (edit: TopologyEdit<unknown>) => draft.violations(edit).filter(({ rule }) => rule === 'changed-meanwhile')

describe('a field that is not any more what its editor saw is refused', () => {
  it.each<[string, string, TopologyEdit<unknown>]>([
    ['host', 'availabilityZone', updateHost(cmp1, { availabilityZone: 'a', seen: { availabilityZone: 'b' } }, ids)],
    [
      'host',
      'tunnel',
      updateHost(cmp1, { tunnel: { address: '192.168.150.9', prefixLength: 24, nic: 'ens37' }, seen: { tunnel: null } }, ids),
    ],
    ['network', 'mtu', updateNetwork(green, { mtu: 1400, seen: { mtu: 1450 } }, ids)],
    ['physicalNetwork', 'vlanRanges', updatePhysicalNetwork(physnet1, { vlanRanges: [{ min: 100, max: 150 }], seen: { vlanRanges: [] } })],
    ['subnet', 'gatewayIp', updateSubnet(greenSubnet, { gatewayIp: '10.0.2.9', seen: { gatewayIp: null } }, ids)],
    ['port', 'name', updatePort(port, { name: 'q', seen: { name: 'o' } }, ids)],
    ['trunk', 'name', updateTrunk(trunk, { name: 'q', seen: { name: 's' } }, deps)],
  ])('%s %s', (_, field, edit) => expect(broken(edit)).toMatchObject([{ code: 'conflict', field }]))

  it('says what it was and what it is', () => {
    const [violation] = broken(updateNetwork(green, { mtu: 1400, seen: { mtu: 1450 } }, ids))
    expect(explainViolation(violation!)).toBe(
      'Somebody else has changed this meanwhile: MTU was 1450, and is 1500 now. Start again from what is there now.',
    )
  })
})

it.each<[string, TopologyEdit<unknown>]>([
  ['what was seen is there still', updateNetwork(green, { mtu: 1400, seen: { mtu: 1500 } }, ids)],
  ['nobody says what was seen', updateNetwork(green, { mtu: 1400 }, ids)],
  ['it is already what is wanted', updateNetwork(green, { mtu: 1500, seen: { mtu: 1450 } }, ids)],
  ['null was seen where nothing is', updatePhysicalNetwork(physnet1, { carrierId: null, seen: { carrierId: null } })],
  ['a list was seen in another order', updateHost(both, { roles: ['network'], seen: { roles: ['compute', 'network'] } }, ids)],
])('is accepted when %s', (_, edit) => expect(broken(edit)).toEqual([]))
