// A page of somebody else's cannot put the console into a frame, where one lured click would act.

import { consoleUrl } from './support/settings'
import { expect, test } from './support/test'

test('a page of another site gets no frame of the console, a link from it opens the console', async ({ page }) => {
  await page.route('http://other.example/', (route) =>
    route.fulfill({ contentType: 'text/html', body: `<iframe src="${consoleUrl}/"></iframe><a href="${consoleUrl}/">Console</a>` }),
  )
  await page.goto('http://other.example/')
  await expect.poll(() => page.frames().at(-1)?.url()).toContain('chrome-error:')
  await page.getByRole('link', { name: 'Console' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
})
