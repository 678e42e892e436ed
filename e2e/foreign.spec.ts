// Something made by hand is in the way: the plan is blocked and says by what. What is not ours is shown as that.

import { randomUUID } from 'node:crypto'
import { applyButton, makePlan } from './support/changes'
import { pressForNews } from './support/design'
import { givenHosts, givenNothing } from './support/given'
import { openHost } from './support/hosts'
import { onHost } from './support/lab'
import { expect, test } from './support/test'

test.describe.configure({ mode: 'serial' })

const HOST = 'cmp2'
const BRIDGE = 'br-tun'

test.beforeAll(async () => {
  await givenNothing()
  await givenHosts([HOST])
  await onHost(HOST, 'ovs-vsctl', 'add-br', BRIDGE, '--', 'set', 'Bridge', BRIDGE, 'datapath_type=netdev')
})
test.afterAll(() => onHost(HOST, 'ovs-vsctl', '--if-exists', 'del-br', BRIDGE))

test('a bridge made by hand blocks the plan and is named', async ({ page }) => {
  await makePlan(page)
  await expect(page.getByText('Blocked by 1 thing', { exact: true })).toBeVisible()
  const note = page.getByRole('main').getByRole('listitem').filter({ hasText: BRIDGE }).first()
  await expect(note).toContainText(HOST)
  await expect(applyButton(page)).toBeDisabled()
  await expect(applyButton(page)).toHaveAccessibleDescription(`Blocked by 1 thing on ${HOST}: see the top of the plan.`)
  await applyButton(page).click({ force: true })
  await expect(page).toHaveURL(/\/changes/)
})

test('the inside of the host shows it as not ours', async ({ page }) => {
  await openHost(page, HOST)
  const bridge = page.getByRole('region', { name: `OVS bridge ${BRIDGE}` })
  await expect(bridge).toContainText('not ours')
  await bridge.getByRole('button', { name: BRIDGE }).first().click()
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toContainText('not ours: never touched')
})

test('removing it by hand unblocks the plan', async ({ page }) => {
  await makePlan(page)
  await expect(page.getByText('Blocked by 1 thing', { exact: true })).toBeVisible()
  await onHost(HOST, 'ovs-vsctl', 'del-br', BRIDGE)
  await page.getByRole('button', { name: 'Plan again' }).click()
  await expect(page.getByText('Blocked by 1 thing', { exact: true })).toBeHidden()
  await expect(applyButton(page)).toBeEnabled()
})

test('what another registration left is adopted, and the plan then makes it ours', async ({ page }) => {
  const formerId = randomUUID()
  await onHost(
    HOST,
    'ovs-vsctl',
    'add-br',
    BRIDGE,
    '--',
    'set',
    'Bridge',
    BRIDGE,
    'datapath_type=netdev',
    'fail_mode=secure',
    `external_ids:tapline=host/${formerId}`,
  )
  await makePlan(page)
  const note = page
    .getByRole('main')
    .getByRole('listitem')
    .filter({ hasText: `carry the mark of host ${formerId}` })
  await note.getByRole('button', { name: 'Adopt' }).click()
  const question = page.getByRole('dialog', { name: `Adopt what is left on ${HOST}?` })
  await pressForNews(page, question.getByRole('button', { name: 'Adopt' }), `${HOST} adopts what is left there`)
  await page.getByRole('button', { name: 'Plan again' }).click()
  await expect(applyButton(page)).toBeEnabled()
  await expect(page.getByRole('list', { name: 'Changes' }).getByRole('listitem').filter({ hasText: BRIDGE }).first()).toContainText(
    'changed',
  )
})
