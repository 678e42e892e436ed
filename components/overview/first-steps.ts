// The way from an empty console to a proven path, as six steps with their own idea of done. Pure.

import { routes } from '@/components/lib/routes'
import type { Overview } from '@/server/core/api-types'

export interface FirstStep {
  readonly title: string
  readonly text: string
  readonly href: string
  readonly action: string
  readonly isDone: boolean
}

export function firstSteps({ counts, hosts, revision, lastVerification }: Overview): FirstStep[] {
  return [
    {
      title: 'Register hosts',
      text: 'Address, login and host key. A registered host is read, never changed.',
      href: routes.hosts({ isRegistering: true }),
      action: 'Register host',
      isDone: counts.host > 0,
    },
    {
      title: 'Prepare them',
      text: 'Say where tunnels end and which NIC is on which physical network, then switch “Prepared” on.',
      href: hosts.length === 1 && hosts[0] ? routes.host(hosts[0].id, { tab: 'settings' }) : routes.hosts(),
      action: 'Open hosts',
      isDone: hosts.some((host) => host.isPrepared),
    },
    {
      title: 'Create a network',
      text: 'A project, a network in it (flat, VLAN or VXLAN), and a subnet with DHCP.',
      href: routes.networks({ create: counts.project === 0 ? 'project' : 'network' }),
      action: counts.project === 0 ? 'Create project' : 'Create network',
      isDone: counts.network > 0 && counts.subnet > 0,
    },
    {
      title: 'Create VMs',
      text: 'Each gets a port per network, bound to its host.',
      href: routes.networks({ tab: 'vms', create: 'vm' }),
      action: 'Create VM',
      isDone: counts.vm > 0,
    },
    {
      title: 'Plan and apply',
      text: 'See every command, per host, and who loses packets meanwhile. Then apply it.',
      href: routes.changes(),
      action: 'Plan the changes',
      isDone: revision > 0,
    },
    {
      title: 'Verify',
      text: 'A ping between two VMs, captured at every hop: it says where packets stop.',
      href: routes.path(),
      action: 'Trace a path',
      isDone: lastVerification !== null,
    },
  ]
}
