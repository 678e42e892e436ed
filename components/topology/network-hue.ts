// A hue per network, stable from its id, for outlines only: the status and encapsulation colours keep their meaning.

/** From cyan to magenta: red, amber and green belong to states. */
const FIRST_HUE = 170
const LAST_HUE = 350
const STEPS = 12

/** Degrees of oklch. FNV-1a over the id, cut into steps that the eye can tell apart. */
export function networkHue(networkId: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < networkId.length; index++) {
    hash = Math.imul(hash ^ networkId.charCodeAt(index), 0x01000193)
  }
  return FIRST_HUE + ((hash >>> 0) % STEPS) * ((LAST_HUE - FIRST_HUE) / STEPS)
}

/** A CSS colour that holds on both themes. */
export const networkOutline = (networkId: string): string => `oklch(0.64 0.11 ${networkHue(networkId)})`
