// A daemon that serves a namespace (or the host) and is neither libvirt's nor systemd's: BIRD, keepalived, radvd. It is a program that goes to the
// background by itself, writes its pid into the directory that we gave it, names that pid file in its arguments, and reads its files again on SIGHUP.

import type { Owner } from '../naming'

export interface Service {
  /** Of the directory, `radvd-<router id>`: letters, digits, dots, dashes. */
  readonly name: string
  readonly owner: Owner | null
  /** '' is the root namespace. */
  readonly netns: string
  /** Full argument vector, program first, as /proc/<pid>/cmdline shows it. */
  readonly argv: readonly string[]
  /** Its configuration, by file name below `etc/`. Text with a final newline, or ''. */
  readonly files: Readonly<Record<string, string>>
  readonly isRunning: boolean
  /** Observed only. */
  readonly pid?: number
}

export const SERVICES_DIRECTORY = '/var/lib/tapline/services'
export const serviceDirectory = (name: string): string => `${SERVICES_DIRECTORY}/${name}`
/** Beside `etc`: what its namespace is and whose it is. */
export const SERVICE_FILE = 'service'

export const serviceKey = ({ name }: Pick<Service, 'name'>): string => name
