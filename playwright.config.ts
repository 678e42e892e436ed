// Real Chromium from Debian against a real console with the lab behind it; both are started by e2e/global-setup.ts.

import { defineConfig } from '@playwright/test'
import { chromiumOptions } from './e2e/support/chromium'
import { consoleUrl } from './e2e/support/settings'

/** The cheapest order: each file brings about what it needs, and here it mostly finds it left by the one before. */
const order = [
  'first-day',
  'fault',
  'change-vm',
  'trunk',
  'nested',
  'restore',
  'keyboard-and-theme',
  'every-page',
  'two-operators',
  'security-groups',
  'routers',
  'floating-ips',
  'gateways',
  'bad-input',
  'bad-host',
  'delete',
  'foreign',
]
const fileOf = (name: string): string => `**/${name}.spec.ts`

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/global-setup.ts',
  projects: [...order.map((name) => ({ name, testMatch: fileOf(name) })), { name: 'others', testIgnore: order.map(fileOf) }],
  // The files share one lab: one after the other.
  workers: 1,
  fullyParallel: false,
  // Limits for what never ends. A machine that is busy with other work is slow, and no test may depend on that.
  timeout: 400_000,
  expect: { timeout: 45_000 },
  retries: 0,
  forbidOnly: true,
  outputDir: '.tapline/test-results',
  use: {
    baseURL: consoleUrl,
    viewport: { width: 1440, height: 900 },
    actionTimeout: 45_000,
    // No pictures of every step: they cost time, and the log of steps with the last picture tells enough.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false },
    screenshot: 'only-on-failure',
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: chromiumOptions,
  },
})
