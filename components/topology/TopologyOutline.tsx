import { plural } from '@/server/core/explain/words'

import type { TopologyGraph } from './graph-parts'

/** The design in words, in the places where the drawing will have it: hosts left, networks and routers right. Until it is laid out. */
export function TopologyOutline({ graph }: { readonly graph: TopologyGraph }) {
  return (
    <div aria-busy className="grid min-w-0 flex-1 grid-cols-2 content-start gap-40 overflow-hidden p-20 text-dim">
      <ul aria-label="Hosts" className="flex min-w-0 flex-col gap-2">
        {graph.hosts.map((host) => (
          <li key={host.id} className="min-w-0">
            <span className="block truncate font-mono text-sm font-semibold">{host.name}</span>
            <span className="block truncate text-sm">{host.endpoints.map(({ name }) => name).join(', ')}</span>
          </li>
        ))}
      </ul>
      <ul aria-label="Networks" className="flex min-w-0 flex-col gap-2">
        {graph.networks.map((network) => (
          <li key={network.id} className="min-w-0">
            <span className="block truncate font-semibold">{network.name}</span>
            <span className="block truncate text-sm">
              {network.segment}
              {network.isExternal && ', external'}, {plural(network.portCount, 'port')}
              {network.floatingIps && `, ${plural(network.floatingIps.count, 'floating IP')}`}
            </span>
          </li>
        ))}
      </ul>
      {graph.routers.length > 0 && (
        <ul aria-label="Routers" className="col-start-2 flex min-w-0 flex-col gap-2">
          {graph.routers.map((router) => (
            <li key={router.id} className="min-w-0">
              <span className="block truncate font-semibold">{router.name}</span>
              <span className="block truncate text-sm">
                {[router.standing, ...router.ports.map(({ nic, address }) => `${nic} ${address}`)].join(', ')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
