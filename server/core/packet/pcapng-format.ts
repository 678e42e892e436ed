// The numbers of pcapng that its reader and its writer share.
//
// Rules: draft-ietf-opsawg-pcapng, sections 4.1 to 4.4 and 3.5 (codes), 11 (block types), appendix A (the obsolete Packet Block).

export const BlockType = {
  sectionHeader: 0x0a0d0d0a,
  interfaceDescription: 1,
  /** Obsolete since 2009; older Wireshark, appliances and files merged from such still have it. */
  packet: 2,
  simplePacket: 3,
  enhancedPacket: 6,
} as const

/** Codes 0 and 1 mean the same in every block; the others belong to the block that is named in the comment. */
export const OptionCode = {
  endOfOptions: 0,
  comment: 1,
  interfaceName: 2,
  interfaceDescription: 3,
  /** Section header. */
  userApplication: 4,
  /** Interface: power of ten, or of two when the top bit is set. */
  timestampResolution: 9,
  /** Interface: seconds to add to each timestamp. */
  timestampOffset: 14,
} as const

export const BYTE_ORDER_MAGIC = 0x1a2b3c4d
