// SHA-1 of a text, in hex: for names and for telling things apart, never for secrets. A library without node:crypto, since browsers compute
// the same names.

import { sha1 } from '@noble/hashes/legacy.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

export const sha1Hex = (text: string): string => bytesToHex(sha1(utf8ToBytes(text)))
