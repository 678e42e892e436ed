// Somebody changes a tag by hand. The verification names the first broken hop, the plan shows the drift, Apply mends it.

import { applyButton, expectApplied, makePlan, startApply } from './support/changes'
import { givenSample } from './support/given'
import { onHost } from './support/lab'
import { openPath, verdict, verify } from './support/path'
import { readVm, sample } from './support/sample'
import { expect, test } from './support/test'

test.describe.configure({ mode: 'serial' })
test.beforeAll(givenSample)

const [web1, web2] = sample.vms
const WRONG_TAG = '77'

test('a wrong tag is found at its hop and named', async ({ page }) => {
  test.slow()
  const { qvo } = await readVm(web2.name)
  await onHost(web2.host, 'ovs-vsctl', 'set', 'Port', qvo, `tag=${WRONG_TAG}`)
  await openPath(page, web1.name, web2.name)
  await verify(page, 'failed')
  await expect(verdict(page)).toContainText('Broken')
  await expect(verdict(page)).toContainText(qvo)
  await expect(verdict(page)).toContainText(WRONG_TAG)
  await verdict(page)
    .getByRole('button', { name: `Show ${qvo}` })
    .click()
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await expect(inspector.getByRole('heading', { name: qvo })).toBeVisible()
  await expect(inspector).toContainText('not as designed')
})

test('the plan shows the drift, and applying it mends it', async ({ page }) => {
  const { qvo, localVlan } = await readVm(web2.name)
  await makePlan(page)
  const change = page.getByRole('list', { name: 'Changes' }).getByRole('listitem').filter({ hasText: qvo })
  await expect(change).toHaveCount(1)
  await expect(change).toContainText(`tag ${WRONG_TAG} → ${localVlan}`)
  await expect(applyButton(page)).toHaveText(/1 interrupted/)
  await page.getByRole('tab', { name: /^Blast radius/ }).click()
  await expect(page.getByText('1 port loses packets: 1 interrupted.')).toBeVisible()
  await startApply(page)
  await expectApplied(page)
  expect(await onHost(web2.host, 'ovs-vsctl', 'get', 'Port', qvo, 'tag')).toBe(String(localVlan))
})

test('the same path is proven again', async ({ page }) => {
  test.slow()
  await openPath(page, web1.name, web2.name)
  await verify(page, 'passed')
  await expect(verdict(page)).toContainText('Proven')
})
