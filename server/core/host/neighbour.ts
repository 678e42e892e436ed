// Neighbours that stay until somebody takes them away (`nud permanent`): a distributed router is told those of its subnets, and never asks
// across the fabric (docs/reference/routers.md). What a host found out by itself is in learned.ts.

export interface PermanentNeighbour {
  readonly netns: string
  readonly link: string
  readonly address: string
  readonly macAddress: string
}

export const neighbourKey = ({ netns, link, address }: Pick<PermanentNeighbour, 'netns' | 'link' | 'address'>): string =>
  `${netns}/${link}/${address}`
