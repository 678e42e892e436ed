// The restore unit: what makes a host rebuild by itself, after a boot or a restart of Open vSwitch, what neither OVSDB nor
// libvirt keeps. One per host; its content is made in core/restore.

import { sha1Hex } from '../sha1'
import type { Owner } from '../naming'

export interface RestoreUnit {
  /** From the mark in the unit file; null for a file that somebody else put there. */
  readonly owner: Owner | null
  /** Started at boot, and again with Open vSwitch. */
  readonly isEnabled: boolean
  /** File name → SHA-1 of its text, the unit file included. What is compared: texts can be long, so hosts send digests only. */
  readonly digests: Readonly<Record<string, string>>
  /** The texts; known of a desired unit only. */
  readonly files?: Readonly<Record<string, string>>
  /** Of its last run since the host booted; observed only. */
  readonly lastResult?: RestoreResult | null
}

export interface RestoreResult {
  readonly exitCode: number
  /** ISO 8601, the host's clock. */
  readonly finishedAt: string
  /** "14 steps", or the titles of those that failed. */
  readonly text: string
}

export const RESTORE_UNIT = 'tapline-restore.service'
export const RESTORE_UNIT_FILE = `/etc/systemd/system/${RESTORE_UNIT}`
/** Holds one directory per content, named by its digest, and `current`, a symbolic link to the one in force. */
export const RESTORE_DIRECTORY = '/var/lib/tapline/restore'
/** Gone after a boot: its notes on what happened since. */
export const RESTORE_RUN_DIRECTORY = '/run/tapline'
/** The unit that Open vSwitch's forwarding is to systemd, on Debian and Fedora alike. */
export const SWITCH_UNIT = 'ovs-vswitchd.service'
/** Who starts it. */
export const RESTORE_WANTED_BY = ['multi-user.target', SWITCH_UNIT] as const

export const restoreUnitKey = (): string => RESTORE_UNIT

/** One digest over all files: the name of the directory that holds them. */
export const contentDigest = ({ digests }: Pick<RestoreUnit, 'digests'>): string =>
  sha1Hex(
    Object.keys(digests)
      .sort()
      .map((name) => `${digests[name]}  ${name}\n`)
      .join(''),
  )
