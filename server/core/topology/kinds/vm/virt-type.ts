// Settles how a new VM runs, as nova's [libvirt] virt_type does for a whole host.

import type { Host } from '../host/host'
import type { VirtType } from './vm'

/** An unknown host is another rule's concern. */
export function settleVirtType(host: Pick<Host, 'virtType' | 'hasKvm'> | null): VirtType {
  if (!host) return 'qemu'
  if (host.virtType !== 'auto') return host.virtType
  return host.hasKvm ? 'kvm' : 'qemu'
}
