// What the palette hands over while something is dragged onto the canvas.

const paletteKinds = ['network', 'vm'] as const
export type PaletteKind = (typeof paletteKinds)[number]

const MIME = 'application/x-tapline-design'

export function writeDesignKind(transfer: DataTransfer, kind: PaletteKind): void {
  transfer.setData(MIME, kind)
  transfer.effectAllowed = 'copy'
}

/** While dragging, browsers show the types but not the data. */
export const isDesignDrag = (transfer: DataTransfer): boolean => transfer.types.includes(MIME)

export function readDesignKind(transfer: DataTransfer): PaletteKind | null {
  const text = transfer.getData(MIME)
  return paletteKinds.find((kind) => kind === text) ?? null
}
