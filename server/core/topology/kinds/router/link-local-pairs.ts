// Link-local pairs: one per distributed router that leads out, between its namespaces and those of floating IPs. Kept for life, as Neutron keeps them.

import { type Allocated, lowestFree } from '../../allocate/allocated'
import { mapChanged } from '../../find'
import type { Topology } from '../../topology'
import { conflict } from '../../violation'
import type { Router } from './router'

/** Pairs of addresses in 169.254.64.0/18. */
const PAIRS = 8192

/** The same topology where every router has what it needs. */
export function assignLinkLocalPairs(topology: Topology): Allocated<Topology> {
  const needy = topology.routers.filter(lacksPair)
  if (needy.length === 0) return { ok: true, value: topology }
  const taken = new Set(topology.routers.flatMap(({ linkLocalPair }) => linkLocalPair ?? []))
  if (taken.size + needy.length > PAIRS)
    return { ok: false, violation: conflict('router-link-local-exhausted', 'gateway.networkId', { most: PAIRS }, []) }
  const routers = mapChanged(topology.routers, (router) => {
    const pair = lacksPair(router) ? lowestFree(0, PAIRS - 1, taken) : null
    if (pair === null) return router
    taken.add(pair)
    return { ...router, linkLocalPair: pair }
  })
  return { ok: true, value: { ...topology, routers } }
}

const lacksPair = ({ isDistributed, gateway, linkLocalPair }: Router): boolean =>
  isDistributed && gateway !== null && linkLocalPair === undefined
