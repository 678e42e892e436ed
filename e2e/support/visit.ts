// Going from page to page as an operator does: by the navigator, once the console is open.

import type { Page } from '@playwright/test'
import { expect } from './test'

const addresses = {
  Topology: '/topology',
  Networks: '/networks',
  Trunks: '/trunks',
  Routers: '/routers',
  'Floating IPs': '/floating-ips',
  'Gateway clusters': '/gateways',
  'Security groups': '/security-groups',
  Hosts: '/hosts',
  Path: '/path',
  Changes: '/changes',
  Verifications: '/verifications',
} as const

export async function visit(page: Page, section: keyof typeof addresses): Promise<void> {
  if (page.url() === 'about:blank') await page.goto(addresses[section])
  // Behind "Changes" stands how many are pending.
  else
    await page
      .getByRole('navigation', { name: 'Sections' })
      .getByRole('link', { name: new RegExp(`^${section}`) })
      .click()
  await expect(page.getByRole('heading', { name: section, level: 1, exact: true })).toBeVisible()
}
