// A host that another registration is changing just now, in words.

import { CLAIM_SECONDS } from '../render/claim'

/** Without a full stop. */
export const explainClaim = (name: string, other: { readonly id: string; readonly name: string | null }): string =>
  other.name === null
    ? `${name} is being changed by another console just now, as host ${other.id}. Nothing was done there. Wait for that console; if it is gone, its claim ends within ${CLAIM_SECONDS / 60} minutes`
    : `${name} is the same machine as ${other.name}, which is being changed just now. Nothing was done there. Take one of the two out of the design`
