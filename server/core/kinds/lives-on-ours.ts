// Addresses and routes carry no mark: they are ours with the link or the namespace that they live in.

import type { OwnScope } from '../diff/own-scope'
import { linkKey } from '../host/link'

export const livesOnOurs = (netns: string, link: string | undefined, scope: OwnScope): boolean =>
  netns === '' ? link !== undefined && scope.links.has(linkKey({ netns, name: link })) : scope.namespaces.has(netns)
