// The navigator's entries, in the order of the work: look, design, apply, prove; last the console itself. `chord` follows `g`; that of
// security groups is for filter, that of routers for layer 3, that of gateways for
// way out.

import {
  CircleGauge,
  Cloud,
  GitCompareArrows,
  ListChecks,
  Network,
  PlayCircle,
  Globe,
  Route,
  Router,
  Server,
  ShieldCheck,
  SlidersHorizontal,
  Split,
  Waypoints,
  type LucideIcon,
} from 'lucide-react'

import { routes } from '@/components/lib/routes'

export interface Section {
  readonly label: string
  readonly href: string
  readonly chord: string
  readonly Icon: LucideIcon
}

export const sections: readonly Section[] = [
  { label: 'Overview', href: routes.overview(), chord: 'o', Icon: CircleGauge },
  { label: 'Topology', href: routes.topology(), chord: 't', Icon: Waypoints },
  { label: 'Networks', href: routes.networks(), chord: 'n', Icon: Network },
  { label: 'Trunks', href: routes.trunks(), chord: 'k', Icon: Split },
  { label: 'Routers', href: routes.routers(), chord: 'l', Icon: Router },
  { label: 'Floating IPs', href: routes.floatingIps(), chord: 'i', Icon: Globe },
  { label: 'Gateway clusters', href: routes.gateways(), chord: 'w', Icon: Cloud },
  { label: 'Security groups', href: routes.securityGroups(), chord: 'f', Icon: ShieldCheck },
  { label: 'Hosts', href: routes.hosts(), chord: 'h', Icon: Server },
  { label: 'Path', href: routes.path(), chord: 'p', Icon: Route },
  { label: 'Changes', href: routes.changes(), chord: 'c', Icon: GitCompareArrows },
  { label: 'Runs', href: routes.runs(), chord: 'r', Icon: PlayCircle },
  { label: 'Verifications', href: routes.verifications(), chord: 'v', Icon: ListChecks },
  { label: 'Settings', href: routes.settings(), chord: 's', Icon: SlidersHorizontal },
]

export function isInSection(pathname: string, href: string): boolean {
  return href === '/' ? pathname === '/' : pathname === href || pathname.startsWith(`${href}/`)
}
