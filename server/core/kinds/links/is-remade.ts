// Which devices a plan makes, and which changes of a device make it anew.

import type { Changed, HostDiff } from '../../diff/kind-diff'
import type { Link } from '../../host/link'

const REMADE: readonly string[] = ['type', 'peer', 'vlan', 'vxlan']

/** A device of another kind, with another peer, VLAN or VNI than meant, cannot be mended. */
export const isRemade = ({ fields }: Changed<Link>): boolean => fields.some(({ field }) => REMADE.includes(field))

/** Links as they are after the plan that do not exist before it. */
export const madeAnew = ({ links }: Pick<HostDiff, 'links'>): readonly Link[] => [
  ...links.added,
  ...links.changed.filter(isRemade).map(({ to }) => to),
]
