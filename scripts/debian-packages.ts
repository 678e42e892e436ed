// Installs Debian packages that are missing, without letting them start services: every lab host starts its own, and the
// machine's network must stay as it is (libvirt would bring up a bridge of its own).

import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { chromiumOptions } from '@/e2e/support/chromium'
import { missingPackages, type PackageNeed } from '@/lab/packages'
import { say } from './progress'

const POLICY = '/usr/sbin/policy-rc.d'
/** Debian's own answer to "may I start a service?" (invoke-rc.d): 101 is no. */
const REFUSE = '#!/bin/sh\nexit 101\n'

export const chromiumNeed: PackageNeed = {
  package: 'chromium-headless-shell',
  why: 'the browser of the end-to-end tests',
  probe: chromiumOptions.executablePath,
}

export const canInstall = (): boolean => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')

/** Why the practice network cannot run here, or null. */
export function labObstacle(): string | null {
  if (process.platform !== 'linux') return 'the practice network needs Linux'
  if (process.getuid?.() !== 0) return 'the practice network needs root'
  if (!existsSync('/usr/bin/apt-get') && missingPackages().length > 0)
    return 'the practice network installs Debian packages, and this is not Debian'
  return null
}

/** What the lab needs, and more. */
export const installPackages = (extra: readonly PackageNeed[] = []): void => ensurePackages([...missingPackages(), ...extra])

/** Says which are missing and why, then installs them. Throws with apt's own words when that fails. */
export function ensurePackages(needs: readonly PackageNeed[], report: (line: string) => void = say): void {
  const missing = needs.filter((need) => !existsSync(need.probe))
  if (missing.length === 0) return
  for (const need of missing) report(`  ${need.package}: ${need.why}`)
  withoutServices(() => {
    apt(['update', '-qq'])
    apt(['install', '-y', '-qq', '--no-install-recommends', ...missing.map((need) => need.package)])
  })
}

function withoutServices(work: () => void): void {
  const former = existsSync(POLICY) ? readFileSync(POLICY, 'utf8') : null
  if (former === null) writeFileSync(POLICY, REFUSE, { mode: 0o755 })
  try {
    work()
  } finally {
    if (former === null) rmSync(POLICY, { force: true })
  }
}

function apt(args: readonly string[]): void {
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const result = spawnSync('apt-get', args, { env: environment, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  if (result.status !== 0) throw new Error(`apt-get ${args[0]} failed:\n${(result.stderr || result.stdout || '').slice(-2000)}`)
}
