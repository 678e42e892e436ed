'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'

import { shortId } from '@/components/lib/format'
import { routes } from '@/components/lib/routes'
import { useTRPC } from '@/components/lib/trpc'
import type { Owner, OwnerKind } from '@/server/core/naming'
import type { Topology } from '@/server/core/topology/topology'

import type { Standing } from './standing'

interface OwnerLinkProps {
  readonly owner: Owner | null
  readonly standing: Standing
}

const OWNER_HREFS: Record<OwnerKind, (id: string) => string> = {
  host: (id) => routes.host(id),
  network: (id) => routes.networks({ selected: id }),
  port: (id) => routes.networks({ tab: 'ports', selected: id }),
  vm: (id) => routes.networks({ tab: 'vms', selected: id }),
  trunk: (id) => routes.trunk(id),
  router: (id) => routes.router(id),
  gateway: (id) => routes.gateway(id),
  // A nested uplink is shown with its VM.
  uplink: () => routes.networks({ tab: 'vms' }),
}
const OWNER_LISTS: Record<OwnerKind, (topology: Topology) => readonly { readonly id: string; readonly name: string }[]> = {
  host: ({ hosts }) => hosts,
  network: ({ networks }) => networks,
  port: ({ ports }) => ports,
  vm: ({ vms }) => vms,
  trunk: ({ trunks }) => trunks,
  router: ({ routers }) => routers,
  gateway: ({ gatewayClusters }) => gatewayClusters,
  uplink: ({ nestedUplinks }) => nestedUplinks.map(({ id }) => ({ id, name: '' })),
}

/** From a device to the object of the design that it serves. */
export function OwnerLink({ owner, standing }: OwnerLinkProps) {
  const trpc = useTRPC()
  const { data } = useQuery(trpc.topology.get.queryOptions())
  if (!owner)
    return <span className="text-faint">{standing.note ?? (standing.kind === 'ours' ? 'the console' : 'not ours: never touched')}</span>
  const object = data && OWNER_LISTS[owner.kind](data.topology).find(({ id }) => id === owner.id)
  if (data && !object) return <span className="text-faint">{`${owner.kind} ${shortId(owner.id)}, no longer in the design`}</span>
  return (
    <Link href={OWNER_HREFS[owner.kind](owner.id)} className="block truncate text-accent hover:underline" title={owner.id}>
      {owner.kind} {object?.name || shortId(owner.id)}
    </Link>
  )
}
