// Network namespaces under /run/netns. The kernel keeps no mark for one; ours is the alias of its `lo`.

import type { Owner } from '../naming'

export interface NetworkNamespace {
  readonly name: string
  readonly owner: Owner | null
  /** As of a link. */
  readonly isMarkMissing?: boolean
  /** Id under which the root namespace knows it (`ip netns list-id`), to pair veth ends; observed only. */
  readonly nsid?: number
}
