// The mark of a resource as a plan prints it.

import { renderOwner, type Owner } from '../naming'

export const ownerText = ({
  owner,
  isMarkMissing,
}: {
  readonly owner: Owner | null
  readonly isMarkMissing?: boolean
}): string | undefined => (owner === null || isMarkMissing ? undefined : renderOwner(owner))
