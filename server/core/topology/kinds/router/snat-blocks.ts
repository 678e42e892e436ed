// Blocks of addresses under which members of gateway clusters know what has no floating IP: networks of one cloud may have the same addresses, and connections
// are remembered by address. 240.0.0.0/4 is nobody's, and no packet leaves a member with such an address. A block is kept for life.

import type { Allocated } from '../../allocate/allocated'
import { findById, mapChanged } from '../../find'
import { type Cidr, makeCidr, parseCidr, renderIpv4 } from '../../ipv4'
import { isSelectorPort } from '../../router-ports'
import type { Topology } from '../../topology'
import { conflict } from '../../violation'
import type { Port } from '../port/port'

const FIRST = 240 * 2 ** 24
/** The last /8 has the broadcast address. */
const LAST = 255 * 2 ** 24 - 1

/** The same topology where every selector has one. */
export function assignSnatBlocks(topology: Topology): Allocated<Topology> {
  const needy = topology.ports.filter(lacksBlock)
  if (needy.length === 0) return { ok: true, value: topology }
  const blocks = new Map<string, string>()
  const taken = topology.ports.flatMap(({ snatBlock }) => (snatBlock === undefined ? [] : (parseCidr(snatBlock) ?? [])))
  for (const { id, fixedIps } of needy) {
    const subnet = findById(topology.subnets, fixedIps[0]?.subnetId)
    const block = lowestBlock(parseCidr(subnet?.cidr ?? '')?.prefixLength ?? 32, taken)
    if (block === null) {
      const values = { subnet: subnet?.name ?? id, cidr: subnet?.cidr ?? '' }
      return { ok: false, violation: conflict('router-snat-blocks-exhausted', 'gatewayClusterId', values, [values.subnet]) }
    }
    taken.push(block)
    blocks.set(id, `${renderIpv4(block.network)}/${block.prefixLength}`)
  }
  const ports = mapChanged(topology.ports, (port) => {
    const snatBlock = blocks.get(port.id)
    return snatBlock === undefined ? port : { ...port, snatBlock }
  })
  return { ok: true, value: { ...topology, ports } }
}

const lacksBlock = (port: Port): boolean => isSelectorPort(port) && port.snatBlock === undefined

/** Past whatever is in the way of it. */
function lowestBlock(prefixLength: number, taken: readonly Cidr[]): Cidr | null {
  const size = 2 ** (32 - prefixLength)
  for (let start = FIRST; start + size - 1 <= LAST;) {
    const block = makeCidr(start, prefixLength)
    const obstacle = taken.find(({ network, broadcast }) => network <= block.broadcast && block.network <= broadcast)
    if (!obstacle) return block
    start = Math.ceil((obstacle.broadcast + 1) / size) * size
  }
  return null
}
