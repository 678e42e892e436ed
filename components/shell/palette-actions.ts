// What the palette can do besides finding objects. Everything dangerous happens on the page it leads to.

import { applyTheme, type Theme } from '@/components/lib/theme'
import { plainKinds, tabOf } from '@/components/lib/kind-places'
import { routes } from '@/components/lib/routes'
import { kindOf } from '@/server/core/topology/kinds/kinds'

import { sections } from './sections'

export interface PaletteAction {
  readonly label: string
  readonly hint?: string
  /** Where it leads; without it, `run` acts. */
  readonly href?: string
  readonly run?: () => void
}

const themeAction = (theme: Theme, label: string): PaletteAction => ({ label, run: () => applyTheme(theme) })

const paletteActions: readonly PaletteAction[] = [
  ...sections.map(({ label, href, chord }) => ({ label: `Go to ${label}`, hint: `g ${chord}`, href })),
  { label: 'Register host', href: routes.hosts({ isRegistering: true }) },
  { label: 'Create project', href: routes.networks({ create: 'project' }) },
  { label: 'Create physical network', href: routes.networks({ tab: 'physical', create: 'physicalNetwork' }) },
  { label: 'Create network', href: routes.networks({ create: 'network' }) },
  { label: 'Create subnet', href: routes.networks({ create: 'subnet' }) },
  { label: 'Create port', href: routes.networks({ tab: 'ports', create: 'port' }) },
  { label: 'Create trunk', href: routes.trunks({ isCreating: true }) },
  { label: 'Create router', href: routes.routers({ isCreating: true }) },
  { label: 'Create gateway cluster', href: routes.gateways({ isCreating: true }) },
  { label: 'Create floating IP', href: routes.floatingIps({ isCreating: true }) },
  { label: 'Create security group', href: routes.securityGroups({ isCreating: true }) },
  { label: 'Create VM', href: routes.networks({ tab: 'vms', create: 'vm' }) },
  ...plainKinds.map((kind) => ({
    label: `Create ${kindOf(kind).words.one}`,
    href: routes.networks({ tab: tabOf(kind), create: kind }),
  })),
  { label: 'Plan the changes', href: routes.changes() },
  { label: 'Trace a path', href: routes.path() },
  themeAction('light', 'Use the light theme'),
  themeAction('dark', 'Use the dark theme'),
  themeAction('system', 'Use the theme of the system'),
]

export function findActions(query: string): readonly PaletteAction[] {
  const words = query.trim().toLowerCase().split(/\s+/)
  return paletteActions.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)))
}
