import { plural } from '@/server/core/explain/words'

import type { TopologyGraph } from './graph-parts'

/** The design in words, in the places where the drawing will have it: hosts left, networks right. Until it is laid out. */
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
              {network.segment}, {plural(network.portCount, 'port')}
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
