import { describe, expect, it } from 'vitest'

import { ids } from '@/server/core/testing/sample-topology'
import { blueId, parentId, redId, sampleTrunk, trunkId, trunkTopology } from '@/server/core/testing/sample-trunk'
import type { Port } from '@/server/core/topology/kinds/port/port'

import type { Mark } from './graph-parts'
import { vmPorts, type PortIndex } from './vm-ports'

const { ports, vms } = trunkTopology()
const vm = vms.find(({ portIds }) => portIds.includes(parentId))!
const portOf = (id: string) => ports.find((port) => port.id === id)!
const indexOf = (list: readonly Port[], trunks = [sampleTrunk]): PortIndex => ({
  byId: new Map(list.map((port) => [port.id, port])),
  trunkByParent: new Map(trunks.map((trunk) => [trunk.portId, trunk])),
  floatingIpsByPort: new Map(),
})
const unmarked = (): Mark => null
const rows = (index: PortIndex, of = vm, markOf: (id: string) => Mark = unmarked) =>
  vmPorts(index, of, markOf).map(({ nic, role, address }) => `${nic} ${role} ${address}`)

/** Beside the two of the sample, so many in the network of red and one in a network of its own. */
function wide(count: number) {
  const more = Array.from({ length: count }, (_, at): Port => ({ ...portOf(redId), id: `red-${at}`, fixedIps: [] }))
  const lonely: Port = { ...portOf(redId), id: 'lonely', networkId: 'elsewhere' }
  const subPorts = [
    ...sampleTrunk.subPorts,
    ...[...more, lonely].map(({ id }, at) => ({ portId: id, segmentationType: 'vlan' as const, segmentationId: 400 + at })),
  ]
  return indexOf([...ports, ...more, lonely], [{ ...sampleTrunk, subPorts }])
}

describe('the rows of a VM', () => {
  it('are its NICs in the order of its guest; a port that is gone leaves a gap in the numbers', () => {
    const wired = { ...vm, portIds: [ids.port(1, 2), 'gone', ids.port(3, 2)] }
    expect(rows(indexOf(ports), wired)).toEqual(['eth0 nic 10.0.1.3', 'eth2 nic 10.0.3.3'])
  })

  it('have the subports of a trunk below its parent', () => {
    expect(rows(indexOf(ports))).toEqual(['eth0 parent 10.0.2.3', 'eth0.301 subport 10.0.3.8', 'eth0.302 subport 10.0.1.8'])
  })

  it('show the MAC of what has no address', () => {
    expect(rows(indexOf([{ ...portOf(parentId), fixedIps: [] }], []))).toEqual([`eth0 nic ${portOf(parentId).macAddress}`])
  })

  it('are one per subport up to eight, and one per network beyond', () => {
    expect(rows(wide(5))).toHaveLength(1 + 8)
    expect(rows(wide(6))).toEqual([
      'eth0 parent 10.0.2.3',
      'eth0.* subport 7 subports',
      'eth0.302 subport 10.0.1.8',
      'eth0.406 subport 10.0.3.8',
    ])
  })

  it('lead to the trunk where they stand for several ports', () => {
    const joined = vmPorts(wide(6), vm, unmarked).filter(({ objectId }) => objectId === trunkId)
    expect(joined.map(({ id, networkId }) => [id, networkId])).toEqual([[`${trunkId}/${ids.network(3)}`, ids.network(3)]])
  })

  it.each<[string, (id: string) => Mark, Mark]>([
    ['all of them come', () => 'create', 'create'],
    ['one of them goes', (id) => (id === redId ? 'remove' : null), 'change'],
    ['nothing happens to them', (id) => (id === blueId ? 'remove' : null), null],
  ])('that stand for several are marked where %s', (_, markOf, mark) => {
    expect(vmPorts(wide(6), vm, markOf).find(({ objectId }) => objectId === trunkId)?.mark).toBe(mark)
  })
})
