import Link from 'next/link'

import { routes } from '@/components/lib/routes'
import { Panel } from '@/components/ui/Panel'
import type { ObjectCounts } from '@/server/core/api-types'
import type { Kind } from '@/server/core/topology/topology'

const SHOWN: readonly { readonly kind: Kind; readonly label: string; readonly href: string }[] = [
  { kind: 'project', label: 'Projects', href: routes.networks() },
  { kind: 'network', label: 'Networks', href: routes.networks() },
  { kind: 'subnet', label: 'Subnets', href: routes.networks() },
  { kind: 'port', label: 'Ports', href: routes.networks({ tab: 'ports' }) },
  { kind: 'vm', label: 'VMs', href: routes.networks({ tab: 'vms' }) },
  { kind: 'trunk', label: 'Trunks', href: routes.trunks() },
  { kind: 'router', label: 'Routers', href: routes.routers() },
  { kind: 'floatingIp', label: 'Floating IPs', href: routes.floatingIps() },
  { kind: 'securityGroup', label: 'Security groups', href: routes.securityGroups() },
  { kind: 'physicalNetwork', label: 'Physical', href: routes.networks({ tab: 'physical' }) },
]

export function CountsPanel({ counts }: { readonly counts: ObjectCounts }) {
  return (
    <Panel title="Design" isFlush>
      <ul className="grid grid-cols-5 gap-px overflow-hidden rounded-b-md bg-line 2xl:grid-cols-10">
        {SHOWN.map(({ kind, label, href }) => (
          <li key={kind} className="min-w-0 bg-panel">
            <Link href={href} className="block px-3 py-2 hover:bg-hover focus-visible:-outline-offset-2">
              <span className="block text-xl">{counts[kind].toLocaleString('en-GB')}</span>
              <span className="block truncate text-sm text-faint" title={label}>
                {label}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
